using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>The optimum of all targets with the spectral radius at its limit.</summary>
/// <param name="Results">The targets; their slopes are those of the Lagrangian.</param>
/// <param name="Limit">The limit of the spectral radius.</param>
/// <param name="Multiplier">By how many nats the likelihood would rise per unit of the limit.</param>
/// <param name="Covariances">
/// Of all variables, target after target, along the surface of constant spectral radius: the block of the inverse of the bordered Hessian of the Lagrangian;
/// zero rows at bounds.
/// </param>
internal sealed record StationaryOptimum(NonNegativeResult[] Results, double Limit, double Multiplier, double[,] Covariances)
{
    private int PerTarget => Results[0].Point.Length;

    /// <summary>Covariance of variable a of target i with variable b of target k.</summary>
    public double Covariance(int i, int a, int k, int b) => Covariances[(i * PerTarget) + a, (k * PerTarget) + b];

    /// <summary>dθ/dβ along the optimum, for each target variables × decays.</summary>
    public double[][,] Responses(double[][,] mixed)
    {
        double[][,] responses = Array.ConvertAll(mixed, derivatives => new double[derivatives.GetLength(0), derivatives.GetLength(1)]);
        for (int row = 0; row < Covariances.GetLength(0); row++)
        {
            for (int column = 0; column < Covariances.GetLength(0); column++)
            {
                for (int u = 0; u < mixed[0].GetLength(1); u++)
                    responses[row / PerTarget][row % PerTarget, u] += Covariances[row, column] * mixed[column / PerTarget][column % PerTarget, u];
            }
        }

        return responses;
    }
}
