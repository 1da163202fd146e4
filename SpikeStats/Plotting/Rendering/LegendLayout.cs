using SpikeStats.Plotting.Layers;

namespace SpikeStats.Plotting.Rendering;

/// <summary>The legend of a panel, set in rows above the axes, where it can cover nothing.</summary>
internal sealed class LegendLayout
{
    public const double KeyWidth = 11;
    public const double KeyHeight = 5;
    public const double KeyGap = 3;
    private const double EntryGap = 9;

    private LegendLayout(IReadOnlyList<Entry> entries, double height)
    {
        Entries = entries;
        Height = height;
    }

    public IReadOnlyList<Entry> Entries { get; }

    /// <summary>The height of all rows, in points.</summary>
    public double Height { get; }

    /// <summary>Flows the entries into rows of a width.</summary>
    public static LegendLayout Of(Panel panel, double width)
    {
        List<Entry> entries = [];
        double lineHeight = TextStyle.LineHeight(TextStyle.Small), left = 0, top = 0, rowHeight = 0;
        foreach ((int layer, string label) in Labels(panel))
        {
            double key = layer < 0 ? 0 : KeyWidth + KeyGap;
            string[] lines = TextMetrics.Wrap(label, TextStyle.Small, width - key);
            double entryWidth = key + lines.Max(line => TextMetrics.Width(line, TextStyle.Small));
            if (left > 0 && left + entryWidth > width)
            {
                left = 0;
                top += rowHeight;
                rowHeight = 0;
            }

            entries.Add(new Entry(layer, lines, left, top));
            left += entryWidth + EntryGap;
            rowHeight = Math.Max(rowHeight, lines.Length * lineHeight);
        }

        return new LegendLayout(entries, top + rowHeight);
    }

    private static IEnumerable<(int Layer, string Label)> Labels(Panel panel)
    {
        for (int i = 0; i < panel.Layers.Count; i++)
        {
            Layer layer = panel.Layers[i];
            if (!string.IsNullOrWhiteSpace(layer.Label)) yield return (i, layer.Label);
        }

        if (!string.IsNullOrWhiteSpace(panel.Remark)) yield return (-1, panel.Remark);
    }

    /// <summary>One entry.</summary>
    /// <param name="Layer">Position of the layer in its panel; -1 for the remark, which has no key.</param>
    /// <param name="Lines">The text.</param>
    /// <param name="Left">Distance from the left end of the legend.</param>
    /// <param name="Top">Distance from its top.</param>
    public sealed record Entry(int Layer, string[] Lines, double Left, double Top);
}
