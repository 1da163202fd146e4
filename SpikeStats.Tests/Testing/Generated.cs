using FsCheck;
using FsCheck.Fluent;
using SpikeStats.RandomStreams;

namespace SpikeStats.Tests.Testing;

/// <summary>Generators of the core's data for <see cref="PropertyAssert"/>: gaps, touching intervals, edges and empty units are common.</summary>
internal static class Generated
{
    /// <summary>Whole numbers of 1/8 s: exact in binary, so that laws of arithmetic hold exactly.</summary>
    public static Gen<double> Eighths(int low, int high) => Gen.Choose(low * 8, high * 8).Select(ticks => ticks / 8.0);

    /// <summary>Up to six intervals within about ±30 s whose bounds are eighths; every fourth pair touches.</summary>
    public static Gen<TimeIntervals> Intervals { get; } =
        from start in Eighths(-10, 10)
        from steps in Gen.Choose(0, 6).SelectMany(count => (from gap in Gen.Choose(0, 3) from length in Gen.Choose(1, 24) select (gap, length)).ArrayOf(count))
        select Lay(start, steps);

    /// <summary>A train on generated intervals.</summary>
    public static Gen<SpikeTrain> Train { get; } =
        from observed in Intervals
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select TrainOn(observed, "u", (ulong)seed);

    /// <summary>Up to five units, all observed together or each in its own intervals, with a signal and a trial per common interval.</summary>
    public static Gen<Recording> Recording { get; } =
        from together in Gen.Elements(true, false)
        from common in Intervals
        from each in Gen.Choose(0, 5).SelectMany(count => Intervals.ArrayOf(count))
        from seed in Gen.Choose(0, int.MaxValue - 1)
        select Record(together ? Array.ConvertAll(each, _ => common) : each, (ulong)seed);

    /// <summary>A train with spikes on the very edges of its intervals and anywhere between them.</summary>
    public static SpikeTrain TrainOn(TimeIntervals observed, string unit, ulong seed)
    {
        RandomStream random = new(seed);
        List<double> times = [];
        foreach (TimeInterval interval in observed)
        {
            double[] inside = [.. Enumerable.Range(0, random.NextPoisson(4)).Select(_ => interval.Start + (random.NextDouble() * interval.Duration)).Order()];
            if (random.NextDouble() < 0.3) times.Add(interval.Start);
            times.AddRange(inside.Where(interval.Contains));
            if (random.NextDouble() < 0.3) times.Add(Math.BitDecrement(interval.End));
        }

        return SpikeTrain.FromSorted(times.ToArray(), observed, unit);
    }

    private static Recording Record(TimeIntervals[] each, ulong seed)
    {
        SpikeTrain[] trains = [.. each.Select((observed, i) => TrainOn(observed, $"u{i}", seed + (ulong)i))];
        Recording bare = SpikeStats.Recording.FromTrains(trains);
        Trial[] trials = [.. bare.Observed.Select((interval, i) => new Trial($"t{i}", interval, interval.Start + 0.125))];
        return SpikeStats.Recording.FromTrains(trains, trials, [SampledSignal.Regular("stimulus", new double[] { 1, 2, 3 }, -40, 1.0 / 32)]);
    }

    private static TimeIntervals Lay(double start, (int Gap, int Length)[] steps)
    {
        List<TimeInterval> laid = [];
        foreach ((int gap, int length) in steps)
        {
            laid.Add(new TimeInterval(start + (gap / 8.0), start + ((gap + length) / 8.0)));
            start = laid[^1].End;
        }

        return TimeIntervals.FromSorted([.. laid]);
    }
}
