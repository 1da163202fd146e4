using SpikeStats.Statistics;

namespace SpikeStats.Cli.Reporting;

/// <summary>The pairs of units whose cross-correlograms depart most from those of independent trains.</summary>
/// <remarks>
/// For every bin of every pair, z = 2 (√(c + 3/8) - √(E + 3/8)), with c the number of pairs of spikes and E that expected of independent
/// trains of constant rate: nearly standard normal for Poisson counts, small ones too (Anscombe, Biometrika 35, 1948). A pair counts as
/// correlated if its largest |z| exceeds the 5 % point of all bins of all pairs (Bonferroni). Rates that drift together do so as well.
/// </remarks>
/// <param name="Shown">The most correlated pairs, the strongest first.</param>
/// <param name="CorrelatedCount">Number of correlated pairs.</param>
/// <param name="TestedCount">Number of pairs that were looked at.</param>
/// <param name="UnitCount">Number of units they are made of.</param>
internal sealed record CorrelatedPairs(IReadOnlyList<CorrelatedPair> Shown, int CorrelatedCount, int TestedCount, int UnitCount)
{
    /// <summary>Pairs grow with the square of the units; of more units only those with the most spikes are paired.</summary>
    public const int MostUnits = 300;

    private const double Level = 0.05;

    /// <summary>No pairs.</summary>
    public static CorrelatedPairs None { get; } = new([], 0, 0, 0);

    /// <summary>Finds the pairs.</summary>
    public static CorrelatedPairs Of(Recording recording, ReportOptions options, CancellationToken cancellationToken)
    {
        HashSet<string> kept =
        [
            .. recording.Trains.Where(train => train.Count >= options.LeastSpikes)
                .Select((train, index) => (train.Unit, train.Count, Index: index))
                .OrderByDescending(unit => unit.Count).ThenBy(unit => unit.Index).Take(MostUnits).Select(unit => unit.Unit),
        ];
        if (kept.Count < 2 || recording.Observed.Duration <= 0) return None;
        Recording paired = recording.Where(unit => kept.Contains(unit.Id));
        CorrelogramMatrix matrix = CorrelogramMatrix.Of(
            paired, new CorrelogramOptions { Threads = options.Threads }, progress: null, cancellationToken);
        int tested = paired.UnitCount * (paired.UnitCount - 1) / 2;
        double limit = -MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, Level / 2 / ((double)tested * matrix.Bins.Count));
        List<CorrelatedPair> correlated = [];
        for (int reference = 0; reference < paired.UnitCount; reference++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int target = reference + 1; target < paired.UnitCount; target++)
            {
                Correlogram correlogram = matrix[reference, target];
                (double lag, double z) = Strongest(correlogram);
                if (Math.Abs(z) > limit) correlated.Add(new CorrelatedPair(correlogram, lag, z));
            }
        }

        // The sort is stable: equal pairs keep the order of the recording.
        CorrelatedPair[] strongest = [.. correlated.OrderByDescending(pair => Math.Abs(pair.Z)).Take(options.MostPairs)];
        return new CorrelatedPairs(strongest, correlated.Count, tested, paired.UnitCount);
    }

    private static (double Lag, double Z) Strongest(Correlogram correlogram)
    {
        double[] expected = correlogram.Expected(CorrelogramScale.Count);
        ReadOnlySpan<int> counts = correlogram.Counts;
        int strongest = 0;
        double largest = 0;
        for (int bin = 0; bin < counts.Length; bin++)
        {
            double z = 2 * (Math.Sqrt(counts[bin] + 0.375) - Math.Sqrt(expected[bin] + 0.375));
            if (Math.Abs(z) <= Math.Abs(largest)) continue;
            (strongest, largest) = (bin, z);
        }

        return (correlogram.Bins.Start + ((strongest + 0.5) * correlogram.Bins.BinWidth), largest);
    }
}
