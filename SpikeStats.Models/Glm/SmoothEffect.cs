using SpikeStats.Models.Bases;

namespace SpikeStats.Models.Glm;

/// <summary>The smooth effect of the present values of one or more signals, such as a place field: Σ_k w_k B_k(x, y, …).</summary>
/// <param name="Signals">Names of the signals, one per margin of the basis; bins without a sample are interpolated.</param>
/// <param name="Basis">Functions of the values.</param>
/// <param name="Coefficients">What each function adds to the log rate, dimensionless; -∞ forbids spikes where it is not zero.</param>
public sealed record SmoothEffect(IReadOnlyList<string> Signals, TensorProductBasis Basis, IReadOnlyList<double> Coefficients)
{
    /// <summary>Adds the effect to a predictor.</summary>
    internal void AddTo(double[] predictor, Recording recording, BinGrid grid)
    {
        double[][] values = [.. Signals.Zip(Basis.Margins, (signal, margin) => SignalValues.InBins(recording.Signal(signal), margin, grid))];
        double[] point = new double[values.Length], functions = new double[Basis.FunctionCount], weights = [.. Coefficients];
        for (int bin = 0; bin < predictor.Length; bin++)
        {
            for (int m = 0; m < point.Length; m++) point[m] = values[m][bin];
            Basis.Evaluate(point, functions);
            for (int k = 0; k < functions.Length; k++)
            {
                // 0 · (-∞) = 0 here: a function that is not active forbids nothing.
                if (functions[k] != 0) predictor[bin] += functions[k] * weights[k];
            }
        }
    }
}
