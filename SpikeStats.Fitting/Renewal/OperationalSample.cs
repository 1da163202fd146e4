using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Fitting.Renewal;

/// <summary>The intervals of a train as the time they spend at each level of the rate.</summary>
internal sealed class OperationalSample
{
    private readonly List<Piece> pieces = [];

    private OperationalSample(int levelCount) => EventsAtLevel = new int[levelCount];

    /// <summary>What is known of an interval.</summary>
    internal enum PieceKind
    {
        Complete = 0,
        Open = 1,
        FirstWait = 2,
        Silence = 3,
    }

    public IReadOnlyList<Piece> Pieces => pieces;

    /// <summary>Spikes with a part in the likelihood, level by level.</summary>
    public int[] EventsAtLevel { get; }

    /// <summary>Σ log λ₀ at these spikes for a rate that is given up to a factor; 0 for levels in hertz.</summary>
    public double LogGivenRate { get; private set; }

    public int LevelCount => EventsAtLevel.Length;

    /// <summary>Cuts the intervals at the bins of a grid; the last bin of an observed interval reaches to its end.</summary>
    public static OperationalSample Of(SpikeTrain train, BinGrid grid, bool inEquilibrium)
    {
        OperationalSample sample = new(grid.BinCount);
        foreach (BinSegment segment in grid.Segments)
        {
            BinSegment bins = segment;
            int Level(double time) => bins.FirstBin + (int)Math.Clamp(bins.BinOf(time, grid.BinWidth), 0, bins.BinCount - 1);
            sample.Add(train, train.Observed[train.Observed.IndexOf(segment.Start)], inEquilibrium, Level, (kind, from, to) =>
            {
                int first = Level(from), last = Level(to);
                double[] durations = new double[last - first + 1];
                for (int bin = first; bin <= last; bin++)
                {
                    double begin = bin == first ? from : bins.Start + ((bin - bins.FirstBin) * grid.BinWidth);
                    double end = bin == last ? to : bins.Start + ((bin - bins.FirstBin + 1) * grid.BinWidth);
                    durations[bin - first] = Math.Max(0, end - begin);
                }

                return new Piece(kind, first, durations);
            });
        }

        return sample;
    }

    /// <summary>Takes the intervals in the time of a given rate; the only level is the factor of the rate.</summary>
    public static OperationalSample Of(SpikeTrain train, PoissonProcess rate, bool inEquilibrium)
    {
        OperationalSample sample = new(1);
        foreach (TimeInterval interval in train.Observed)
        {
            sample.Add(train, interval, inEquilibrium, _ => 0, (kind, from, to) => new Piece(kind, 0, [rate.RateIn(interval).Integrate(from, to)]));
            ReadOnlySpan<double> times = train.TimesIn(interval);
            for (int i = inEquilibrium ? 0 : 1; i < times.Length; i++) sample.LogGivenRate += Math.Log(rate.RateIn(interval).At(times[i]));
        }

        return sample;
    }

    private void Add(SpikeTrain train, TimeInterval interval, bool inEquilibrium, Func<double, int> level, Func<PieceKind, double, double, Piece> piece)
    {
        ReadOnlySpan<double> times = train.TimesIn(interval);
        if (times.IsEmpty)
        {
            if (inEquilibrium) pieces.Add(piece(PieceKind.Silence, interval.Start, interval.End));
            return;
        }

        if (inEquilibrium) pieces.Add(piece(PieceKind.FirstWait, interval.Start, times[0]));
        for (int i = 1; i < times.Length; i++) pieces.Add(piece(PieceKind.Complete, times[i - 1], times[i]));
        pieces.Add(piece(PieceKind.Open, times[^1], interval.End));
        for (int i = inEquilibrium ? 0 : 1; i < times.Length; i++) EventsAtLevel[level(times[i])]++;
    }

    /// <summary>One interval.</summary>
    /// <param name="Kind">What is known of it.</param>
    /// <param name="FirstLevel">The level at which it begins.</param>
    /// <param name="Durations">The time at that level and the following ones.</param>
    internal sealed record Piece(PieceKind Kind, int FirstLevel, double[] Durations);
}
