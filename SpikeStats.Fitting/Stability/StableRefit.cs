using System.Globalization;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Glm;
using SpikeStats.Models.Stability;

namespace SpikeStats.Fitting.Stability;

/// <summary>A fragile or divergent GLM fitted again under the weakest constraint on its history filter that makes it stable.</summary>
/// <remarks>
/// Maximises the (penalised) likelihood subject to ∫ (e^h - 1) ≤ k. The integral is convex in the coefficients, so that the optimum for each k is unique;
/// it is found through the multiplier μ of the constraint, which is raised until <see cref="QuasiRenewal"/> says stable and then brought down by bisection to within 1 %.
/// The verdict is the one in the recording (<see cref="QuasiRenewal.In"/>), with everything that drives the unit stronger by <see cref="StableRefitOptions.Margin"/>.
/// <para><b>Assumptions:</b> those of the verdict; spikes of other units are given, so that runaway through loops of units is not prevented.
/// Standard errors are conditional on the bound being active, as if k had been known.</para>
/// <para><b>Accuracy:</b> tested against the closed form of a filter of one window, and by simulations. <b>Cost:</b> about ten to twenty fits.</para>
/// <para><b>Source:</b> that fits can be made stable by constraints: Gerhard, Deger and Truccolo, PLoS Comput Biol 13:e1005390 (2017). This formulation is this
/// library's; docs/design says why it was chosen.</para>
/// </remarks>
public sealed record StableRefit
{
    // Multipliers per spike, in reciprocal seconds: the first asks for next to nothing, the last leaves nothing of the filter but inhibition.
    private const double FirstPerSpike = 0.01;
    private const double LastPerSpike = 1e8;
    private const double Growth = 10;
    private const double Precision = 1.01;

    private StableRefit(StableRefitStatus status, GlmFit original, QuasiRenewal originalVerdict, GlmFit fit, QuasiRenewal verdict, string message)
    {
        Status = status;
        Original = original;
        OriginalVerdict = originalVerdict;
        Fit = fit;
        Verdict = verdict;
        Message = message;
    }

    /// <summary>How it ended.</summary>
    public StableRefitStatus Status { get; }

    /// <summary>The same in a sentence or two.</summary>
    public string Message { get; }

    /// <summary>The fit that was to be made stable.</summary>
    public GlmFit Original { get; }

    /// <summary>The verdict on it.</summary>
    public QuasiRenewal OriginalVerdict { get; }

    /// <summary>The stable fit; the original one if it is stable already or nothing helps.</summary>
    public GlmFit Fit { get; }

    /// <summary>The verdict on <see cref="Fit"/>, without the margin.</summary>
    public QuasiRenewal Verdict { get; }

    /// <summary>The bound k on ∫ (e^h - 1), in seconds, which the refitted filter meets exactly; NaN if no constraint was applied.</summary>
    public double Bound { get; private init; } = double.NaN;

    /// <summary>The multiplier of the constraint, in nats per second of the bound: what loosening it a little would gain; 0 if none was applied.</summary>
    public double Multiplier { get; private init; }

    /// <summary>The log-likelihood that stability cost, in nats.</summary>
    public double LogLikelihoodCost => Original.LogLikelihood - Fit.LogLikelihood;

    /// <summary>Makes a fit stable if it is not.</summary>
    /// <param name="fit">A fit with an exponential link and without lasso.</param>
    /// <param name="recording">The recording that it was fitted to.</param>
    /// <param name="options">Margin, limit, and how to fit.</param>
    /// <param name="progress">Told the fraction done.</param>
    /// <param name="cancellationToken">Cancels the fits.</param>
    /// <returns>The stable fit, or why there is none.</returns>
    /// <exception cref="ArgumentException">The link is not exponential, or a term has a lasso.</exception>
    /// <exception cref="UnknownUnitException">The recording lacks a unit of the fit.</exception>
    public static StableRefit Of(
        GlmFit fit, Recording recording, StableRefitOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(recording);
        options ??= new StableRefitOptions();
        options.Validate();
        QuasiRenewal before = QuasiRenewal.In(fit.Model, recording, options.MaximalRate);
        if (before.Verdict == StabilityVerdict.Stable)
            return new StableRefit(StableRefitStatus.AlreadyStable, fit, before, fit, before, $"The fit is stable as it is and was left unchanged. {before}");
        if (fit.Specification.Terms.Any(term => term.Penalty.IsSparse))
            throw new ArgumentException("A fit with a lasso cannot be constrained as well; use a quadratic penalty.", nameof(fit));
        ConstrainedFitter fitter = new(fit, recording, options.Fit);
        if (!fitter.HasHistory)
            return Infeasible(fit, before, "The model has no history filter that could be constrained; its baseline and what drives it are beyond the limit on their own.");

        bool IsStable(GlmFit candidate) => QuasiRenewal.In(
            candidate.Model with { Baseline = candidate.Model.Baseline + Math.Log(1 + options.Margin) }, recording, options.MaximalRate).Verdict == StabilityVerdict.Stable;
        double low = FirstPerSpike * fit.SpikeCount / Growth, high = low;
        (GlmFit Fit, double Excess) best;
        int tried = 0;
        do
        {
            if (high >= LastPerSpike * fit.SpikeCount)
                return Infeasible(fit, before, "Not even a history filter that only inhibits makes it stable: what else drives the unit is too strong for the limit.");
            (low, high) = (high, high * Growth);
            best = fitter.Fit(high, cancellationToken);
            progress?.Report(++tried / (tried + 10.0));
        }
        while (!IsStable(best.Fit));

        while (high > Precision * low)
        {
            double middle = Math.Sqrt(low * high);
            (GlmFit Fit, double Excess) candidate = fitter.Fit(middle, cancellationToken);
            if (IsStable(candidate.Fit)) (high, best) = (middle, candidate);
            else low = middle;
            progress?.Report(++tried / (tried + 10.0));
        }

        progress?.Report(1);
        return Constrained(fit, before, best.Fit, QuasiRenewal.In(best.Fit.Model, recording, options.MaximalRate), best.Excess, high);
    }

    /// <summary>The outcome in a sentence or two.</summary>
    /// <returns><see cref="Message"/>.</returns>
    public override string ToString() => Message;

    private static StableRefit Constrained(GlmFit original, QuasiRenewal before, GlmFit fit, QuasiRenewal after, double bound, double multiplier)
    {
        double cost = original.LogLikelihood - fit.LogLikelihood, perSpike = cost / Math.Log(2) / fit.SpikeCount;
        string end = fit.Certificate.Status is FitStatus.Converged or FitStatus.Separated ? "" : $" The constrained fit did not reach its optimum: {fit.Certificate.Message}";
        string message = string.Create(
            CultureInfo.InvariantCulture,
            $"The fit was {before.Verdict.ToString().ToLowerInvariant()}. Under the active constraint that the integral of e^h - 1 is at most {bound:G4} s it is stable; this cost {cost:G4} nats ({perSpike:G3} bits per spike), and standard errors are conditional on the constraint. {after}{end}");
        return new StableRefit(StableRefitStatus.Constrained, original, before, fit, after, message) { Bound = bound, Multiplier = multiplier };
    }

    private static StableRefit Infeasible(GlmFit fit, QuasiRenewal before, string reason) =>
        new(StableRefitStatus.Infeasible, fit, before, fit, before, $"No stable model was found. {reason} {before}");
}
