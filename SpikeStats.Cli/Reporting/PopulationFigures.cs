using SpikeStats.Plotting;
using SpikeStats.Plotting.Layers;
using SpikeStats.Statistics;

namespace SpikeStats.Cli.Reporting;

/// <summary>Figures of all units together.</summary>
internal static class PopulationFigures
{
    private const int MostRasterSpikes = 12_000;
    private const int MostRateBins = 200;
    private const int BinsPerDecade = 5;
    private const int HistogramBinCount = 20;
    private const int PairColumns = 4;
    private const double RateHeight = 20;
    private const double AxisHeight = 12;

    /// <summary>The spikes of all units, or of a stretch that a page can hold, above the rate of all units over the whole recording.</summary>
    public static Figure Spikes(Recording recording)
    {
        TimeInterval shown = RasterFigure.Excerpt(recording, MostRasterSpikes);
        string note = shown == recording.Observed.Span ? "" : $"The first {HtmlText.Number(shown.Duration)} s of {HtmlText.Number(recording.Observed.Span.Duration, 4)} s.";
        Figure raster = RasterFigure.Of(recording, shown, new FigureOptions { Note = note });
        return raster with
        {
            Panels = [raster.Panels[0] with { Weight = (raster.Size.Height - AxisHeight) / RateHeight }, RatePanel(recording)],
            Size = new FigureSize(UnitSheet.Width, raster.Size.Height + RateHeight + AxisHeight),
            Caption = raster.Caption + " Below: all units together, over the whole recording.",
        };
    }

    private static Panel RatePanel(Recording recording)
    {
        RateCourse course = RateCourse.Of(recording.Trains, recording.Observed.Span, MostRateBins);
        return new Panel { X = new Axis("Time", "s"), Y = new Axis("Spikes/s") { Lower = 0 }, Layers = [new StepLayer(course.Edges, course.Rates) { Color = Palette.Blue }] };
    }

    /// <summary>How rates, irregularity and explained information are distributed over units.</summary>
    public static Figure Distributions(RecordingReport report) => new()
    {
        Panels =
        [
            LogarithmicHistogram([.. report.Units.Select(unit => unit.Summary.Rate)], new Axis("Firing rate", "spikes/s")),
            Histogram([.. report.Units.Select(unit => unit.Summary.IsiCv)], new Axis("CV of interspike intervals")),
            Histogram([.. report.Units.Select(unit => unit.Fit?.BitsPerSpike ?? double.NaN)], new Axis("Information of the model", "bits/spike")),
        ],
        Columns = 3,
        Size = new FigureSize(UnitSheet.Width, 46),
    };

    /// <summary>The cross-correlograms of the most correlated pairs.</summary>
    public static Figure Pairs(CorrelatedPairs pairs) => new()
    {
        Panels = [.. pairs.Shown.Select(pair => UnitSheet.CorrelogramPanel(pair.Correlogram) with { Title = $"{pair.Correlogram.Reference} → {pair.Correlogram.Target}" })],
        Columns = Math.Min(PairColumns, pairs.Shown.Count),
        Size = new FigureSize(UnitSheet.Width, 4 + (43 * ((pairs.Shown.Count + PairColumns - 1) / PairColumns))),
    };

    /// <summary>The matrix of couplings.</summary>
    public static Figure Couplings(CouplingMatrix matrix) => CouplingFigure.Of(
        matrix.Strengths, matrix.Units, matrix.Units, "Log-gain at the surest lag", separatesSelf: true,
        options: new FigureOptions { Size = new FigureSize(110, 95) });

    private static Panel LogarithmicHistogram(double[] values, Axis axis)
    {
        double[] positive = [.. values.Where(value => value > 0 && double.IsFinite(value))];
        if (positive.Length == 0) return new Panel { X = axis, Y = new Axis("Units") };
        int first = (int)Math.Floor(Math.Log10(positive.Min()) * BinsPerDecade), last = (int)Math.Floor(Math.Log10(positive.Max()) * BinsPerDecade) + 1;
        double[] edges = [.. Enumerable.Range(first, last - first + 1).Select(step => Math.Pow(10, (double)step / BinsPerDecade))];
        double[] counts = new double[edges.Length - 1];
        foreach (double value in positive) counts[Math.Clamp((int)Math.Floor(Math.Log10(value) * BinsPerDecade) - first, 0, counts.Length - 1)]++;
        return Bars(edges, counts, axis with { Scale = AxisScale.Logarithmic });
    }

    private static Panel Histogram(double[] values, Axis axis)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0) return new Panel { X = axis, Y = new Axis("Units") };
        double low = Math.Min(0, finite.Min()), high = Math.Max(finite.Max(), low + 1e-3);
        double binWidth = RoundBins.WidthFor(high - low, HistogramBinCount);
        TimeInterval range = RoundBins.Widen(new TimeInterval(low, high), binWidth);
        HistogramBins bins = HistogramBins.Over(range.Start, range.End, binWidth);
        double[] counts = new double[bins.Count];
        foreach (double value in finite) counts[Math.Clamp(bins.BinOf(value), 0, counts.Length - 1)]++;
        return Bars(bins.Edges(), counts, axis);
    }

    private static Panel Bars(double[] edges, double[] counts, Axis axis) =>
        new() { X = axis, Y = new Axis("Units") { Lower = 0, IsInteger = true }, Layers = [new BarLayer(edges, counts) { Color = Palette.SkyBlue }] };
}
