using System.Globalization;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.RandomStreams;
using SpikeStats.Statistics;

namespace SpikeStats.Cli.Reporting;

/// <summary>Describes, fits and judges one unit.</summary>
/// <param name="Recording">The recording.</param>
/// <param name="Options">The options of the report.</param>
/// <param name="Model">The model to fit.</param>
internal sealed record UnitAnalysis(Recording Recording, ReportOptions Options, ReportModel Model)
{
    // Bins of a rate: enough to see a course, few enough to hold spikes.
    private const int MostRateBins = 60;
    private const int MostTrialBins = 100;

    /// <summary>Analyses a unit.</summary>
    /// <param name="index">Position of the unit.</param>
    /// <param name="threads">Threads for its fit; the result does not depend on it.</param>
    /// <param name="cancellationToken">Cancels the analysis.</param>
    public UnitReport Of(int index, int threads, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        SpikeTrain train = Recording[index];
        UnitReport described = new(
            UnitSummary.Of(train, Options.RefractoryPeriod), train, InterspikeIntervals.Of(train), Correlogram.Auto(train),
            train.Observed.Span.IsEmpty ? null : RateCourse.Of([train], train.Observed.Span, MostRateBins), PsthOf(train),
            AverageOf(train), Fit: null, Rescaling: null, Verdict: null, NotFitted: "");
        if (train.Count < Options.LeastSpikes)
            return described with { NotFitted = string.Create(CultureInfo.InvariantCulture, $"{train.Count} {(train.Count == 1 ? "spike is" : "spikes are")} too few; a fit needs {Options.LeastSpikes}") };
        try
        {
            GlmFit fit = Model.For(train).Fit(Recording, new GlmFitOptions { Threads = threads }, progress: null, cancellationToken);
            if (!double.IsFinite(fit.LogLikelihood)) return described with { NotFitted = fit.Certificate.Message };
            ulong seed = new RandomStream(Options.Seed, (uint)index).NextUInt64();
            TimeRescalingResult rescaling = TimeRescaling.Test(fit.Model, Recording, train.Unit, new TimeRescalingOptions { Seed = seed }, cancellationToken);
            return described with { Fit = fit, Rescaling = rescaling, Verdict = rescaling.Verdict(ReportModel.Level) };
        }
        catch (InvalidRecordingException reason)
        {
            return described with { NotFitted = reason.Message };
        }
    }

    private PeristimulusHistogram? PsthOf(SpikeTrain train)
    {
        if (Recording.Trials.Count == 0) return null;
        TimeInterval span = new(
            Recording.Trials.Min(trial => trial.Interval.Start - trial.Zero), Recording.Trials.Max(trial => trial.Interval.End - trial.Zero));
        if (span.IsEmpty) return null;
        double binWidth = RoundBins.WidthFor(span.Duration, MostTrialBins);
        return PeristimulusHistogram.OverTrials(train, Recording.Trials, RoundBins.Widen(span, binWidth), binWidth);
    }

    private SpikeTriggeredAverage? AverageOf(SpikeTrain train)
    {
        if (Model.Signal is not { } signal || Model.StimulusLagCount == 0) return null;
        try
        {
            return SpikeTriggeredAverage.Of(train, signal, new BinGrid(train.Observed, Options.BinWidth), Model.StimulusLagCount);
        }
        catch (InvalidRecordingException)
        {
            // The signal does not cover the observed time: there is no average, and the page says which signals there are.
            return null;
        }
    }
}
