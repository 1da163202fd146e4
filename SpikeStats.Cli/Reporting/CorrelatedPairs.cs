using SpikeStats.Statistics;

namespace SpikeStats.Cli.Reporting;

/// <summary>The pairs of units that are correlated, and of how many.</summary>
/// <param name="Shown">The most correlated pairs, the strongest first.</param>
/// <param name="CorrelatedCount">Number of correlated pairs; see <see cref="CorrelogramMatrix.CorrelatedPairs"/>.</param>
/// <param name="TestedCount">Number of pairs that were looked at.</param>
/// <param name="UnitCount">Number of units they are made of.</param>
internal sealed record CorrelatedPairs(IReadOnlyList<CorrelatedPair> Shown, int CorrelatedCount, int TestedCount, int UnitCount)
{
    /// <summary>Pairs grow with the square of the units; of more units only those with the most spikes are paired.</summary>
    public const int MostUnits = 300;

    /// <summary>No pairs.</summary>
    public static CorrelatedPairs None { get; } = new([], 0, 0, 0);

    /// <summary>Finds the pairs among the units with enough spikes.</summary>
    public static CorrelatedPairs Of(Recording recording, ReportOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> units = ActiveUnits.Of(recording, options.LeastSpikes, MostUnits);
        if (units.Count < 2 || recording.Observed.Duration <= 0) return None;
        HashSet<string> kept = new(units, StringComparer.Ordinal);
        Recording paired = recording.Where(unit => kept.Contains(unit.Id));
        CorrelogramMatrix matrix = CorrelogramMatrix.Of(paired, new CorrelogramOptions { Threads = options.Threads }, progress: null, cancellationToken);
        IReadOnlyList<CorrelatedPair> correlated = matrix.CorrelatedPairs();
        return new CorrelatedPairs([.. correlated.Take(options.MostPairs)], correlated.Count, units.Count * (units.Count - 1) / 2, units.Count);
    }
}
