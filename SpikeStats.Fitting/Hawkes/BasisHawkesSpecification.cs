using SpikeStats.Fitting.Glm;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Which Hawkes process with kernels of free form to fit to which units.</summary>
/// <remarks>
/// λ_i(t) = μ_i + Σ_j Σ_(s of j, s &lt; t) Σ_b w_ijb B_b(t - s) with μ ≥ 0 and w ≥ 0, each observed interval without a past. With a <see cref="WindowBasis"/> the
/// kernels are piecewise constant.
/// <para><b>Source:</b> Lewis and Mohler, preprint (2011), for kernels of free form; Reynaud-Bouret and Schbath, Ann Stat 38:2781 (2010), on a basis.</para>
/// </remarks>
public sealed record BasisHawkesSpecification
{
    /// <summary>Identifiers of the units; each is a target and a source of all.</summary>
    public required IReadOnlyList<string> Units { get; init; }

    /// <summary>The functions of lag that all kernels share; none of them negative anywhere.</summary>
    public required ContinuousBasis Basis { get; init; }

    /// <summary>The penalty on the weights of each kernel, ½ wᵀPw in nats with w in hertz, so that strengths are in square seconds; a lasso is not possible.</summary>
    /// <remarks>Baselines are not penalised. <see cref="Penalty.Smoothness"/> acts on second differences of neighbouring weights, whatever the widths of windows.</remarks>
    /// <value>None by default: maximum likelihood.</value>
    public Penalty Penalty { get; init; } = Penalty.None;

    /// <summary>Maximises the likelihood, minus the penalty if there is one.</summary>
    /// <remarks>
    /// Each target is a convex problem, solved by Newton's method with exact bounds. <b>Cost:</b> only pairs of spikes within the support are visited, once; an
    /// iteration takes O(spikes × f²) with f the functions that are not zero at a spike, over all sources. <b>Memory:</b> 12 to 24 bytes × spikes × f for each target that is
    /// being fitted, and 8 bytes × (units × functions)² for each 65,536 of its spikes.
    /// </remarks>
    /// <param name="recording">The recording; its units must have been observed in the same intervals.</param>
    /// <param name="options">Tolerances and threads.</param>
    /// <param name="progress">Told the fraction done, 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <returns>The fit; its <see cref="BasisHawkesFit.Certificate"/> says whether the optimum was reached and which bounds are active.</returns>
    /// <exception cref="UnknownUnitException">A unit is not in the recording.</exception>
    /// <exception cref="ArgumentException">No unit is named, or one twice, the basis takes negative values, the penalty has a lasso, or an option is out of range.</exception>
    /// <exception cref="InvalidRecordingException">A unit has no spike, two at the same instant, or without a penalty fewer than its rate has parameters; units were not
    /// observed in the same intervals; or the kernels reach farther than the longest observed interval.</exception>
    public BasisHawkesFit Fit(
        Recording recording, HawkesFitOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new HawkesFitOptions();
        options.Validate();
        return BasisHawkesFitter.Fit(this, EventsOf(recording), options, progress, cancellationToken);
    }

    /// <summary>Maximises the likelihood by expectation and maximisation over the unknown branching structure: who triggered whom.</summary>
    /// <remarks>
    /// Given the parameters, spike k has the baseline as its origin with probability μ/λ_k, and an earlier spike through function b with probability w_b B_b/λ_k. The
    /// next parameters are the sums of these over the exposure. No step lowers the likelihood; the limit is that of <see cref="Fit"/>, which is faster
    /// and has standard errors. <b>Cost:</b> O(spikes × f) per iteration, of which there are hundreds to many thousands.
    /// <para><b>Source:</b> Lewis and Mohler, preprint (2011); Veen and Schoenberg, JASA 103:614 (2008).</para>
    /// </remarks>
    /// <param name="recording">The recording; its units must have been observed in the same intervals.</param>
    /// <param name="options">Tolerance and number of iterations.</param>
    /// <param name="progress">Told the fraction of targets done, 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the iterations.</param>
    /// <returns>The model and the likelihood after every iteration.</returns>
    /// <exception cref="UnknownUnitException">A unit is not in the recording.</exception>
    /// <exception cref="ArgumentException">As for <see cref="Fit"/>, or there is a penalty, for which the steps have no closed form.</exception>
    /// <exception cref="InvalidRecordingException">As for <see cref="Fit"/>.</exception>
    public BranchingEmResult FitByBranchingEm(
        Recording recording, BranchingEmOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new BranchingEmOptions();
        options.Validate();
        if (!Penalty.IsNone) throw new ArgumentException($"Expectation-maximisation steps have a closed form without a penalty only; use {nameof(Fit)}.");
        return BranchingEm.Run(this, EventsOf(recording), options, progress, cancellationToken);
    }

    private MarkedEvents EventsOf(Recording recording)
    {
        ArgumentNullException.ThrowIfNull(recording);
        if (Units.Count == 0 || Units.Distinct(StringComparer.Ordinal).Count() != Units.Count) throw new ArgumentException("Name the units to fit, each once.");
        if (!Basis.IsNonNegative) throw new ArgumentException($"The basis {Basis} takes negative values, which would make intensities negative. Use windows, splines or raised cosines.");
        if (Penalty.IsSparse) throw new ArgumentException("A lasso on weights that are not negative leaves no valid standard errors; use a ridge or a second difference.");
        MarkedEvents events = MarkedEvents.Of(recording, Units);
        int parameters = 1 + (Units.Count * Basis.ColumnCount);
        foreach (string unit in Units)
        {
            SpikeTrain train = recording[unit];
            HawkesSpecification.Validate(train);
            if (!Penalty.IsNone || train.Count >= parameters) continue;
            throw new InvalidRecordingException(
                $"{train.Count} spikes cannot tell the {parameters} parameters of the unit's rate ({Basis.ColumnCount} functions × {Units.Count} sources and a baseline)",
                "use fewer functions, add a penalty, or leave the unit out", unit: unit);
        }

        double longest = events.Observed.Max(interval => interval.Duration);
        if (Basis.Support > longest)
        {
            throw new InvalidRecordingException(
                FormattableString.Invariant($"the kernels reach {Basis.Support:G6} s back, but the longest observed interval lasts {longest:G6} s, so that the longest lags are never seen"),
                "use a shorter kernel");
        }

        return events;
    }
}
