using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Models.Hawkes;

/// <summary>A Hawkes process with inhibition: every spike raises or lowers a drive for a while, and the rate is a softplus of the drive.</summary>
/// <remarks>
/// λ_i(t) = s log(1 + e^(x_i(t)/s)), x_i(t) = μ_i + Σ_j Σ_u Σ_(s_k of j, s_k &lt; t) α_iju β_u e^(-β_u (t - s_k)), α of either sign. Where x ≫ s the rate is x itself, and for s → 0
/// it is max(0, x). Only strictly earlier spikes of the same observed interval count; every interval starts without a past.
/// <para><b>Accuracy:</b> integrals of the rate by adaptive Gauss-Legendre quadrature to a relative error of 10^-10, split at the spikes; tested against brute-force quadrature and
/// the linear model. <b>Cost:</b> O(spikes × units × decays) for the drive, some 25 evaluations of it per spike for the integral.</para>
/// <para><b>Source:</b> Brémaud and Massoulié, Ann Probab 24:1563 (1996): stationary if the spectral radius of |α|, summed over decays, is below 1.</para>
/// </remarks>
public sealed class SoftplusHawkesModel : IPointProcess
{
    private readonly string[] units;
    private readonly double[] baselines, decays;
    private readonly double[,,] branching;

    /// <summary>Creates a process.</summary>
    /// <param name="units">Identifiers of the units.</param>
    /// <param name="baselines">μ, the drive without spikes, in hertz, one per unit; finite, of either sign.</param>
    /// <param name="decays">β, in reciprocal seconds, shared by all pairs of units; positive and different.</param>
    /// <param name="branching">α, dimensionless, [target, source, decay]; finite, negative for inhibition.</param>
    /// <param name="softness">s, in hertz; positive.</param>
    /// <exception cref="ArgumentException">Sizes do not match, units repeat, or a value is out of range.</exception>
    public SoftplusHawkesModel(IReadOnlyList<string> units, IReadOnlyList<double> baselines, IReadOnlyList<double> decays, double[,,] branching, double softness)
    {
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(baselines);
        ArgumentNullException.ThrowIfNull(decays);
        ArgumentNullException.ThrowIfNull(branching);
        this.units = [.. units];
        this.baselines = [.. baselines];
        this.decays = [.. decays];
        this.branching = (double[,,])branching.Clone();
        Softness = softness;
        ParameterCount = units.Count + branching.Length;
        Validate();
    }

    /// <summary>Creates a process of one unit with a single exponential.</summary>
    /// <param name="unit">Identifier of the unit.</param>
    /// <param name="baseline">μ, in hertz; finite.</param>
    /// <param name="branchingRatio">α, dimensionless; finite, negative for inhibition.</param>
    /// <param name="decay">β, in reciprocal seconds; positive.</param>
    /// <param name="softness">s, in hertz; positive.</param>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public SoftplusHawkesModel(string unit, double baseline, double branchingRatio, double decay, double softness)
        : this([unit], [baseline], [decay], new[, ,] { { { branchingRatio } } }, softness)
    {
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Units => units;

    /// <summary>The number of parameters, for information criteria: baselines and couplings unless stated otherwise.</summary>
    public int ParameterCount { get; init; }

    /// <summary>μ, in hertz, one per unit: the drive without spikes.</summary>
    public IReadOnlyList<double> Baselines => baselines;

    /// <summary>β, in reciprocal seconds (units of hertz), shared by all pairs of units.</summary>
    public IReadOnlyList<double> Decays => decays;

    /// <summary>s, in hertz: over which range of the drive silence goes over into the rate.</summary>
    public double Softness { get; }

    internal SoftplusLink Link => new(Softness);

    /// <summary>The time integral of the drive that one spike of a source adds to a target through one exponential.</summary>
    /// <param name="target">Position of the target.</param>
    /// <param name="source">Position of the source.</param>
    /// <param name="decay">Position of the decay.</param>
    /// <returns>α, dimensionless; where the drive is well above the softness, the mean number of spikes that are added, or taken away if negative.</returns>
    public double Branching(int target, int source, int decay) => branching[target, source, decay];

    /// <inheritdoc/>
    /// <exception cref="InvalidRecordingException">The units were not observed in the same intervals.</exception>
    public double LogLikelihood(Recording recording)
    {
        MarkedEvents events = MarkedEvents.Of(recording, units);
        double[] sums = new double[units.Length];
        Parallel.For(0, units.Length, target => sums[target] = SoftplusCompensator.LogLikelihood(this, events, target));
        return sums.Sum();
    }

    /// <summary>The mean intensity in each bin of a grid, from the integral.</summary>
    /// <param name="recording">The recording whose past spikes drive.</param>
    /// <param name="unit">Identifier of a modelled unit.</param>
    /// <param name="grid">The grid.</param>
    /// <returns>Hertz, one value per bin; NaN in a bin that is not wholly within an observed interval.</returns>
    /// <exception cref="UnknownUnitException">The unit is not modelled, or a modelled unit is not in the recording.</exception>
    /// <exception cref="InvalidRecordingException">The units were not observed in the same intervals.</exception>
    public double[] Intensity(Recording recording, string unit, BinGrid grid)
    {
        ArgumentNullException.ThrowIfNull(grid);
        int target = IndexOf(unit);
        return SoftplusCompensator.Intensity(this, MarkedEvents.Of(recording, units), target, grid);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidRecordingException">The units were not observed in the same intervals.</exception>
    public Compensator Compensate(Recording recording, string unit)
    {
        int target = IndexOf(unit);
        return SoftplusCompensator.Of(this, MarkedEvents.Of(recording, units), target);
    }

    /// <summary>Draws spikes by thinning; exact.</summary>
    /// <remarks>
    /// Inhibition fades, so that the rate can rise between spikes. What bounds it until the next spike is the rate of the baseline and of all exponentials that are above
    /// zero now: none of them can grow. <b>Cost:</b> O(units × decays) per candidate. <b>Source:</b> Ogata, IEEE Trans Inf Theory 27:23 (1981).
    /// </remarks>
    /// <param name="conditions">The intervals in which to draw.</param>
    /// <param name="seed">Seed; interval n draws from the stream (seed, 0, n).</param>
    /// <param name="cancellationToken">Cancels the simulation.</param>
    /// <returns>A recording of the modelled units with the trials and signals of <paramref name="conditions"/>.</returns>
    /// <exception cref="RunawayException">The spectral radius of the excitation alone is 1 or more, and a unit passed 10^5 Hz and a hundred times its rate without spikes.</exception>
    public Recording Simulate(Recording conditions, ulong seed, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conditions);
        return SoftplusThinning.Draw(this, conditions, seed, cancellationToken);
    }

    private int IndexOf(string unit)
    {
        int index = Array.IndexOf(units, unit);
        return index >= 0 ? index : throw new UnknownUnitException(unit, units);
    }

    private void Validate()
    {
        if (units.Length == 0 || units.Distinct(StringComparer.Ordinal).Count() != units.Length) throw new ArgumentException("A Hawkes process needs units, all different.");
        if (baselines.Length != units.Length) throw new ArgumentException($"{units.Length} units need as many baselines, not {baselines.Length}.");
        if (branching.GetLength(0) != units.Length || branching.GetLength(1) != units.Length || branching.GetLength(2) != decays.Length)
            throw new ArgumentException($"The couplings must be {units.Length} targets × {units.Length} sources × {decays.Length} decays.");
        if (!baselines.Concat(branching.Cast<double>()).All(double.IsFinite)) throw new ArgumentException("Baselines and couplings must be finite.");
        if (decays.Length == 0 || decays.Any(decay => !(decay > 0) || !double.IsFinite(decay)) || decays.Distinct().Count() != decays.Length)
            throw new ArgumentException("Decays must be positive, finite and different; they are reciprocal time constants.");
        if (!(Softness > 0) || !double.IsFinite(Softness)) throw new ArgumentException("The softness must be positive and finite, in hertz.");
    }
}
