using SpikeStats.Plotting.Layers;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting;

/// <summary>Raster plots: a tick per spike, a row per unit or per trial, the first row at the top.</summary>
public static class RasterFigure
{
    private const int MostNamedRows = 40;
    private const int ExcerptDecades = 12;

    /// <summary>The spikes of all units of a recording.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="window">The stretch of time to show; null for all that was observed.</param>
    /// <param name="options">Heading, note and size.</param>
    /// <returns>The figure. Up to 40 rows are named, more are numbered from 1; times at which the units were not observed are shaded.</returns>
    public static Figure Of(Recording recording, TimeInterval? window = null, FigureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(recording);
        options ??= new FigureOptions();
        SpikeTrain[] trains = [.. recording.Trains];
        TimeInterval shown = window ?? SpanOf(trains);
        bool isNamed = trains.Length is > 0 and <= MostNamedRows;
        RasterLayer raster = new(Rows(trains, shown), isNamed ? 0 : 1);
        Panel panel = Panel(raster, shown, trains.Length, "Unit") with
        {
            Y = RowAxis("Unit", trains.Length) with { Categories = isNamed ? recording.Units.Ids : [] },
            Layers = [.. Gaps(recording.Observed, shown), raster],
        };
        return new Figure
        {
            Panels = [panel],
            Title = options.Title,
            Size = options.Size ?? SizeFor(trains.Length),
            Caption = CaptionText.Join(
                options, CaptionText.Count(trains.Length, "unit"), CaptionText.Count(raster.SpikeCount, "spike"),
                CaptionText.Window(shown.Start, shown.End), "first unit at the top"),
        };
    }

    /// <summary>The spikes of one unit in repeated trials, aligned at the zero of each trial.</summary>
    /// <param name="train">The unit, on the time axis of the recording.</param>
    /// <param name="trials">The trials.</param>
    /// <param name="window">The stretch of trial time to show, in seconds from the zero; null for all that the trials cover.</param>
    /// <param name="options">Heading, note and size.</param>
    /// <returns>The figure, with an upright line at zero.</returns>
    public static Figure OfTrials(SpikeTrain train, IReadOnlyList<Trial> trials, TimeInterval? window = null, FigureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(trials);
        return OfTrials([.. trials.Select(trial => train.Restrict(TimeIntervals.FromSorted(trial.Interval)).Shift(-trial.Zero))], window, options);
    }

    /// <summary>The spikes of trials that are aligned already.</summary>
    /// <param name="trials">One train per trial; times in seconds from the event at which trials are aligned.</param>
    /// <param name="window">The stretch of time to show, in seconds; null for all that the trials cover.</param>
    /// <param name="options">Heading, note and size.</param>
    /// <returns>The figure, with an upright line at zero.</returns>
    public static Figure OfTrials(IReadOnlyList<SpikeTrain> trials, TimeInterval? window = null, FigureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(trials);
        options ??= new FigureOptions();
        TimeInterval shown = window ?? SpanOf(trials);
        RasterLayer raster = new(Rows(trials, shown));
        return new Figure
        {
            Panels = [TrialPanel(raster, shown, trials.Count)],
            Title = options.Title,
            Size = options.Size ?? SizeFor(trials.Count),
            Caption = CaptionText.Join(
                options, CaptionText.Count(trials.Count, "trial"), CaptionText.Count(raster.SpikeCount, "spike"),
                CaptionText.Window(shown.Start, shown.End), "first trial at the top"),
        };
    }

    /// <summary>The longest stretch from the start of a recording that holds at most a number of spikes: what a raster can show well.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="mostSpikes">The number of spikes.</param>
    /// <returns>All that was observed if that is few enough; else a stretch of 1, 2 or 5 times a power of ten seconds.</returns>
    public static TimeInterval Excerpt(Recording recording, int mostSpikes)
    {
        ArgumentNullException.ThrowIfNull(recording);
        TimeInterval span = recording.Observed.Span;
        if (recording.SpikeCount <= mostSpikes || span.IsEmpty) return span;
        double power = Math.Pow(10, Math.Ceiling(Math.Log10(span.Duration)));
        for (int decade = 0; decade < ExcerptDecades; decade++, power /= 10)
        {
            foreach (double step in (ReadOnlySpan<double>)[1, 0.5, 0.2])
            {
                TimeInterval candidate = new(span.Start, span.Start + (step * power));
                if (candidate.End < span.End && recording.Trains.Sum(train => (long)train.TimesIn(candidate).Length) <= mostSpikes) return candidate;
            }
        }

        return span;
    }

    /// <summary>The panel of aligned trials, for figures that set it above another.</summary>
    internal static Panel TrialPanel(RasterLayer raster, TimeInterval shown, int trialCount)
    {
        Panel panel = Panel(raster, shown, trialCount, "Trial");
        return shown.Start < 0 && shown.End > 0 ? panel with { Layers = [ReferenceLine.Vertical(0), raster] } : panel;
    }

    /// <summary>The spikes of trains in a window.</summary>
    internal static ReadOnlyMemory<double>[] Rows(IReadOnlyList<SpikeTrain> trains, TimeInterval shown) =>
        [.. trains.Select(train => (ReadOnlyMemory<double>)train.TimesIn(shown).ToArray())];

    private static Panel Panel(RasterLayer raster, TimeInterval shown, int rowCount, string row) => new()
    {
        X = new Axis("Time", "s") { Lower = shown.Start, Upper = shown.End },
        Y = RowAxis(row, rowCount),
        Layers = [raster],
    };

    private static Axis RowAxis(string row, int rowCount) =>
        new(row) { Lower = 0.5, Upper = Math.Max(rowCount, 1) + 0.5, IsInteger = true, IsReversed = true };

    private static IEnumerable<SpanLayer> Gaps(TimeIntervals observed, TimeInterval shown)
    {
        List<TimeInterval> gaps = [];
        double end = shown.Start;
        foreach (TimeInterval interval in observed)
        {
            if (interval.Start > end) gaps.Add(new TimeInterval(end, Math.Min(interval.Start, shown.End)));
            end = Math.Max(end, interval.End);
            if (end >= shown.End) break;
        }

        if (end < shown.End) gaps.Add(new TimeInterval(end, shown.End));
        if (gaps.Count > 0 && observed.Count > 0) yield return SpanLayer.Of(TimeIntervals.Union([.. gaps]), "not observed");
    }

    private static TimeInterval SpanOf(IReadOnlyList<SpikeTrain> trains)
    {
        TimeInterval[] spans = [.. trains.Select(train => train.Observed.Span).Where(span => !span.IsEmpty)];
        return spans.Length == 0 ? new TimeInterval(0, 1) : new TimeInterval(spans.Min(span => span.Start), spans.Max(span => span.End));
    }

    private static FigureSize SizeFor(int rowCount) => FigureSize.Wide with { Height = Math.Clamp(18 + (3.2 * rowCount), 30, 110) };
}
