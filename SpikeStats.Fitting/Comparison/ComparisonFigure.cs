using SpikeStats.Plotting;
using SpikeStats.Plotting.Layers;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Fitting.Comparison;

/// <summary>The figure of a comparison: scores above, Kolmogorov-Smirnov curves below.</summary>
internal static class ComparisonFigure
{
    // In-sample and held-out scores stand side by side, an eighth of a category to either side.
    private const double Aside = 0.125;

    // More curves could not be told apart by their colours.
    private const int MostCurves = 6;

    public static Figure Of(ModelComparison comparison, FigureOptions? options)
    {
        options ??= new FigureOptions();
        IReadOnlyList<ModelScore> models = comparison.Models;
        List<Layer> layers =
        [
            ReferenceLine.Horizontal(0),
            new PointLayer(Positions(models.Count, -Aside), [.. models.Select(score => score.BitsPerSpike)]) { Label = "fitted and scored on all", Color = Palette.Grey },
        ];
        if (models.Any(score => score.HeldOut is not null)) layers.Add(HeldOut(models));
        Panel scores = new()
        {
            X = new Axis("Model") { Categories = [.. models.Select(score => score.Name)] },
            Y = new Axis("Information", "bits per spike"),
            Layers = layers,
        };
        ModelScore[] drawn = [.. models.OrderByDescending(score => score.HeldOut?.BitsPerSpike ?? score.BitsPerSpike).Take(MostCurves)];
        Figure curves = KsFigure.Compare([.. models.Where(drawn.Contains).Select(score => new KsCurve(score.Name, score.TimeRescaling.SortedUniforms))]);
        string[] infinite = [.. models.Where(score => double.IsNegativeInfinity(score.HeldOut?.BitsPerSpike ?? 0)).Select(score => score.Name)];
        return new Figure
        {
            Panels = models.Count == 0 ? [scores] : [scores, .. curves.Panels.Select(panel => panel with { AspectRatio = double.NaN, Weight = 1.4 })],
            Title = options.Title,
            Size = options.Size ?? FigureSize.Wide with { Height = 170 },
            Caption = CaptionText.Join(
                options, $"unit {comparison.Unit}, {CaptionText.Count(comparison.SpikeCount, "spike")}", "information over a constant rate, bars ± 1 standard error over folds",
                infinite.Length > 0 ? $"minus infinity on held-out time: {string.Join(", ", infinite)}" : "",
                drawn.Length < models.Count ? $"curves of the {MostCurves} models with the most information" : "", curves.Caption.TrimEnd('.')),
        };
    }

    private static PointLayer HeldOut(IReadOnlyList<ModelScore> models)
    {
        (double Score, double Error)[] values = [.. models.Select(score => score.HeldOut is { } folds ? (folds.BitsPerSpike, folds.StandardError) : (double.NaN, double.NaN))];
        return new PointLayer(
            Positions(models.Count, Aside), [.. values.Select(value => value.Score)], [.. values.Select(value => value.Score - value.Error)],
            [.. values.Select(value => value.Score + value.Error)])
        {
            Label = "held out",
            Color = Palette.Vermilion,
        };
    }

    private static double[] Positions(int count, double offset) => [.. Enumerable.Range(0, count).Select(i => i + offset)];
}
