namespace SpikeStats.Plotting.Rendering;

/// <summary>An upright rectangle of the page, in points from its upper left corner.</summary>
internal readonly record struct Box(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;

    public double MiddleX => Left + (Width / 2);

    public double MiddleY => Top + (Height / 2);

    /// <summary>The rectangle between two opposite corners, whichever they are.</summary>
    public static Box Between(double x0, double y0, double x1, double y1) =>
        new(Math.Min(x0, x1), Math.Min(y0, y1), Math.Abs(x1 - x0), Math.Abs(y1 - y0));
}
