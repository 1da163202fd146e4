namespace SpikeStats.Cli.Reporting;

/// <summary>Bins whose width a reader can say: 1, 2 or 5 times a power of ten.</summary>
internal static class RoundBins
{
    /// <summary>The smallest round width of which a number of bins covers a length.</summary>
    /// <param name="length">The length; positive.</param>
    /// <param name="mostBins">The number of bins.</param>
    public static double WidthFor(double length, int mostBins)
    {
        double least = length / mostBins, power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        double factor = least / power;
        return power * (factor <= 1 + 1e-9 ? 1 : factor <= 2 + 1e-9 ? 2 : factor <= 5 + 1e-9 ? 5 : 10);
    }

    /// <summary>A stretch of time widened to whole bins of a width, with an edge at 0.</summary>
    public static TimeInterval Widen(TimeInterval span, double binWidth)
    {
        double first = Math.Floor((span.Start / binWidth) + 1e-9), last = Math.Ceiling((span.End / binWidth) - 1e-9);
        return new TimeInterval(first * binWidth, Math.Max(last, first + 1) * binWidth);
    }
}
