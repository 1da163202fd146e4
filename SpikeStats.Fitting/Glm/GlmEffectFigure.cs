using SpikeStats.Plotting;
using SpikeStats.Plotting.Layers;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Fitting.Glm;

/// <summary>Draws the effect of a smooth term.</summary>
internal static class GlmEffectFigure
{
    public const double NormalQuantile = 1.96;

    private const string Quantity = "Effect on the predictor";

    public static Figure Of(GlmEffect effect, FigureOptions options) => effect.Axes.Count switch
    {
        1 => Line(effect, options),
        2 => Map(effect, options),
        _ => throw new InvalidOperationException($"An effect of {effect.Axes.Count} axes cannot be drawn; hold some of them at one value and use the table."),
    };

    private static Figure Line(GlmEffect effect, FigureOptions options)
    {
        double[] x = [.. effect.Grids[0]], values = [.. effect.Values], errors = [.. effect.StandardErrors];
        double[] lower = [.. values.Zip(errors, (value, error) => value - (NormalQuantile * error))];
        double[] upper = [.. values.Zip(errors, (value, error) => value + (NormalQuantile * error))];
        Panel panel = new()
        {
            X = new Axis(effect.Axes[0]),
            Y = new Axis(Quantity),
            Layers = [ReferenceLine.Horizontal(0), new BandLayer(x, lower, upper) { Color = Palette.Blue }, new LineLayer(x, values) { Color = Palette.Blue }],
        };
        return new Figure
        {
            Panels = [panel],
            Title = options.Title,
            Size = options.Size ?? FigureSize.Small,
            Caption = CaptionText.Join(options, "band: estimate ± 1.96 standard errors"),
        };
    }

    // The second axis upwards, as on a map of places.
    private static Figure Map(GlmEffect effect, FigureOptions options)
    {
        double[] x = [.. effect.Grids[0]], y = [.. effect.Grids[1]];
        double[,] estimate = new double[y.Length, x.Length], error = new double[y.Length, x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < y.Length; j++)
            {
                estimate[j, i] = effect.Values[(i * y.Length) + j];
                error[j, i] = effect.StandardErrors[(i * y.Length) + j];
            }
        }

        Panel Of(double[,] values, string quantity, bool isDiverging) => new()
        {
            X = new Axis(effect.Axes[0]),
            Y = new Axis(effect.Axes[1]),
            Layers = [new HeatMapLayer(Edges(x), Edges(y), values) { Value = new Axis(quantity), IsDiverging = isDiverging }],
        };
        return new Figure
        {
            Panels = [Of(estimate, Quantity, isDiverging: true), Of(error, "Standard error", isDiverging: false)],
            Columns = 2,
            Title = options.Title,
            Size = options.Size ?? FigureSize.Wide,
            Caption = CaptionText.Join(options, "grey where a spike is impossible or the data do not determine the effect"),
        };
    }

    // Cells reach half way to their neighbours.
    private static double[] Edges(double[] centers)
    {
        if (centers.Length == 1) return [centers[0] - 0.5, centers[0] + 0.5];
        double[] edges = new double[centers.Length + 1];
        for (int i = 1; i < centers.Length; i++) edges[i] = 0.5 * (centers[i - 1] + centers[i]);
        edges[0] = centers[0] - (edges[1] - centers[0]);
        edges[^1] = centers[^1] + (centers[^1] - edges[^2]);
        return edges;
    }
}
