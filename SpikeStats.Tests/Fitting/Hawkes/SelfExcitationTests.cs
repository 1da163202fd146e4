using SpikeStats.Fitting.Hawkes;
using SpikeStats.Models.Hawkes;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Hawkes;

/// <summary>The streamed columns of one unit against the stored ones, which come by another recursion.</summary>
public sealed class SelfExcitationTests
{
    // The second decay outlasts a part of the recording, so that states are carried over several; the third one is over before the next spike.
    private static readonly double[] decays = [3, 2e-5, 4000];

    // 200,000 spikes in intervals of which one ends within the second part, one is empty, and one begins a part.
    private static readonly Lazy<MarkedEvents> events = new(() =>
    {
        Random random = new(11);
        double[] times = new double[200_000];
        for (int k = 1; k < times.Length; k++) times[k] = times[k - 1] - (0.5 * Math.Log(1 - random.NextDouble()));
        double first = times[100_000], second = times[OrderedSum.PartLength * 2];
        TimeIntervals observed = TimeIntervals.FromSorted(
            new TimeInterval(0, 0.5 * (times[99_999] + first)), new TimeInterval(first - 1e-9, 0.5 * (times[(OrderedSum.PartLength * 2) - 1] + second)),
            new TimeInterval(second, times[^1] + 1), new TimeInterval(times[^1] + 2, times[^1] + 3));
        return MarkedEvents.Of(Recording.FromTrains([SpikeTrain.FromSorted(times, observed, "a")]), ["a"]);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Columns_AnyThreads_AreThoseOfTheStoredDesign(int threads)
    {
        DecayScan[] scans = Array.ConvertAll(decays, decay => new DecayScan(events.Value, decay));
        using TargetDesign stored = new(events.Value, HawkesBaseline.Constant, scans, target: 0, withDerivatives: true, threads);
        using SelfExcitation streamed = new(events.Value, HawkesBaseline.Constant, decays, withDerivatives: true, threads), plain = new(events.Value, HawkesBaseline.Constant, decays, withDerivatives: false, threads);
        Assert.Equal(stored.Rows, streamed.Rows);
        for (int from = 0; from < streamed.Rows; from += OrderedSum.PartLength)
        {
            IDesignReader expected = stored.ReadFrom(from), actual = streamed.ReadFrom(from), values = plain.ReadFrom(from);
            for (int start = from; start < Math.Min(from + OrderedSum.PartLength, streamed.Rows); start += IDesignReader.LargestBlock)
            {
                int length = Math.Min(IDesignReader.LargestBlock, streamed.Rows - start);
                expected.Advance(length);
                actual.Advance(length);
                values.Advance(length);
                for (int u = 0; u < decays.Length; u++)
                {
                    AssertClose(expected.Value(u), actual.Value(u));
                    AssertClose(expected.Value(u), values.Value(u));
                    AssertClose(expected.First(u), actual.First(u));
                    AssertClose(expected.Second(u), actual.Second(u));
                }
            }
        }
    }

    // Rows of a block are of one size, up to spikes that follow a long interval: the largest gives the scale of rounding.
    private static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        double scale = 1e-300;
        foreach (double value in expected) scale = Math.Max(scale, Math.Abs(value));
        for (int k = 0; k < expected.Length; k++) Assert.True(Math.Abs(expected[k] - actual[k]) <= 1e-11 * scale, $"{expected[k]} {actual[k]}");
    }
}
