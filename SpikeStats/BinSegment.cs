namespace SpikeStats;

/// <summary>The bins of one observed interval within a <see cref="BinGrid"/>.</summary>
/// <param name="Start">Left edge of the first bin, in seconds.</param>
/// <param name="FirstBin">Position of the first bin in the whole grid.</param>
/// <param name="BinCount">Number of bins.</param>
public readonly record struct BinSegment(double Start, int FirstBin, int BinCount)
{
    /// <summary>Slack of the division by the bin width, in bins; 30 kHz ticks are 3·10^-2 bins of 1 ms apart.</summary>
    private const double Slack = 1e-9;

    /// <summary>Relative rounding of an instant, of the start and of their difference: 3.5 times 2^-53.</summary>
    private const double Rounding = 4e-16;

    /// <summary>The bin of an instant, counted within the segment: floor((time - Start) / binWidth).</summary>
    /// <remarks>
    /// Division of decimal fractions lands a few units in the last place beside the integer that it means; the floor is taken after adding
    /// 10^-9 bins and the rounding of the instants themselves, so that both 250.99999999999997 and 251.00000000000003 are bin 251, and
    /// times far from zero keep their bins.
    /// </remarks>
    /// <param name="time">The instant, in seconds.</param>
    /// <param name="binWidth">Width of a bin, in seconds.</param>
    /// <returns>The bin; negative before the segment and for NaN, at least <see cref="BinCount"/> after it.</returns>
    public long BinOf(double time, double binWidth)
    {
        double rounding = Rounding * (Math.Abs(time) + Math.Abs(Start));
        double bin = Math.Floor(((time - Start + rounding) / binWidth) + Slack);
        return double.IsNaN(bin) ? -1 : (long)bin;
    }
}
