using SpikeStats.Plotting.Layers;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting;

/// <summary>The rate of a neuron over its mean input (f-I curve): theory as lines, simulations as points, and their residuals below.</summary>
/// <remarks>Residuals are in standard errors of the simulation: if the theory is right, 19 of 20 lie in the band of ± 1.96.</remarks>
public static class TransferFigure
{
    private const double NormalQuantile = 1.96;

    /// <summary>Draws one or several curves.</summary>
    /// <param name="curves">The curves, each with its simulated points, if any.</param>
    /// <param name="options">Heading, note, seed and size.</param>
    /// <returns>The figure; with simulated points the caption gives the largest residual.</returns>
    /// <exception cref="ArgumentException">A curve has arrays of lengths that do not fit.</exception>
    public static Figure Of(IReadOnlyList<TransferCurve> curves, FigureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(curves);
        options ??= new FigureOptions();
        List<Layer> rates = [], residuals = [ReferenceLine.Horizontal(0)];
        double largest = 0;
        int count = 0;
        for (int i = 0; i < curves.Count; i++)
        {
            Rgb color = Palette.Series(i);
            rates.Add(new LineLayer(Millivolts.Of(curves[i].Means.Span), curves[i].Rates.Span) { Label = curves[i].Label, Style = curves[i].Style, Color = color });
            if (curves[i].Simulated is not { } points) continue;
            points.Validate();
            double[] means = Millivolts.Of(points.Means.Span), deviations = points.Residuals;
            rates.Add(new PointLayer(means, points.Rates.Span, points.Bound(-NormalQuantile), points.Bound(NormalQuantile)) { Color = color });
            residuals.Add(new PointLayer(means, deviations) { Color = color });
            foreach (double deviation in deviations.Where(double.IsFinite)) largest = Math.Max(largest, Math.Abs(deviation));
            count += means.Length;
        }

        Panel upper = new() { X = MeanAxis, Y = new Axis("Rate", "spikes/s") { Lower = 0 }, Layers = rates, Weight = 2 };
        if (count == 0) return Finished([upper], options.Size ?? FigureSize.Small, CaptionText.Join(options));
        Panel lower = new() { X = MeanAxis, Y = new Axis("Residual", "SE"), Layers = [Band(curves), .. residuals] };
        return Finished(
            [upper, lower], options.Size ?? FigureSize.Small with { Height = 90 },
            CaptionText.Join(
                options, CaptionText.Count(count, "simulation"), "bars and band: ± 1.96 standard errors",
                "largest residual " + CaptionText.Equation("|z|", NumberText.Fixed(largest, 2))));

        Figure Finished(IReadOnlyList<Panel> panels, FigureSize size, string caption) =>
            new() { Panels = panels, SharesX = true, Title = options.Title, Size = size, Caption = caption };
    }

    private static Axis MeanAxis => new("Mean input", Millivolts.Unit);

    private static BandLayer Band(IReadOnlyList<TransferCurve> curves)
    {
        double[] means = [.. curves.SelectMany(curve => (double[])[.. Millivolts.Of(curve.Means.Span), .. Millivolts.Of(curve.Simulated is { } points ? points.Means.Span : default)])];
        return new BandLayer([means.Min(), means.Max()], [-NormalQuantile, -NormalQuantile], [NormalQuantile, NormalQuantile]) { Color = Palette.Grey };
    }
}
