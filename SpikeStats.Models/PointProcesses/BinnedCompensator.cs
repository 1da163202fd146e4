namespace SpikeStats.Models.PointProcesses;

/// <summary>Builds the compensator of a model on bins from what it says about each bin.</summary>
public static class BinnedCompensator
{
    /// <summary>Sums expected counts and hazards up to each bin that holds spikes.</summary>
    /// <remarks>
    /// For Poisson counts of mean μ the hazard is q = μ, the same memory may be passed twice; for a spike of probability p it is
    /// q = -log(1 - p), and the expected count p. A bin is one event however many spikes it holds.
    /// <b>Cost:</b> one pass over the bins.
    /// </remarks>
    /// <param name="interval">The stretch of time that the bins cover.</param>
    /// <param name="expected">Expected count of each bin; one value per bin, not negative.</param>
    /// <param name="hazard">q = -log P(no spike in the bin), dimensionless; one value per bin, not negative and finite.</param>
    /// <param name="spikeBins">Ascending bins of the spikes, counted within the interval; a bin may stand more than once.</param>
    /// <param name="coincidentSpikes">Spikes in a bin that already held one.</param>
    /// <returns>The segment; one event per different bin of <paramref name="spikeBins"/>.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a bin is out of order or range.</exception>
    public static CompensatorSegment Accumulate(
        TimeInterval interval, ReadOnlySpan<double> expected, ReadOnlySpan<double> hazard, ReadOnlySpan<int> spikeBins, out int coincidentSpikes)
    {
        if (hazard.Length != expected.Length)
            throw new ArgumentException($"There are {expected.Length} expected counts but {hazard.Length} hazards.", nameof(hazard));
        int[] bins = Distinct(spikeBins, expected.Length);
        coincidentSpikes = spikeBins.Length - bins.Length;
        double[] eventHazard = new double[bins.Length];
        for (int i = 0; i < bins.Length; i++) eventHazard[i] = hazard[bins[i]];
        // Spans are equal if they are the same memory: for Poisson counts one pass is enough.
        bool same = expected == hazard;
        double[] expectedAtEvents = SumUpTo(bins, expected, out double expectedAtEnd);
        double hazardAtEnd = expectedAtEnd;
        double[] hazardAtEvents = same ? expectedAtEvents : SumUpTo(bins, hazard, out hazardAtEnd);
        return new CompensatorSegment(interval, expectedAtEvents, expectedAtEnd, hazardAtEvents, eventHazard, hazardAtEnd);
    }

    private static double[] SumUpTo(int[] bins, ReadOnlySpan<double> values, out double atEnd)
    {
        double[] sums = new double[bins.Length];
        double sum = 0;
        int from = 0;
        for (int i = 0; i < bins.Length; i++)
        {
            sum += Summation.Of(values[from..(bins[i] + 1)]);
            sums[i] = sum;
            from = bins[i] + 1;
        }

        atEnd = sum + Summation.Of(values[from..]);
        return sums;
    }

    private static int[] Distinct(ReadOnlySpan<int> spikeBins, int binCount)
    {
        List<int> distinct = new(spikeBins.Length);
        int last = -1;
        foreach (int bin in spikeBins)
        {
            if (bin < Math.Max(last, 0) || bin >= binCount)
                throw new ArgumentException($"The bins of the spikes must ascend within 0 .. {binCount - 1}; found {bin} after {last}.", nameof(spikeBins));
            if (bin > last) distinct.Add(bin);
            last = bin;
        }

        return [.. distinct];
    }
}
