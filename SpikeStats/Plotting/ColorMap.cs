namespace SpikeStats.Plotting;

/// <summary>A map from the numbers 0 to 1 to colours: straight lines in sRGB between equally spaced anchors.</summary>
public sealed class ColorMap
{
    private readonly Rgb[] anchors;

    private ColorMap(params Rgb[] anchors) => this.anchors = anchors;

    /// <summary>From dark violet over teal to yellow, ever lighter: for values that begin at zero.</summary>
    /// <remarks>The anchors are nine colours of viridis (van der Walt and Smith 2015, public domain).</remarks>
    public static ColorMap Sequential { get; } = new(
        new(0x44, 0x01, 0x54), new(0x47, 0x2d, 0x7b), new(0x3b, 0x52, 0x8b), new(0x2c, 0x72, 0x8e), new(0x21, 0x91, 0x8c),
        new(0x28, 0xae, 0x80), new(0x5e, 0xc9, 0x62), new(0xad, 0xdc, 0x30), new(0xfd, 0xe7, 0x25));

    /// <summary>From blue over near-white to vermilion: for values of either sign, with zero in the middle.</summary>
    public static ColorMap Diverging { get; } = new(
        new(0x05, 0x3c, 0x66), new(0x00, 0x72, 0xb2), new(0x7f, 0xb8, 0xdc), new(0xf7, 0xf7, 0xf7),
        new(0xf2, 0xb4, 0x80), new(0xd5, 0x5e, 0x00), new(0x7a, 0x2f, 0x00));

    /// <summary>The colour of a number.</summary>
    /// <param name="fraction">A number from 0 to 1; what lies beyond takes the colour of the nearer end.</param>
    /// <returns>The colour; <see cref="Palette.LightGrey"/> for NaN.</returns>
    public Rgb At(double fraction)
    {
        if (double.IsNaN(fraction)) return Palette.LightGrey;
        double position = Math.Clamp(fraction, 0, 1) * (anchors.Length - 1);
        int below = Math.Min((int)position, anchors.Length - 2);
        return Rgb.Mix(anchors[below], anchors[below + 1], position - below);
    }
}
