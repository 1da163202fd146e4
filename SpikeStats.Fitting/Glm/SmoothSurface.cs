using SpikeStats.Models.Bases;

namespace SpikeStats.Fitting.Glm;

/// <summary>What the effect of a smooth term is made of.</summary>
/// <param name="Axes">Names of the axes: signals, after the lag if there is one.</param>
/// <param name="Lags">Functions of lag; null for an effect of the present.</param>
/// <param name="Values">Functions of the values.</param>
/// <param name="Means">Mean of each function of the values over the bins, from 0 to 1 for B-splines.</param>
internal sealed record SmoothSurface(IReadOnlyList<string> Axes, LagMatrix? Lags, TensorProductBasis Values, double[] Means)
{
    /// <summary>Means of the functions of some signals over all bins.</summary>
    public static double[] MeansOf(TensorProductBasis basis, double[][] signals)
    {
        double[] point = new double[signals.Length], values = new double[basis.FunctionCount], means = new double[basis.FunctionCount];
        int bins = signals[0].Length;
        for (int bin = 0; bin < bins; bin++)
        {
            for (int m = 0; m < point.Length; m++) point[m] = signals[m][bin];
            basis.Evaluate(point, values);
            for (int k = 0; k < values.Length; k++) means[k] += values[k] / bins;
        }

        return means;
    }
}
