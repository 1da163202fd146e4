using SpikeStats.Models.PointProcesses;
using SpikeStats.Models.Renewal;

namespace SpikeStats.Fitting.Renewal;

/// <summary>Which inhomogeneous renewal process to fit to which unit: intervals of operational time Λ(t) = ∫ λ are independent and have mean 1.</summary>
/// <remarks>
/// The rate λ(t) is either constant in bins, with levels that are estimated jointly with the shape of the intervals, or given up to a factor.
/// <para><b>Source:</b> Berman, Biometrika 68:143 (1981); Barbieri, Quirk, Frank, Wilson and Brown, J Neurosci Methods 105:25 (2001).</para>
/// </remarks>
public sealed record InhomogeneousRenewalSpecification
{
    /// <summary>Identifier of the unit to explain.</summary>
    public required string Target { get; init; }

    /// <summary>The family of the intervals in operational time: exponential (a Poisson process), gamma, inverse Gaussian, lognormal, Weibull or log-logistic.</summary>
    public required IntervalFamily Family { get; init; }

    /// <summary>Width of the bins in which the rate is constant, in seconds; not used if <see cref="GivenRate"/> is set.</summary>
    /// <remarks>Bins begin anew with each observed interval, and the last one reaches to its end. Each must hold a spike, or its level would run to zero.</remarks>
    /// <value>1 s by default.</value>
    public double RateBinWidth { get; init; } = 1;

    /// <summary>A rate of any kind, given up to a factor that is estimated: from covariates, a stimulus or another recording.</summary>
    /// <value>None by default: the rate is estimated in bins.</value>
    public PoissonProcess? GivenRate { get; init; }

    /// <summary>What the wait for the first spike of each observed interval tells.</summary>
    /// <value><see cref="RenewalStart.Equilibrium"/> by default, so that every spike counts for the rate.</value>
    public RenewalStart Start { get; init; } = RenewalStart.Equilibrium;

    /// <summary>Maximises the likelihood over the levels of the rate and the shape together.</summary>
    /// <remarks>
    /// Newton iterations in the logarithms of levels and shape with exact derivatives, from the counts per bin. <b>Accuracy:</b> tested against the homogeneous fit,
    /// the closed form of a Poisson process and finite differences. <b>Cost:</b> O(intervals × bins per interval² + levels³) per iteration.
    /// </remarks>
    /// <param name="recording">The recording.</param>
    /// <param name="options">Tolerances; the defaults if omitted.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <returns>The fit; its <see cref="InhomogeneousRenewalFit.Certificate"/> says whether the optimum was reached.</returns>
    /// <exception cref="UnknownUnitException">The target is not in the recording.</exception>
    /// <exception cref="ArgumentException">The bin width is not positive, the given rate is one of another unit or not given where the unit was observed, or the family has
    /// time constants of its own.</exception>
    /// <exception cref="InvalidRecordingException">There is no spike, too few intervals, an interval of zero, a bin without a spike, or an observed interval that is shorter
    /// than a bin.</exception>
    public InhomogeneousRenewalFit Fit(Recording recording, RenewalFitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        if (!Enum.IsDefined(Start)) throw new ArgumentException($"There is no start {Start}.");
        if (GivenRate is null && (!(RateBinWidth > 0) || !double.IsFinite(RateBinWidth)))
            throw new ArgumentException(FormattableString.Invariant($"The bins of the rate must have a positive width, not {RateBinWidth} s."));
        if (GivenRate is not null && !string.Equals(GivenRate.Units[0], Target, StringComparison.Ordinal))
            throw new ArgumentException($"The given rate is that of unit '{GivenRate.Units[0]}', not of '{Target}'.");
        options ??= new RenewalFitOptions();
        options.Validate();
        return InhomogeneousRenewalFitter.Fit(this, recording[Target], options, cancellationToken);
    }
}
