using SpikeStats.Plotting.Layers;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting;

/// <summary>Peristimulus time histograms: the rate around an event, below the raster of the trials.</summary>
public static class PsthFigure
{
    /// <summary>Draws a histogram with its band and, if trials are given, their raster above it on the same time axis.</summary>
    /// <param name="edges">Edges of the bins, in seconds from the event, ascending; length n + 1.</param>
    /// <param name="rate">Rates, in spikes per second and trial; length n.</param>
    /// <param name="lower">Lower bounds of the rate, in spikes per second; length n, or empty for no band.</param>
    /// <param name="upper">Upper bounds, in spikes per second; length n, or empty.</param>
    /// <param name="trials">The trials, each a train with its times in seconds from the event; null for no raster.</param>
    /// <param name="band">What the band is, for the caption.</param>
    /// <param name="options">Heading, note, seed and size.</param>
    /// <returns>The figure; the caption names trials, bin width and window.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static Figure Of(
        ReadOnlySpan<double> edges, ReadOnlySpan<double> rate, ReadOnlySpan<double> lower = default, ReadOnlySpan<double> upper = default,
        IReadOnlyList<SpikeTrain>? trials = null, string band = "95 % confidence interval", FigureOptions? options = null)
    {
        options ??= new FigureOptions();
        StepLayer histogram = new(edges, rate) { Color = Palette.Blue };
        List<Layer> layers = [];
        if (!lower.IsEmpty) layers.Add(new BandLayer(edges, lower, upper) { Color = Palette.Blue });
        TimeInterval window = edges.Length < 2 ? new TimeInterval(0, 1) : new TimeInterval(edges[0], edges[^1]);
        if (window.Start < 0 && window.End > 0) layers.Add(ReferenceLine.Vertical(0));
        layers.Add(histogram);
        Panel rates = new()
        {
            X = new Axis("Time", "s") { Lower = window.Start, Upper = window.End },
            Y = new Axis("Firing rate", "spikes/s") { Lower = 0 },
            Layers = layers,
        };
        List<Panel> panels = [rates];
        if (trials is not null)
        {
            RasterLayer raster = new(RasterFigure.Rows(trials, window));
            panels.Insert(0, RasterFigure.TrialPanel(raster, window, trials.Count) with { Weight = 1.2 });
        }

        return new Figure
        {
            Panels = panels,
            SharesX = true,
            Title = options.Title,
            Size = options.Size ?? FigureSize.Small with { Height = trials is null ? 55 : 80 },
            Caption = CaptionText.Join(
                options, trials is null ? "" : CaptionText.Count(trials.Count, "trial"), CaptionText.BinWidth(edges, Milliseconds.PerSecond, Milliseconds.Unit),
                CaptionText.Window(window.Start, window.End), lower.IsEmpty ? "" : "band: " + band),
        };
    }
}
