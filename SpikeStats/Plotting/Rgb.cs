using System.Globalization;

namespace SpikeStats.Plotting;

/// <summary>A colour of the sRGB space.</summary>
/// <remarks><c>default</c> is black.</remarks>
/// <param name="Red">Red, 0 to 255.</param>
/// <param name="Green">Green, 0 to 255.</param>
/// <param name="Blue">Blue, 0 to 255.</param>
public readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>The colour as SVG and HTML write it.</summary>
    /// <returns>A hash sign and six lower-case hexadecimal digits.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Red:x2}{Green:x2}{Blue:x2}");

    internal static Rgb Mix(Rgb from, Rgb to, double fraction) => new(
        Channel(from.Red, to.Red, fraction), Channel(from.Green, to.Green, fraction), Channel(from.Blue, to.Blue, fraction));

    private static byte Channel(byte from, byte to, double fraction) => (byte)Math.Round(from + ((to - from) * fraction));
}
