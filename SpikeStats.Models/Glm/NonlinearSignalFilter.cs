using SpikeStats.Models.Bases;

namespace SpikeStats.Models.Glm;

/// <summary>The effect of a signal's present and past through functions of its value: Σ_l Σ_k g[l, k] B_k(x[t - l]).</summary>
/// <param name="Signal">Name of the signal; bins without a sample are interpolated.</param>
/// <param name="FirstLag">Lag of the first row, in bins; 0 is the bin itself.</param>
/// <param name="Basis">Functions B_k of the value.</param>
/// <param name="Gain">What each function of the value adds to the log rate at each lag, dimensionless; lags × functions. Not copied.</param>
public sealed record NonlinearSignalFilter(string Signal, int FirstLag, ValueBasis Basis, double[,] Gain)
{
    /// <summary>Lag of the last row, in bins.</summary>
    public int LastLag => FirstLag + Gain.GetLength(0) - 1;

    /// <summary>The values of one function of the value in every bin, as a signal of its own.</summary>
    internal static double[][] FunctionsInBins(SampledSignal signal, ValueBasis basis, BinGrid grid)
    {
        double[] values = SignalValues.InBins(signal, basis, grid), functions = new double[basis.FunctionCount];
        double[][] signals = Array.ConvertAll(functions, _ => new double[values.Length]);
        for (int bin = 0; bin < values.Length; bin++)
        {
            basis.Evaluate(values[bin], functions);
            for (int k = 0; k < functions.Length; k++) signals[k][bin] = functions[k];
        }

        return signals;
    }
}
