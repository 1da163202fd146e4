using System.Globalization;

namespace SpikeStats.Models.Bases;

/// <summary>Turns seconds into whole lags of a bin width.</summary>
internal static class LagGrid
{
    // The slack of BinSegment.BinOf, so that a lag and a bin agree on which decimal fraction means which integer.
    private const double Slack = 1e-9;
    private const double RelativeSlack = 4e-16;

    /// <summary>The number of bins in a window: window / binWidth, rounded.</summary>
    /// <exception cref="ArgumentException">The window is narrower than half a bin, or holds more lags than an array.</exception>
    public static int RowCount(double window, double binWidth)
    {
        ThrowIfNotPositive(binWidth);
        double rows = Math.Round(window / binWidth, MidpointRounding.AwayFromZero);
        if (rows < 1)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The window of {window} s is narrower than a bin of {binWidth} s."), nameof(binWidth));
        return ToCount(rows, binWidth);
    }

    /// <summary>The first lag l with l·binWidth ≥ time.</summary>
    public static int FirstLagFrom(double time, double binWidth)
    {
        ThrowIfNotPositive(binWidth);
        double quotient = time / binWidth;
        return ToCount(Math.Ceiling(quotient - Slack - (RelativeSlack * quotient)), binWidth);
    }

    /// <summary>The last lag l with l·binWidth ≤ time.</summary>
    public static int LastLagUpTo(double time, double binWidth)
    {
        ThrowIfNotPositive(binWidth);
        double quotient = time / binWidth;
        return ToCount(Math.Floor(quotient + Slack + (RelativeSlack * quotient)), binWidth);
    }

    private static int ToCount(double lags, double binWidth) => lags <= Array.MaxLength
        ? (int)lags
        : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{lags} lags of {binWidth} s are too many; use a wider bin."), nameof(binWidth));

    private static void ThrowIfNotPositive(double binWidth)
    {
        if (!(binWidth > 0) || !double.IsFinite(binWidth))
            throw new ArgumentOutOfRangeException(nameof(binWidth), binWidth, "The bin width must be positive.");
    }
}
