using SpikeStats.Plotting;

namespace SpikeStats.Tests.Plotting;

public sealed class ColorMapTests
{
    [Fact]
    public void Sequential_FromZeroToOne_GrowsEverLighter()
    {
        double[] lightness = [.. Enumerable.Range(0, 201).Select(i => Luminance(ColorMap.Sequential.At(i / 200.0)))];
        for (int i = 1; i < lightness.Length; i++) Assert.True(lightness[i] >= lightness[i - 1] - 0.002, $"Lightness falls at {i / 200.0}.");
        Assert.True(lightness[^1] - lightness[0] > 0.6);
    }

    [Fact]
    public void Diverging_Middle_IsNearWhiteAndTheEndsAreEquallyDark()
    {
        Assert.True(Luminance(ColorMap.Diverging.At(0.5)) > 0.9);
        Assert.InRange(Luminance(ColorMap.Diverging.At(0)) - Luminance(ColorMap.Diverging.At(1)), -0.05, 0.05);
    }

    [Fact]
    public void At_OutsideOrNaN_TakesTheEndOrGrey()
    {
        Assert.Equal(ColorMap.Sequential.At(1), ColorMap.Sequential.At(double.PositiveInfinity));
        Assert.Equal(ColorMap.Sequential.At(0), ColorMap.Sequential.At(-3));
        Assert.Equal(Palette.LightGrey, ColorMap.Diverging.At(double.NaN));
        Assert.Equal("#e3e3e3", Palette.LightGrey.ToString());
    }

    // Relative luminance of sRGB, IEC 61966-2-1.
    private static double Luminance(Rgb color) => (0.2126 * Linear(color.Red)) + (0.7152 * Linear(color.Green)) + (0.0722 * Linear(color.Blue));

    private static double Linear(byte channel) => channel / 255.0 <= 0.04045 ? channel / 255.0 / 12.92 : Math.Pow(((channel / 255.0) + 0.055) / 1.055, 2.4);
}
