namespace SpikeStats.Models.Hawkes;

/// <summary>A power law as a sum of exponentials, with a bound of its error: what makes likelihoods cost O(spikes) instead of O(spikes²).</summary>
/// <remarks>φ(t) ≈ Σ_u w_u β_u e^(-β_u t).</remarks>
public sealed class PowerLawMixture
{
    private readonly double[] decays, weights;

    internal PowerLawMixture(PowerLawKernel kernel, DecayGrid grid, double horizon)
    {
        Kernel = kernel;
        Horizon = horizon;
        int count = grid.ActiveCount(kernel);
        decays = grid.Decays[..count];
        weights = grid.Weights(kernel)[..count];
        (RelativeError, IntegralError) = PowerLawError.Of(kernel, grid, horizon);
    }

    /// <summary>The power law.</summary>
    public PowerLawKernel Kernel { get; }

    /// <summary>β, in reciprocal seconds (units of hertz), ascending.</summary>
    public IReadOnlyList<double> Decays => decays;

    /// <summary>w, dimensionless and not negative, one per decay; they sum to 1 within <see cref="RelativeError"/>.</summary>
    public IReadOnlyList<double> Weights => weights;

    /// <summary>The longest lag for which the bounds hold, in seconds.</summary>
    public double Horizon { get; }

    /// <summary>A bound of sup |Σ_u w_u β_u e^(-β_u t) - φ(t)| / φ(t) over lags up to the horizon, dimensionless.</summary>
    /// <remarks>The intensity of a Hawkes process is off by no more than this factor, its log-likelihood by no more than twice this per spike, to first order.</remarks>
    public double RelativeError { get; }

    /// <summary>A bound of ∫ |Σ_u w_u β_u e^(-β_u t) - φ(t)| dt over lags up to the horizon, dimensionless: relative to the whole integral of φ, which is 1.</summary>
    public double IntegralError { get; }

    /// <summary>The sum of exponentials at a lag.</summary>
    /// <param name="lag">In seconds; not negative.</param>
    /// <returns>Reciprocal seconds.</returns>
    public double At(double lag)
    {
        double sum = 0;
        for (int u = 0; u < decays.Length; u++) sum += weights[u] * decays[u] * Math.Exp(-decays[u] * lag);
        return sum;
    }

    /// <summary>A Hawkes process whose kernels are multiples of this one.</summary>
    /// <param name="units">Identifiers of the units.</param>
    /// <param name="baselines">μ, in hertz, one per unit; finite and not negative.</param>
    /// <param name="branching">α, dimensionless, [target, source]; finite and not negative.</param>
    /// <returns>The process; its parameters are counted as baselines and branching ratios, not as exponentials.</returns>
    /// <exception cref="ArgumentException">Sizes do not match, units repeat, or a value is out of range.</exception>
    public HawkesModel ToModel(IReadOnlyList<string> units, IReadOnlyList<double> baselines, double[,] branching) => ToModel(units, baselines, branching, shapeParameters: 0);

    /// <summary>The same, with the number of parameters of the power law itself that were estimated.</summary>
    internal HawkesModel ToModel(IReadOnlyList<string> units, IReadOnlyList<double> baselines, double[,] branching, int shapeParameters)
    {
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(branching);
        double[,,] ratios = new double[branching.GetLength(0), branching.GetLength(1), decays.Length];
        for (int i = 0; i < ratios.GetLength(0); i++)
        {
            for (int j = 0; j < ratios.GetLength(1); j++)
            {
                for (int u = 0; u < decays.Length; u++) ratios[i, j, u] = branching[i, j] * weights[u];
            }
        }

        return new HawkesModel(units, baselines, decays, ratios) { ParameterCount = units.Count + branching.Length + shapeParameters };
    }
}
