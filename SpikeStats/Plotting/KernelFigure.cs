using SpikeStats.Plotting.Layers;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting;

/// <summary>Kernels of linear point processes over lag with their pointwise 95 % bands, a panel for each.</summary>
/// <remarks>The band is ± 1.96 standard errors and does not reach below 0, since such kernels are not negative. Where there is no standard error, as at a bound, there is no band.</remarks>
public static class KernelFigure
{
    private const double NormalQuantile = 1.96;
    private const int MostColumns = 3;

    /// <summary>Draws one or several kernels.</summary>
    /// <param name="terms">The kernels.</param>
    /// <param name="options">Heading, note, seed and size.</param>
    /// <returns>The figure.</returns>
    /// <exception cref="ArgumentException">A kernel has arrays of lengths that do not fit.</exception>
    public static Figure Of(IReadOnlyList<KernelTerm> terms, FigureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(terms);
        options ??= new FigureOptions();
        int columns = Math.Clamp(terms.Count, 1, MostColumns), rows = Math.Max(1, (terms.Count + columns - 1) / columns);
        bool hasBand = terms.Any(term => !term.StandardError.IsEmpty);
        return new Figure
        {
            Panels = [.. terms.Select(PanelOf)],
            Columns = columns,
            Title = options.Title,
            Size = options.Size ?? FigureSize.Wide with { Height = 12 + (46 * rows) },
            Caption = CaptionText.Join(options, hasBand ? "band: estimate ± 1.96 standard errors" : ""),
        };
    }

    private static Panel PanelOf(KernelTerm term)
    {
        double[] lags = Milliseconds.Of(term.Lags.Span);
        List<Layer> layers = [ReferenceLine.Horizontal(0)];
        if (!term.StandardError.IsEmpty)
        {
            if (term.StandardError.Length != term.Kernel.Length)
                throw new ArgumentException($"The kernel '{term.Name}' has {term.Kernel.Length} values and {term.StandardError.Length} standard errors.", nameof(term));
            layers.Add(new BandLayer(lags, Bound(term, -NormalQuantile), Bound(term, NormalQuantile)) { Color = Palette.Blue });
        }

        bool isStepped = lags.Length == term.Kernel.Length + 1;
        layers.Add(isStepped ? new StepLayer(lags, term.Kernel.Span) { Color = Palette.Blue } : new LineLayer(lags, term.Kernel.Span) { Color = Palette.Blue });
        return new Panel
        {
            X = new Axis("Lag", Milliseconds.Unit) { Lower = 0 },
            Y = new Axis("Kernel", "spikes/s") { Lower = 0 },
            Title = term.Name,
            Layers = layers,
        };
    }

    private static double[] Bound(KernelTerm term, double quantile)
    {
        ReadOnlySpan<double> kernel = term.Kernel.Span, error = term.StandardError.Span;
        double[] bound = new double[kernel.Length];
        for (int i = 0; i < bound.Length; i++) bound[i] = Math.Max(0, kernel[i] + (quantile * error[i]));
        return bound;
    }
}
