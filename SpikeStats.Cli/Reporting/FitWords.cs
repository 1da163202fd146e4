using System.Globalization;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Cli.Reporting;

/// <summary>Says in plain words how a fit ended and what it is worth.</summary>
internal static class FitWords
{
    // A silence that a unit without refractoriness would show as well: fewer spikes than this were to be expected in it.
    private const double FewExpected = 3;

    // The decrement of a fit whose finite coefficients are at their optimum; a runaway fit stops far above it.
    private const double AtOptimum = 1e-9;

    /// <summary>Whether nothing is infinite but the post-spike filter where no spike ever followed another: an absolute refractory period.</summary>
    public static bool IsOnlyRefractory(GlmFit fit) =>
        fit.Certificate.Status == FitStatus.Separated && fit.Certificate.NewtonDecrement <= AtOptimum
        && fit.Certificate.Rank + fit.Coefficients.Count(double.IsInfinity) == fit.Certificate.ParameterCount
        && fit.Terms.All(term => term.Kind == "history" || term.Coefficients.All(double.IsFinite))
        && SilentLags(fit).Count > 0;

    /// <summary>The certificate as sentences of text, not of markup.</summary>
    public static string Certificate(GlmFit fit)
    {
        FitCertificate certificate = fit.Certificate;
        if (certificate.IsConverged)
        {
            return $"The unique optimum was reached in {certificate.Iterations.ToString(CultureInfo.InvariantCulture)} iterations, "
                + $"to within {HtmlText.Number(certificate.NewtonDecrement, 2)} nats.";
        }

        if (!IsOnlyRefractory(fit)) return certificate.Message;
        IReadOnlyList<double> silent = SilentLags(fit);
        string lags = silent.Count == 1 ? $"{Milliseconds(silent[0])} ms" : $"{Milliseconds(silent[0])} to {Milliseconds(silent[^1])} ms";
        double expected = fit.SpikeCount * (double)fit.SpikeCount / fit.BinCount * silent.Count;
        string meaning = expected < FewExpected
            ? $"with so few spikes that proves no refractoriness: {HtmlText.Number(expected, 2)} were to be expected without any"
            : $"{HtmlText.Number(expected, 2)} were to be expected without refractoriness";
        return $"No spike came {lags} after another ({meaning}); the filter is −∞ there, and all other coefficients are at their optimum, "
            + $"reached in {certificate.Iterations.ToString(CultureInfo.InvariantCulture)} iterations.";
    }

    /// <summary>The certificate in two words, for a table.</summary>
    public static string Short(GlmFit fit) => IsOnlyRefractory(fit) ? "refractory" : fit.Certificate.Status switch
    {
        FitStatus.Converged => "converged",
        FitStatus.Separated => "separated",
        FitStatus.RankDeficient => "rank deficient",
        FitStatus.IterationLimit => "not converged",
        FitStatus.StepFailed => "not converged",
        _ => fit.Certificate.Status.ToString(),
    };

    /// <summary>What the model is made of, as a sentence.</summary>
    public static string Model(GlmFit fit)
    {
        IEnumerable<string> terms = fit.Terms.Where(term => term.Kind is "history" or "stimulus" || term.IsSmooth)
            .Select(term => $"{Name(term)} ({term.Coefficients.Count.ToString(CultureInfo.InvariantCulture)} coefficients)");
        int couplings = fit.Terms.Count(term => term.Kind == "coupling");
        string coupled = couplings == 0 ? "" : $" + couplings from {couplings.ToString(CultureInfo.InvariantCulture)} units";
        return $"log rate = baseline + {string.Join(" + ", terms)}{coupled}; {Law(fit)} counts.";
    }

    private static string Name(TermFit term) => term.Kind switch
    {
        "history" => "post-spike filter",
        "stimulus" => "stimulus filter",
        _ => $"smooth effect of {term.Name.Replace(":", " and ", StringComparison.Ordinal)}",
    };

    private static string Law(GlmFit fit)
    {
        string name = fit.Specification.Observation.Name;
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    /// <summary>Lags at which the post-spike filter is negative infinity, in seconds, ascending.</summary>
    private static IReadOnlyList<double> SilentLags(GlmFit fit) =>
    [
        .. fit.Terms.Where(term => term.Kind == "history")
            .SelectMany(term => term.Lags.Zip(term.Filter).Where(pair => double.IsNegativeInfinity(pair.Second)).Select(pair => pair.First)),
    ];

    private static string Milliseconds(double seconds) => Math.Round(seconds * 1000, 3).ToString(CultureInfo.InvariantCulture);
}
