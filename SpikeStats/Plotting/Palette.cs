namespace SpikeStats.Plotting;

/// <summary>The colours of Okabe and Ito, which people with any common colour-vision deficiency can tell apart.</summary>
/// <remarks><b>Source:</b> Okabe and Ito, "Color Universal Design", 2002; Wong, Nature Methods 8:441, 2011.</remarks>
public static class Palette
{
    private static readonly Rgb[] seriesColors = [Blue, Vermilion, SkyBlue, Orange, Purple, Green];

    /// <summary>Black, toned down a little: text, axes and spikes.</summary>
    public static Rgb Ink => new(0x22, 0x22, 0x22);

    /// <summary>A mid grey: reference lines and secondary text.</summary>
    public static Rgb Grey => new(0x80, 0x80, 0x80);

    /// <summary>A light grey: shaded stretches and cells without a value.</summary>
    public static Rgb LightGrey => new(0xe3, 0xe3, 0xe3);

    /// <summary>Blue.</summary>
    public static Rgb Blue => new(0x00, 0x72, 0xb2);

    /// <summary>Vermilion.</summary>
    public static Rgb Vermilion => new(0xd5, 0x5e, 0x00);

    /// <summary>Sky blue.</summary>
    public static Rgb SkyBlue => new(0x56, 0xb4, 0xe9);

    /// <summary>Orange.</summary>
    public static Rgb Orange => new(0xe6, 0x9f, 0x00);

    /// <summary>Reddish purple.</summary>
    public static Rgb Purple => new(0xcc, 0x79, 0xa7);

    /// <summary>Bluish green.</summary>
    public static Rgb Green => new(0x00, 0x9e, 0x73);

    /// <summary>The colour of the n-th series of a panel; yellow is left out because lines of it are hard to see on white.</summary>
    /// <param name="index">Position of the series, from 0; after the sixth the colours begin again.</param>
    /// <returns>A colour.</returns>
    public static Rgb Series(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        return seriesColors[index % seriesColors.Length];
    }
}
