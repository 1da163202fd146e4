using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting.Layers;

/// <summary>One thing drawn in a panel.</summary>
/// <remarks>Layers copy the numbers they are given and never change.</remarks>
public abstract class Layer
{
    private protected Layer()
    {
    }

    /// <summary>The name in the legend; a layer without a name has no entry.</summary>
    /// <value>Default: none.</value>
    public string Label { get; init; } = "";

    /// <summary>The colour; null takes the next one of <see cref="Palette.Series"/>, or grey and black for what is no series.</summary>
    /// <value>Default: null.</value>
    public Rgb? Color { get; init; }

    /// <summary>What the caption must say about the layer; empty if nothing.</summary>
    internal virtual string Note => "";

    /// <summary>The colour of a layer that was given none; null takes the next one of the series.</summary>
    internal virtual Rgb? DefaultColor => null;

    /// <summary>Whether what lies outside the plot is cut off. Points on its edge are drawn whole; their layers leave out the others themselves.</summary>
    internal virtual bool IsClipped => true;

    /// <summary>Widens the extents of the two axes by what the layer shows.</summary>
    internal abstract void Extend(Extent x, Extent y);

    /// <summary>Draws the layer.</summary>
    internal abstract void Paint(PanelCanvas canvas, Rgb color);

    /// <summary>Draws the sample in the legend, into a small rectangle.</summary>
    internal abstract void PaintKey(SvgRenderer renderer, Box key, Rgb color);

    private protected static void RequireLength(int expected, int actual, string what, string parameter)
    {
        if (expected != actual) throw new ArgumentException($"There must be {expected} {what}, not {actual}.", parameter);
    }

    private protected static void RequireEdges(int edges, int values, string parameter)
    {
        if (edges != values + 1) throw new ArgumentException($"{values} bins have {values + 1} edges, not {edges}.", parameter);
    }
}
