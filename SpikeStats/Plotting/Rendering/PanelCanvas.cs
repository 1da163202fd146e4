namespace SpikeStats.Plotting.Rendering;

/// <summary>What a layer draws on: the rectangle between the axes and the maps from values to positions.</summary>
internal sealed class PanelCanvas(SvgRenderer renderer, Box plot, AxisLayout x, AxisLayout y)
{
    private const double Tolerance = 1e-6;

    public SvgRenderer Renderer { get; } = renderer;

    public Box Plot { get; } = plot;

    /// <summary>Whether a position lies in the plot or on its edge; false for NaN.</summary>
    public bool Contains(double x, double y) =>
        x >= Plot.Left - Tolerance && x <= Plot.Right + Tolerance && y >= Plot.Top - Tolerance && y <= Plot.Bottom + Tolerance;

    /// <summary>The horizontal position of a value, in points; NaN for a value that cannot be shown.</summary>
    public double X(double value) => Plot.Left + (x.Fraction(value) * Plot.Width);

    /// <summary>The vertical position of a value, in points; NaN for a value that cannot be shown.</summary>
    public double Y(double value) => Plot.Bottom - (y.Fraction(value) * Plot.Height);

    /// <summary>The vertical position of a value; the lower end of a logarithmic axis for a value that is not positive.</summary>
    public double YOrBottom(double value) => y.IsLogarithmic && value <= 0 ? Plot.Bottom : Y(value);
}
