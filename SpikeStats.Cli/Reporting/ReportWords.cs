using System.Globalization;
using SpikeStats.Models.Bases;
using static SpikeStats.Cli.Reporting.HtmlText;
using static SpikeStats.Plotting.Rendering.XmlText;

namespace SpikeStats.Cli.Reporting;

/// <summary>The paragraphs of the page: what was found in short, how it was found, and what was left out. All return markup.</summary>
internal static class ReportWords
{
    private const double ManyViolations = 0.01;
    private const int ManyFits = 20;

    /// <summary>What was found, in a few sentences.</summary>
    public static IEnumerable<string> InShort(RecordingReport report)
    {
        int units = report.Units.Count, fitted = report.FittedCount;
        if (units == 0) yield return "The recording holds no unit.";
        if (units == 0) yield break;
        if (fitted == 0)
        {
            yield return $"None of the {Count(units, "unit")} was fitted; the table says how many spikes each has, its section why.";
        }
        else
        {
            int rejected = report.Units.Count(unit => unit.Verdict?.Fits == false);
            string others = fitted == units ? "" : $" {(units - fitted == 1 ? "One unit was" : $"{Count(units - fitted)} units were")} described but not fitted, mostly for want of spikes.";
            yield return $"A point-process model with the unit’s own past spikes{Extra(report)} was fitted to {(fitted == units ? (units == 1 ? "the unit" : $"all {Count(units)} units") : $"{Count(fitted)} of {Count(units, "unit")}")}.{others}";
            yield return fitted == 1
                ? $"Time rescaling {(rejected == 0 ? "finds nothing wrong with it." : "rejects it; the section of the unit says why.")}"
                : (rejected == 0 ? $"Time rescaling finds nothing wrong with any of the {Count(fitted)} models"
                    : $"Time rescaling finds nothing wrong with {Count(report.FittingCount)} of the {Count(fitted)} models and rejects {Count(rejected)}")
                    + (fitted >= ManyFits ? $"; about {Number(ReportModel.Level * fitted, 2)} would be rejected by chance if all were right." : ".");
            double[] bits = [.. report.Units.Where(unit => unit.Fit is not null).Select(unit => unit.Fit!.BitsPerSpike).Order()];
            if (fitted > 1) yield return $"The models tell between {Number(bits[0], 2)} and {Number(bits[^1], 2)} bits about each spike beyond the mean rate (median {Number(bits[bits.Length / 2], 2)}).";
            int unconverged = report.Units.Count(unit => unit.Fit is { Certificate.IsConverged: false } fit && !FitWords.IsOnlyRefractory(fit));
            if (unconverged > 0) yield return $"<strong>{Count(unconverged, "fit")} did not reach a unique finite optimum</strong>; their sections name the terms and lags concerned.";
        }

        int contaminated = report.Units.Count(unit => unit.Summary.RefractoryViolations.Fraction > ManyViolations);
        if (contaminated > 0)
        {
            yield return $"{Count(contaminated, "unit")} {(contaminated == 1 ? "has" : "have")} more than {Percent(ManyViolations, 0)} of interspike intervals shorter than "
                + $"{Number(report.Options.RefractoryPeriod * 1000)} ms, more than one neuron should: spikes of several may be mixed.";
        }
    }

    /// <summary>How everything was computed.</summary>
    public static IEnumerable<string> Methods(RecordingReport report)
    {
        ReportOptions options = report.Options;
        ReportModel model = report.Model;
        yield return "<b>Intervals.</b> Interspike intervals never reach across a gap in the observation. CV: standard deviation over mean; CV2 and Lv: local measures that slow "
            + "changes of the rate do not inflate. Autocorrelograms: bins of 1 ms, rate after a spike; the band holds 95 % of the bins of a Poisson train.";
        yield return $"<b>Model.</b> For each unit with at least {Count(options.LeastSpikes)} spikes, on bins of {Number(options.BinWidth * 1000)} ms: log rate = baseline + post-spike filter of the unit’s own past spikes"
            + $" ({Spelled(model.HistoryBasis)})"
            + (options.Stimulus is null ? "" : $" + filter of the signal {Escape(options.Stimulus)} ({Spelled(model.StimulusBasis!)})")
            + (options.HasCouplings ? $" + coupling filters from the other {Count(Math.Max(0, model.CoupledUnits.Count - 1))} of {Count(model.CoupledUnits.Count)} coupled units ({Spelled(model.CouplingBasis)})" : "")
            + ". The basis is finest at the shortest lags, where refractoriness acts, and reaches far enough for bursts and slow modulation. Counts are Bernoulli (complementary log-log link) "
            + "where no bin holds two spikes of the unit, else Poisson (log link). Bins without a full history are left out. Maximum likelihood without a penalty by Newton’s method "
            + "(Truccolo et al. 2005); bands are ± 1.96 standard errors from the observed information.";
        yield return "<b>Fit.</b> <em>Converged</em>: the unique optimum was reached. <em>Refractory</em>: no spike ever came at the shortest lags, so that the filter is −∞ there and everything else "
            + "is optimal in that limit. <em>Separated</em> or <em>rank deficient</em>: the data leave some coefficient undetermined; the section names it.";
        yield return $"<b>Verdict.</b> Time rescaling with the correction for discrete time (Haslinger, Pipa and Brown 2010): the distribution of rescaled intervals by Kolmogorov and Smirnov "
            + $"(median p of 21 seeded draws), their independence by Ljung and Box; either rejects at {Percent(ReportModel.Level / 2)}, both together at {Percent(ReportModel.Level, 0)} at most. "
            + "The parameters were fitted to the same spikes, which makes a wrong model pass a little too easily. "
            + $"Seed {options.Seed.ToString(CultureInfo.InvariantCulture)}, a stream for each unit: the same recording gives the same page, whatever the number of threads.";
        if (report.Pairs.TestedCount > 0)
        {
            yield return "<b>Pairs.</b> A pair counts as correlated if one of its 100 bins of 1 ms departs from the count expected of independent trains of constant rate by more than "
                + "the 5 % point of all bins of all pairs. Neurons whose rates drift together are correlated in this sense without any connection.";
        }
    }

    /// <summary>What the page does not show.</summary>
    public static IEnumerable<string> LeftOut(RecordingReport report, int sectionCount, bool isDetailed)
    {
        int few = report.Units.Count(unit => unit.Fit is null);
        if (few > 0) yield return $"{Count(few, "unit")} without a model; the reason stands in the section of each.";
        if (sectionCount < report.Units.Count) yield return $"The sections of {Count(report.Units.Count - sectionCount, "unit")} with the fewest spikes; their numbers are in the table.";
        if (report.Recording.Trials.Count > 0 && !isDetailed) yield return "Rasters of trials, unit by unit, because there are so many units.";
        if (report.Pairs.CorrelatedCount > report.Pairs.Shown.Count) yield return $"{Count(report.Pairs.CorrelatedCount - report.Pairs.Shown.Count)} more correlated pairs.";
        int pairable = report.Units.Count(unit => unit.Summary.SpikeCount >= report.Options.LeastSpikes);
        if (pairable > CorrelatedPairs.MostUnits) yield return $"Pairs of units that are not among the {Count(CorrelatedPairs.MostUnits)} with the most spikes.";
        if (report.Options.HasCouplings && pairable > report.Model.CoupledUnits.Count) yield return $"Couplings of units that are not among the {Count(report.Model.CoupledUnits.Count)} with the most spikes.";
        string[] unused = [.. report.Recording.Signals.Select(signal => signal.Name).Where(name => !string.Equals(name, report.Model.Signal?.Name, StringComparison.Ordinal))];
        if (unused.Length > 0) yield return $"The signals {Escape(string.Join(", ", unused))}; only one is averaged.";
        if (report.Model.Signal is { } signal && report.Units.Count > 0 && report.Units.All(unit => unit.Average is null))
            yield return $"Averages of the signal {Escape(signal.Name)}: it covers {Escape(signal.Span.ToString())}, which is not all of the observed time.";
    }

    private static string Extra(RecordingReport report) => (report.Options.Stimulus is null, report.Options.HasCouplings) switch
    {
        (false, true) => ", the stimulus and the spikes of other units",
        (false, false) => " and the stimulus",
        (true, true) => " and the spikes of other units",
        _ => "",
    };

    private static string Spelled(Basis basis) => $"<code>{Escape(basis.Description)}</code>";
}
