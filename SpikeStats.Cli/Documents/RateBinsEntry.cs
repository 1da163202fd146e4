using SpikeStats.Fitting.Renewal;

namespace SpikeStats.Cli.Documents;

/// <summary>The bins in which a rate is constant: every observed interval begins its own, and its last one reaches to its end.</summary>
/// <param name="BinWidth">Width of a bin, in seconds.</param>
/// <param name="Observed">The intervals that were cut into bins, <c>[[start, end], ...]</c> in seconds.</param>
internal sealed record RateBinsEntry(double BinWidth, IReadOnlyList<IReadOnlyList<double>> Observed)
{
    public static RateBinsEntry Of(InhomogeneousRenewalSpecification specification, SpikeTrain train) =>
        new(specification.RateBinWidth, [.. train.Observed.Select(interval => (double[])[interval.Start, interval.End])]);

    /// <summary>The bins.</summary>
    /// <exception cref="FormatException">An interval has not two bounds, or there is no bin.</exception>
    /// <exception cref="ArgumentException">The width is not positive, or intervals do not ascend.</exception>
    public BinGrid ToGrid()
    {
        if (Observed.Count == 0 || Observed.Any(bounds => bounds.Count != 2)) throw new FormatException("rateBins.observed must hold intervals [start, end]");
        BinGrid grid = new(TimeIntervals.FromSorted([.. Observed.Select(bounds => new TimeInterval(bounds[0], bounds[1]))]), BinWidth);
        return grid.Segments.Length == Observed.Count ? grid : throw new FormatException("rateBins has an observed interval that is shorter than a bin");
    }
}
