using SpikeStats.Plotting.Layers;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting;

/// <summary>Densities of interspike intervals, in milliseconds, over the histogram of observed ones.</summary>
public static class IntervalDensityFigure
{
    /// <summary>Draws densities over a histogram.</summary>
    /// <param name="edges">Edges of the bins, in seconds, ascending; length n + 1, or empty for no histogram.</param>
    /// <param name="counts">Numbers of intervals in the bins; length n.</param>
    /// <param name="curves">The densities.</param>
    /// <param name="total">The number of all intervals, those outside the bins too; 0 takes the sum of the counts.</param>
    /// <param name="options">Heading, note, seed and size.</param>
    /// <returns>The figure; the caption gives the number of intervals and the bin width.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static Figure Of(ReadOnlySpan<double> edges, ReadOnlySpan<double> counts, IReadOnlyList<IntervalDensityCurve> curves, long total = 0, FigureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(curves);
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        options ??= new FigureOptions();
        double[] bins = Milliseconds.Of(edges);
        double all = total > 0 ? total : counts.ToArray().Sum();
        List<Layer> layers = [];
        if (bins.Length > 0) layers.Add(new BarLayer(bins, Density(bins, counts, all)) { Color = Palette.LightGrey });
        for (int i = 0; i < curves.Count; i++)
        {
            double[] density = [.. curves[i].Density.ToArray().Select(value => value / Milliseconds.PerSecond)];
            layers.Add(new LineLayer(Milliseconds.Of(curves[i].Intervals.Span), density) { Label = curves[i].Label });
        }

        return new Figure
        {
            Panels = [new Panel { X = new Axis("Interspike interval", Milliseconds.Unit) { Lower = 0 }, Y = new Axis("Density", "1/" + Milliseconds.Unit) { Lower = 0 }, Layers = layers }],
            Title = options.Title,
            Size = options.Size ?? FigureSize.Small,
            Caption = bins.Length > 0
                ? CaptionText.Join(options, CaptionText.Count((long)all, "interval"), CaptionText.BinWidth(edges, Milliseconds.PerSecond, Milliseconds.Unit))
                : CaptionText.Join(options),
        };
    }

    private static double[] Density(double[] bins, ReadOnlySpan<double> counts, double all)
    {
        double[] density = new double[counts.Length];
        for (int i = 0; i < density.Length && i + 1 < bins.Length; i++) density[i] = counts[i] / (all * (bins[i + 1] - bins[i]));
        return density;
    }
}
