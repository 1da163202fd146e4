using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Which Hawkes process to fit to which units.</summary>
/// <remarks>
/// λ_i(t) = μ_i(t) + Σ_j Σ_u Σ_(s of j, s &lt; t) α_iju β_u e^(-β_u (t - s)) with μ ≥ 0 and α ≥ 0, each observed interval without a past.
/// <para><b>Source:</b> Ozaki, Ann Inst Stat Math 31:145 (1979); Ogata, Ann Inst Stat Math 30:243 (1978) for the asymptotics.</para>
/// </remarks>
public sealed record HawkesSpecification
{
    /// <summary>Identifiers of the units; each is a target and a source of all.</summary>
    public required IReadOnlyList<string> Units { get; init; }

    /// <summary>The shape of the kernels.</summary>
    /// <value>One exponential whose decay is estimated, by default.</value>
    public HawkesKernel Kernel { get; init; } = HawkesKernel.FreeExponentials();

    /// <summary>The pieces of time in which baselines are constant; each unit has its own level in each.</summary>
    /// <remarks>A rate that drifts looks like excitation and drives the branching ratios up; a baseline that may drift too tells them apart.</remarks>
    /// <value>Constant for all time, by default.</value>
    public HawkesBaseline Baseline { get; init; } = HawkesBaseline.Constant;

    /// <summary>The largest spectral radius of the branching matrix that is allowed, dimensionless, between 0 and 1; null for no limit.</summary>
    /// <remarks>
    /// The constrained maximum is found, not a scaled one. If the limit is reached, the certificate says so, and standard errors are conditional on it. The
    /// allowed matrices are not a convex set (for more than one unit): the maximum is a local one.
    /// </remarks>
    /// <value>Null by default.</value>
    public double? SpectralRadiusLimit { get; init; }

    /// <summary>Maximises the likelihood.</summary>
    /// <remarks>
    /// At given decays each target is a convex problem, solved by Newton's method with exact bounds. Decays are found on their exact profile by
    /// Newton's method from several starts. Cost O(spikes × units) to generate the features and O(spikes × (units × decays)²) per iteration, shared by all
    /// targets; memory of the features of the targets that are being fitted.
    /// </remarks>
    /// <param name="recording">The recording; its units must have been observed in the same intervals.</param>
    /// <param name="options">Tolerances and threads.</param>
    /// <param name="progress">Told the fraction done, 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <returns>The fit; its <see cref="HawkesFit.Certificate"/> says whether the optimum was reached and which bounds are active.</returns>
    /// <exception cref="UnknownUnitException">A unit is not in the recording.</exception>
    /// <exception cref="ArgumentException">No unit is named, or one twice, or an option is out of range.</exception>
    /// <exception cref="InvalidRecordingException">A unit has no spike or two at the same instant, or units were not observed in the same intervals.</exception>
    public HawkesFit Fit(
        Recording recording, HawkesFitOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        options ??= new HawkesFitOptions();
        options.Validate();
        if (Units.Count == 0 || Units.Distinct(StringComparer.Ordinal).Count() != Units.Count) throw new ArgumentException("Name the units to fit, each once.");
        if (SpectralRadiusLimit is double limit && !(limit > 0 && limit < 1))
            throw new ArgumentException(FormattableString.Invariant($"No process has a spectral radius of at most {limit} and is stationary: the limit must lie between 0 and 1, for example 0.99."));
        if (Kernel.IsPowerLaw && (!Baseline.IsConstant || SpectralRadiusLimit is not null))
            throw new ArgumentException("A power law is fitted with a constant baseline and without a limit of the spectral radius; use a sum of exponentials for either.");
        MarkedEvents events = MarkedEvents.Of(recording, Units);
        foreach (string unit in Units) Validate(recording[unit]);
        int unobserved = Array.IndexOf(Baseline.Durations(events.Observed), 0);
        if (unobserved >= 0) throw new ArgumentException($"Piece {unobserved + 1} of the baseline ({Baseline}) has no observed time, so that its levels have no estimate; leave it out.");
        return HawkesFitter.Fit(this, events, options, progress, cancellationToken);
    }

    internal static void Validate(SpikeTrain train)
    {
        if (train.Count == 0) throw new InvalidRecordingException("the unit has no spike, so that its rate and its effects have no estimate", "leave the unit out", unit: train.Unit);
        ReadOnlySpan<double> times = train.Times;
        for (int k = 1; k < times.Length; k++)
        {
            if (times[k] > times[k - 1]) continue;
            throw new InvalidRecordingException(
                FormattableString.Invariant($"two spikes of the unit are at the same instant, {times[k]} s; in continuous time that has probability zero and spoils the decays"),
                "load the recording with duplicates dropped", unit: train.Unit);
        }
    }
}
