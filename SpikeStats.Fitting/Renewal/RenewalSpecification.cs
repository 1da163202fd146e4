using SpikeStats.Models.Renewal;

namespace SpikeStats.Fitting.Renewal;

/// <summary>Which renewal process to fit to which unit.</summary>
/// <remarks>
/// Intervals between spikes are taken as independent draws from one distribution of <see cref="Family"/>. They never reach across a gap
/// between observed intervals.
/// </remarks>
public sealed record RenewalSpecification
{
    /// <summary>Identifier of the unit to explain.</summary>
    public required string Target { get; init; }

    /// <summary>The family of interval distributions.</summary>
    public required IntervalFamily Family { get; init; }

    /// <summary>What the wait for the first spike of each observed interval tells.</summary>
    /// <value><see cref="RenewalStart.FirstSpike"/> by default: nothing.</value>
    public RenewalStart Start { get; init; } = RenewalStart.FirstSpike;

    /// <summary>Whether the interval that is open at the end of each observed interval counts, through its survivor.</summary>
    /// <remarks>Without it long intervals, which end less often within the observation, are underrated; tables of fits to interspike intervals leave it out.</remarks>
    /// <value>True by default; must be true in equilibrium.</value>
    public bool CountsOpenIntervals { get; init; } = true;

    /// <summary>Maximises the likelihood.</summary>
    /// <remarks>
    /// Newton iterations in the logarithms of positive parameters, from a closed form or from moments. <b>Accuracy:</b> tested against SciPy
    /// and R. <b>Cost:</b> O(intervals) per iteration, about five of them.
    /// </remarks>
    /// <param name="recording">The recording.</param>
    /// <param name="options">Tolerances; the defaults if omitted.</param>
    /// <param name="progress">Told the fraction done, 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <returns>The fit; its <see cref="RenewalFit.Certificate"/> says whether the optimum was reached.</returns>
    /// <exception cref="UnknownUnitException">The target is not in the recording.</exception>
    /// <exception cref="ArgumentException">The specification is inconsistent.</exception>
    /// <exception cref="InvalidRecordingException">There is no spike, too few intervals for the parameters, an interval of zero or one within the
    /// refractory period, or all intervals are equal.</exception>
    public RenewalFit Fit(
        Recording recording, RenewalFitOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        if (!Enum.IsDefined(Start)) throw new ArgumentException($"There is no start {Start}.");
        if (Start == RenewalStart.Equilibrium && !CountsOpenIntervals)
            throw new ArgumentException("In equilibrium the open intervals belong to the likelihood; count them, or start at the first spike.");
        options ??= new RenewalFitOptions();
        options.Validate();
        return RenewalFitter.Fit(this, recording[Target], options, progress, cancellationToken);
    }
}
