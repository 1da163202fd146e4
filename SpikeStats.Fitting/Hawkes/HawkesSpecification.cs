using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Which Hawkes process to fit to which units.</summary>
/// <remarks>
/// λ_i(t) = μ_i + Σ_j Σ_u Σ_(s of j, s &lt; t) α_iju β_u e^(-β_u (t - s)) with μ ≥ 0 and α ≥ 0, each observed interval without a past.
/// <para><b>Source:</b> Ozaki, Ann Inst Stat Math 31:145 (1979); Ogata, Ann Inst Stat Math 30:243 (1978) for the asymptotics.</para>
/// </remarks>
public sealed record HawkesSpecification
{
    /// <summary>Identifiers of the units; each is a target and a source of all.</summary>
    public required IReadOnlyList<string> Units { get; init; }

    /// <summary>The shape of the kernels.</summary>
    /// <value>One exponential whose decay is estimated, by default.</value>
    public HawkesKernel Kernel { get; init; } = HawkesKernel.FreeExponentials();

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
        MarkedEvents events = MarkedEvents.Of(recording, Units);
        foreach (string unit in Units) Validate(recording[unit]);
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
