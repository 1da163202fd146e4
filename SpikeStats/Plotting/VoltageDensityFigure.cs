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

    /// <summary>Draws how a density changes with an input or in time, as a map of colours.</summary>
    /// <param name="horizontal">What changes; a time or an input.</param>
    /// <param name="edges">Edges of the columns, ascending, in the unit of that axis; length m + 1.</param>
    /// <param name="voltageEdges">Edges of the rows, in volts, ascending; length n + 1.</param>
    /// <param name="density">The density, per volt; n × m.</param>
    /// <param name="threshold">The threshold, in volts; NaN for no line.</param>
    /// <param name="reset">The reset, in volts; NaN for no line.</param>
    /// <param name="options">Heading, note, seed and size.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static Figure Map(
        Axis horizontal, ReadOnlySpan<double> edges, ReadOnlySpan<double> voltageEdges, double[,] density, double threshold, double reset, FigureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(horizontal);
        ArgumentNullException.ThrowIfNull(density);
        options ??= new FigureOptions();
        double[,] scaled = new double[density.GetLength(0), density.GetLength(1)];
        for (int row = 0; row < scaled.GetLength(0); row++)
        {
            for (int column = 0; column < scaled.GetLength(1); column++) scaled[row, column] = density[row, column] / Millivolts.PerVolt;
        }

        HeatMapLayer map = new(edges, Millivolts.Of(voltageEdges), scaled) { Value = new Axis("Density", "1/" + Millivolts.Unit) { Lower = 0 } };
        double[] ends = edges.IsEmpty ? [] : [edges[0], edges[^1]];
        return new Figure
        {
            Panels = [new Panel { X = horizontal, Y = new Axis("Voltage", Millivolts.Unit), Layers = [map, Level(threshold, LineStyle.Dashed), Level(reset, LineStyle.Dotted)] }],
            Title = options.Title,
            Size = options.Size ?? FigureSize.Small,
            Caption = CaptionText.Join(options, double.IsNaN(threshold) ? "" : "dashed: threshold", double.IsNaN(reset) ? "" : "dotted: reset"),
        };

        // Light on the dark colours of a low density.
        LineLayer Level(double voltage, LineStyle style) =>
            new(ends, [.. ends.Select(_ => voltage * Millivolts.PerVolt)]) { Style = style, Color = Palette.LightGrey };
    }

    // The trapezoidal rule: what the eye sees.
    private static double Mass(ReadOnlySpan<double> voltages, ReadOnlySpan<double> density)
    {
        double sum = 0;
        for (int i = 1; i < Math.Min(voltages.Length, density.Length); i++) sum += 0.5 * (voltages[i] - voltages[i - 1]) * (density[i] + density[i - 1]);
        return sum;
    }
}
