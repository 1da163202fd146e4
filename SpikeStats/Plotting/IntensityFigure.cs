using SpikeStats.Plotting.Layers;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting;

/// <summary>Conditional intensities over time, below the spikes that they are to explain.</summary>
public static class IntensityFigure
{
    /// <summary>Draws one or several intensities and the spikes as ticks above them.</summary>
    /// <param name="curves">The intensities.</param>
    /// <param name="train">The spikes.</param>
    /// <param name="window">The stretch of time to show; null for all that the curves cover.</param>
    /// <param name="options">Heading, note, seed and size.</param>
    /// <returns>The figure; the caption names window and number of spikes.</returns>
    /// <exception cref="ArgumentException">A curve has arrays of different lengths.</exception>
    public static Figure Of(IReadOnlyList<IntensityCurve> curves, SpikeTrain train, TimeInterval? window = null, FigureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(curves);
        ArgumentNullException.ThrowIfNull(train);
        options ??= new FigureOptions();
        TimeInterval shown = window ?? SpanOf(curves, train);
        RasterLayer raster = new(RasterFigure.Rows([train], shown));
        Axis time = new("Time", "s") { Lower = shown.Start, Upper = shown.End };
        Panel spikes = new()
        {
            X = time with { IsDrawn = false },
            Y = new Axis("") { Lower = 0.5, Upper = 1.5, IsDrawn = false },
            Layers = [raster],
            Weight = 0.12,
        };
        Panel intensities = new()
        {
            X = time,
            Y = new Axis("Intensity", "spikes/s") { Lower = 0 },
            Layers = [.. curves.Select(curve => Within(curve, shown))],
        };
        return new Figure
        {
            Panels = [spikes, intensities],
            SharesX = true,
            Title = options.Title,
            Size = options.Size ?? FigureSize.Wide with { Height = 60 },
            Caption = CaptionText.Join(
                options, train.Unit.Length == 0 ? "" : "unit " + train.Unit, CaptionText.Count(raster.SpikeCount, "spike"),
                CaptionText.Window(shown.Start, shown.End)),
        };
    }

    /// <summary>The part of a curve in a window and the point on either side of it, so that the vertical axis fits what is seen.</summary>
    private static LineLayer Within(IntensityCurve curve, TimeInterval shown)
    {
        ReadOnlySpan<double> times = curve.Times.Span;
        if (times.Length != curve.Intensity.Length)
            throw new ArgumentException($"The intensity '{curve.Label}' has {curve.Intensity.Length} values at {times.Length} instants.", nameof(curve));
        (int start, int end) = SpikeTrain.RangeIn(times, shown);
        start = Math.Max(0, start - 1);
        end = Math.Min(times.Length, end + 1);
        return new LineLayer(times[start..end], curve.Intensity.Span[start..end]) { Label = curve.Label, Width = 0.8 };
    }

    private static TimeInterval SpanOf(IReadOnlyList<IntensityCurve> curves, SpikeTrain train)
    {
        double[] ends = [.. curves.Where(curve => !curve.Times.IsEmpty).SelectMany(curve => (double[])[curve.Times.Span[0], curve.Times.Span[^1]])];
        if (ends.Length > 0 && ends.Max() > ends.Min()) return new TimeInterval(ends.Min(), ends.Max());
        return train.Observed.Count > 0 ? train.Observed.Span : new TimeInterval(0, 1);
    }
}
