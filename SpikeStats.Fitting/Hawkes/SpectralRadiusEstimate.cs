using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>The spectral radius of a branching matrix and how uncertain it is.</summary>
/// <remarks>
/// Delta method: the derivative of a simple eigenvalue by an entry is dρ/dA_ij = l_i r_j / (l·r), with the left and right eigenvectors l and r
/// (Magnus, Econometric Theory 1:179, 1985). A matrix without a simple largest eigenvalue has no such derivative.
/// </remarks>
/// <param name="Value">ρ, dimensionless; the process has a stationary law below 1.</param>
/// <param name="StandardError">Its standard error, dimensionless; NaN if ρ is 0, not a simple eigenvalue, or held at a limit, or if a branching ratio is not identified.</param>
public sealed record SpectralRadiusEstimate(double Value, double StandardError)
{
    private const double NormalQuantile = 1.959963984540054;

    /// <summary>Lower end of the 95 % interval, dimensionless; not below 0.</summary>
    public double Lower => Math.Max(0, Value - (NormalQuantile * StandardError));

    /// <summary>Upper end of the 95 % interval, dimensionless.</summary>
    public double Upper => Value + (NormalQuantile * StandardError);

    /// <summary>The estimate of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inference">The covariances; null if a branching ratio is not identified.</param>
    internal static SpectralRadiusEstimate Of(HawkesModel model, HawkesInference? inference)
    {
        // At a limit the radius is not free to vary.
        if (inference is null || inference.IsHeld) return new SpectralRadiusEstimate(model.SpectralRadius, double.NaN);
        int units = model.Units.Count, columns = inference.VariableCount - model.Baseline.PieceCount;
        return Of(model.BranchingMatrix(), slopes =>
        {
            double[][] weights = new double[units][];
            for (int i = 0; i < units; i++)
            {
                weights[i] = new double[columns + model.Baseline.PieceCount];
                for (int c = 0; c < columns; c++) weights[i][c] = slopes[i, c % units];
            }

            return inference.VarianceOf(weights);
        });
    }

    /// <summary>The estimate of any branching matrix.</summary>
    /// <param name="branching">The matrix.</param>
    /// <param name="varianceOf">The variance of Σ slope · entry for given slopes, [target, source].</param>
    internal static SpectralRadiusEstimate Of(double[,] branching, Func<double[,], double> varianceOf)
    {
        PerronRoot root = new(branching);
        if (!root.IsSimple) return new SpectralRadiusEstimate(root.Value, double.NaN);
        int units = branching.GetLength(0);
        double[,] slopes = new double[units, units];
        for (int i = 0; i < units; i++)
        {
            for (int j = 0; j < units; j++) slopes[i, j] = root.Slope(i, j);
        }

        return new SpectralRadiusEstimate(root.Value, Math.Sqrt(varianceOf(slopes)));
    }
}
