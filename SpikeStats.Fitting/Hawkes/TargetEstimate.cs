using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>The optimum of one target at given decays.</summary>
/// <param name="Result">Branching ratios by columns and, last, the baseline.</param>
/// <param name="Information">The factor of the observed information of the variables that are not at their bounds.</param>
/// <param name="Decays">Derivatives that involve the decays; null if these are given.</param>
internal sealed record TargetEstimate(NonNegativeResult Result, CholeskyFactor Information, DecayDerivatives? Decays)
{
    /// <summary>dθ/dβ along the optimum, variables × decays: H⁻¹ times the mixed derivatives.</summary>
    public double[,] Response()
    {
        double[,] mixed = Decays!.Mixed, response = new double[mixed.GetLength(0), mixed.GetLength(1)];
        double[] column = new double[mixed.GetLength(0)];
        for (int u = 0; u < mixed.GetLength(1); u++)
        {
            for (int i = 0; i < column.Length; i++) column[i] = mixed[i, u];
            double[] solution = Information.Solve(column);
            for (int i = 0; i < column.Length; i++) response[i, u] = solution[i];
        }

        return response;
    }
}
