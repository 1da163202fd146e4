namespace SpikeStats.Plotting.Rendering;

/// <summary>How a line of text is set.</summary>
internal readonly record struct TextStyle(double Size)
{
    /// <summary>Tick labels, legends and captions: the smallest size that most journals accept.</summary>
    public const double Small = 7;

    /// <summary>Labels of axes and headings of panels.</summary>
    public const double Normal = 8;

    /// <summary>The heading of the figure.</summary>
    public const double Large = 9;

    public TextAnchor Anchor { get; init; }

    public bool IsBold { get; init; }

    /// <summary>Whether the text runs upwards.</summary>
    public bool IsUpright { get; init; }

    public Rgb Color { get; init; } = Palette.Ink;

    /// <summary>The distance of base lines.</summary>
    public static double LineHeight(double size) => Math.Round(size * 1.25, 2);
}
