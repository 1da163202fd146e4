using System.Globalization;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting;

/// <summary>A recording or a train at a glance: what it holds, what the loader noted, and a raster that fits on one screen.</summary>
internal static class RecordingOverview
{
    private const int MostSpikes = 20_000;
    private const int MostNotes = 10;

    /// <summary>A recording as HTML: facts, notes of the loader and a raster.</summary>
    public static string Html(Recording recording)
    {
        LoadReport report = recording.LoadReport;
        List<string[]> facts =
        [
            ["Source", report.Source.Length == 0 ? report.Format : $"{report.Source} ({report.Format})"],
            ["Units", Text(recording.UnitCount)],
            ["Spikes", Text(recording.SpikeCount)],
            ["Observed", Observed(recording.Observed)],
        ];
        if (recording.Trials.Count > 0) facts.Add(["Trials", Text(recording.Trials.Count)]);
        facts.AddRange(recording.Signals.Select(signal => (string[])["Signal", signal.ToString()[nameof(SampledSignal).Length..].Trim()]));
        facts.AddRange(report.Take(MostNotes).Select(note => (string[])[note.Severity == LoadNoteSeverity.Warning ? "Warning" : "Note", note.Message]));
        if (report.Count > MostNotes) facts.Add(["Note", $"{report.Count - MostNotes} more in the load report"]);
        TimeInterval shown = Excerpt(recording, MostSpikes);
        FigureOptions options = new() { Note = shown == recording.Observed.Span ? "" : "An excerpt of the recording." };
        return HtmlTable.Of(["", ""], facts, "Recording").ToHtml() + (recording.SpikeCount == 0 ? "" : RasterFigure.Of(recording, shown, options).ToHtml());
    }

    /// <summary>A train as HTML: facts and a raster.</summary>
    public static string Html(SpikeTrain train)
    {
        double duration = train.Observed.Duration;
        List<string[]> facts =
        [
            ["Spikes", Text(train.Count)],
            ["Observed", Observed(train.Observed)],
            ["Rate", $"{NumberText.Short(duration > 0 ? train.Count / duration : double.NaN)} spikes/s"],
        ];
        string caption = train.Unit.Length == 0 ? "Spike train" : $"Spike train of unit {train.Unit}";
        if (train.Count == 0) return HtmlTable.Of(["", ""], facts, caption).ToHtml();
        Recording alone = Recording.FromTrains([train]);
        return HtmlTable.Of(["", ""], facts, caption).ToHtml() + RasterFigure.Of(alone, Excerpt(alone, MostSpikes)).ToHtml();
    }

    /// <summary>The longest stretch from the start of a recording that holds at most a number of spikes.</summary>
    /// <returns>All that was observed if that is few enough; else a stretch of 1, 2 or 5 times a power of ten seconds.</returns>
    public static TimeInterval Excerpt(Recording recording, int mostSpikes)
    {
        TimeInterval span = recording.Observed.Span;
        if (recording.SpikeCount <= mostSpikes) return span;
        double power = Math.Pow(10, Math.Ceiling(Math.Log10(span.Duration)));
        for (; power > 0; power /= 10)
        {
            foreach (double step in (ReadOnlySpan<double>)[1, 0.5, 0.2])
            {
                TimeInterval candidate = new(span.Start, span.Start + (step * power));
                if (candidate.End < span.End && recording.Trains.Sum(train => (long)train.TimesIn(candidate).Length) <= mostSpikes) return candidate;
            }
        }

        return span;
    }

    private static string Observed(TimeIntervals observed) => observed.Count == 0
        ? "never"
        : $"{NumberText.Short(observed.Duration, 6)} s in {CaptionText.Count(observed.Count, "interval")}, "
            + $"from {NumberText.Short(observed.Span.Start, 6)} s to {NumberText.Short(observed.Span.End, 6)} s";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
