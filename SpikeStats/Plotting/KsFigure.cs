using System.Globalization;
using SpikeStats.Plotting.Layers;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting;

/// <summary>Kolmogorov-Smirnov plots of time-rescaled intervals: the model fits where the curve follows the diagonal.</summary>
/// <remarks>
/// The k-th smallest of n values is drawn over (k - 1/2)/n. The bounds are ± 1.36/√n, the asymptotic 95 % point of the statistic
/// D = sup |F_n(u) - u|; they hold for a model whose parameters were not fitted to the same spikes, and are conservative otherwise.
/// <para><b>Source:</b> Brown, Barbieri, Ventura, Kass and Frank, Neural Computation 14:325, 2002.</para>
/// </remarks>
public static class KsFigure
{
    private const double Critical = 1.36;

    // So many quantiles show every deviation that a plot can show, and a page of many plots stays small.
    private const int MostDrawn = 200;

    /// <summary>Draws the plot of one model.</summary>
    /// <param name="values">Rescaled intervals u = 1 - exp(-z), between 0 and 1; any order, length n.</param>
    /// <param name="pValue">The p value of the test, for the caption; NaN if it is not known.</param>
    /// <param name="options">Heading, note, seed and size.</param>
    /// <returns>The figure; the caption gives n, D and p.</returns>
    public static Figure Of(ReadOnlySpan<double> values, double pValue = double.NaN, FigureOptions? options = null) =>
        Compare([new KsCurve("", values.ToArray(), pValue)], options);

    /// <summary>Draws the plots of several models, or of one model with and without a correction, in one panel.</summary>
    /// <remarks>Of more than 200 values evenly spaced quantiles are drawn; D is that of all.</remarks>
    /// <param name="curves">The curves. The bounds are those of the curve with the fewest values, which are the widest.</param>
    /// <param name="options">Heading, note, seed and size.</param>
    /// <returns>The figure; the caption gives n, D and p of each curve.</returns>
    public static Figure Compare(IReadOnlyList<KsCurve> curves, FigureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(curves);
        options ??= new FigureOptions();
        List<Layer> layers = [];
        double[][] sorted = [.. curves.Select(curve => Sorted(curve.Values.Span))];
        int fewest = sorted.Select(values => values.Length).Where(length => length > 0).DefaultIfEmpty(0).Min();
        if (fewest > 0)
        {
            double bound = Critical / Math.Sqrt(fewest);
            layers.Add(new BandLayer([0, 1], [-bound, 1 - bound], [bound, 1 + bound]) { Color = Palette.Grey, Label = "95 % bounds" });
        }

        layers.Add(new LineLayer([0, 1], [0, 1]) { Color = Palette.Grey, Width = 0.7 });
        for (int i = 0; i < sorted.Length; i++)
        {
            (double[] uniform, double[] rescaled) = Drawn(sorted[i]);
            layers.Add(new LineLayer(uniform, rescaled) { Label = curves[i].Label });
        }

        return new Figure
        {
            Panels =
            [
                new Panel
                {
                    X = new Axis("Uniform quantile") { Lower = 0, Upper = 1 },
                    Y = new Axis("Quantile of rescaled intervals") { Lower = 0, Upper = 1 },
                    AspectRatio = 1,
                    Layers = layers,
                },
            ],
            Title = options.Title,
            Size = options.Size ?? FigureSize.Small with { Height = 85 },
            Caption = CaptionText.Join(options, ["bounds ± 1.36/√n", .. curves.Select((curve, i) => Describe(curve, sorted[i]))]),
        };
    }

    /// <summary>D = max over k of max(k/n - u_k, u_k - (k - 1)/n) of ascending values; NaN for none.</summary>
    internal static double Statistic(ReadOnlySpan<double> ascending)
    {
        double largest = ascending.IsEmpty ? double.NaN : 0, n = ascending.Length;
        for (int k = 0; k < ascending.Length; k++)
            largest = Math.Max(largest, Math.Max(((k + 1) / n) - ascending[k], ascending[k] - (k / n)));
        return largest;
    }

    private static string Describe(KsCurve curve, double[] sorted)
    {
        List<string> parts = [CaptionText.Equation("n", sorted.Length.ToString(CultureInfo.InvariantCulture))];
        if (sorted.Length > 0) parts.Add(CaptionText.Equation("D", NumberText.Fixed(Statistic(sorted), 3)));
        if (!double.IsNaN(curve.PValue)) parts.Add(curve.PValue < 0.001 ? "p\u00a0<\u00a00.001" : CaptionText.Equation("p", NumberText.Fixed(curve.PValue, 3)));
        return (curve.Label.Length > 0 ? curve.Label + ": " : "") + string.Join(", ", parts);
    }

    private static double[] Sorted(ReadOnlySpan<double> values)
    {
        double[] sorted = [.. values.ToArray().Where(double.IsFinite)];
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>All quantiles of few values; of many, evenly spaced ones from the first to the last.</summary>
    private static (double[] Uniform, double[] Rescaled) Drawn(double[] sorted)
    {
        int n = sorted.Length, drawn = Math.Min(n, MostDrawn);
        int[] ranks = [.. Enumerable.Range(0, drawn).Select(i => drawn < n ? (int)((long)i * (n - 1) / (drawn - 1)) : i)];
        return (Array.ConvertAll(ranks, rank => (rank + 0.5) / n), Array.ConvertAll(ranks, rank => sorted[rank]));
    }
}
