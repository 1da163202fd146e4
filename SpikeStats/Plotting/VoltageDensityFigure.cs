using SpikeStats.Plotting.Layers;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting;

/// <summary>The density of the membrane voltage of an integrate-and-fire neuron, with the lines of threshold and reset.</summary>
public static class VoltageDensityFigure
{
    /// <summary>Draws a density.</summary>
    /// <param name="voltages">Voltages, in volts, ascending; length n.</param>
    /// <param name="density">The density, per volt; length n.</param>
    /// <param name="threshold">The threshold, in volts; NaN for no line.</param>
    /// <param name="reset">The reset, in volts; NaN for no line.</param>
    /// <param name="options">Heading, note, seed and size.</param>
    /// <returns>The figure; the caption gives the mass below the curve, which is one less the share of refractory neurons.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static Figure Of(ReadOnlySpan<double> voltages, ReadOnlySpan<double> density, double threshold, double reset, FigureOptions? options = null)
    {
        options ??= new FigureOptions();
        return new Figure
        {
            Panels =
            [
                new Panel
                {
                    X = new Axis("Voltage", Millivolts.Unit),
                    Y = new Axis("Density", "1/" + Millivolts.Unit) { Lower = 0 },
                    Layers =
                    [
                        ReferenceLine.Vertical(threshold * Millivolts.PerVolt, double.IsNaN(threshold) ? "" : "threshold"),
                        ReferenceLine.Vertical(reset * Millivolts.PerVolt, double.IsNaN(reset) ? "" : "reset", LineStyle.Dotted),
                        new LineLayer(Millivolts.Of(voltages), Millivolts.Inverse(density)) { Color = Palette.Blue },
                    ],
                },
            ],
            Title = options.Title,
            Size = options.Size ?? FigureSize.Small,
            Caption = CaptionText.Join(options, voltages.Length < 2 ? "" : "mass below the curve " + NumberText.Fixed(Mass(voltages, density), 3)),
        };
    }

    // The trapezoidal rule: what the eye sees.
    private static double Mass(ReadOnlySpan<double> voltages, ReadOnlySpan<double> density)
    {
        double sum = 0;
        for (int i = 1; i < Math.Min(voltages.Length, density.Length); i++) sum += 0.5 * (voltages[i] - voltages[i - 1]) * (density[i] + density[i - 1]);
        return sum;
    }
}
