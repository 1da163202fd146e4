using SpikeStats.Plotting.Layers;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting;

/// <summary>Histograms of interspike intervals, in milliseconds.</summary>
public static class IsiHistogramFigure
{
    /// <summary>Draws a histogram of interspike intervals.</summary>
    /// <param name="edges">Edges of the bins, in seconds, ascending; length n + 1. Positive for a logarithmic axis.</param>
    /// <param name="counts">Numbers of intervals, or densities; length n.</param>
    /// <param name="coefficientOfVariation">The coefficient of variation of the intervals, written beside the legend; NaN leaves it out.</param>
    /// <param name="refractoryPeriod">Where to draw the line of the refractory period, in seconds; NaN for none.</param>
    /// <param name="isLogarithmic">Whether the axis of intervals is logarithmic.</param>
    /// <param name="quantity">What <paramref name="counts"/> is: the label of the vertical axis.</param>
    /// <param name="options">Heading, note, seed and size.</param>
    /// <returns>The figure; the caption names the bin width and, if <paramref name="counts"/> are whole numbers, the number of intervals.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, or an edge is not positive on a logarithmic axis.</exception>
    public static Figure Of(
        ReadOnlySpan<double> edges, ReadOnlySpan<double> counts, double coefficientOfVariation = double.NaN, double refractoryPeriod = double.NaN,
        bool isLogarithmic = false, string quantity = "Number of intervals", FigureOptions? options = null)
    {
        options ??= new FigureOptions();
        if (isLogarithmic && edges.Length > 0 && !(edges[0] > 0))
            throw new ArgumentException("On a logarithmic axis the first edge must be positive.", nameof(edges));
        List<Layer> layers = [new BarLayer(Milliseconds.Of(edges), counts) { Color = Palette.SkyBlue }];
        if (!double.IsNaN(refractoryPeriod))
        {
            layers.Add(ReferenceLine.Vertical(
                refractoryPeriod * Milliseconds.PerSecond, $"refractory period {NumberText.Short(refractoryPeriod * Milliseconds.PerSecond)} ms"));
        }

        return new Figure
        {
            Panels =
            [
                new Panel
                {
                    X = new Axis("Interspike interval", Milliseconds.Unit) { Scale = isLogarithmic ? AxisScale.Logarithmic : AxisScale.Linear },
                    Y = new Axis(quantity) { Lower = 0 },
                    Layers = layers,
                    Remark = double.IsNaN(coefficientOfVariation) ? "" : "CV = " + NumberText.Fixed(coefficientOfVariation, 2),
                },
            ],
            Title = options.Title,
            Size = options.Size ?? FigureSize.Small,
            Caption = CaptionText.Join(
                options, IntervalCount(counts),
                isLogarithmic ? $"{counts.Length} logarithmic bins" : CaptionText.BinWidth(edges, Milliseconds.PerSecond, Milliseconds.Unit)),
        };
    }

    private static string IntervalCount(ReadOnlySpan<double> counts)
    {
        double sum = 0;
        foreach (double count in counts)
        {
            if (!(count >= 0) || count != Math.Floor(count)) return "";
            sum += count;
        }

        return sum < 1e15 ? CaptionText.Count((long)sum, "interval") : "";
    }
}
