using SpikeStats.RandomStreams;
using SpikeStats.Statistics;

namespace SpikeStats.Tests.Statistics;

public sealed class CorrelogramMatrixTests
{
    private static readonly TimeIntervals gappy = TimeIntervals.FromSorted(
        new TimeInterval(-4, 3), new TimeInterval(3, 3.02), new TimeInterval(5, 25), new TimeInterval(1000, 1003));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_RandomRecording_EqualsBruteForce(bool centred)
    {
        Recording recording = Recording.FromTrains(Enumerable.Range(0, 7).Select(unit => TestTrains.Poisson((ulong)unit + 60, 3 + (8 * unit), gappy, $"{unit}")));
        CorrelogramMatrix matrix = CorrelogramMatrix.Of(recording, new CorrelogramOptions { CentredOnZero = centred });
        for (int i = 0; i < 7; i++)
        {
            for (int j = i; j < 7; j++)
            {
                int[] expected = CorrelogramTests.BruteForce(recording[i], recording[j], centred, self: i == j);
                Assert.Equal(expected, matrix.CountsOf(i, j).ToArray());
            }
        }
    }

    // Of 30 recordings of independent trains, at 5 % each, more than seven with a pair have a probability of 1e-4.
    [Fact]
    public void CorrelatedPairs_IndependentTrains_AreSeldomFound()
    {
        int found = Enumerable.Range(0, 30).Count(trial => CorrelogramMatrix.Of(Recording.FromTrains(
            Enumerable.Range(0, 6).Select(unit => TestTrains.Poisson((ulong)((100 * trial) + unit), 5 + (5 * unit), 60, $"{unit}")))).CorrelatedPairs().Count > 0);
        Assert.InRange(found, 0, 7);
    }

    [Fact]
    public void CorrelatedPairs_EchoAndAvoidance_HaveTheirLagAndSign()
    {
        SpikeTrain first = TestTrains.Poisson(71, 20, 100, "first"), free = TestTrains.Poisson(72, 60, 100, "free");
        double[] late = [.. first.Times.ToArray().Select(time => time + 0.0125).Where(time => time < 100)];
        double[] apart = [.. free.Times.ToArray().Where(time => first.TimesIn(new TimeInterval(Math.Max(0, time - 0.01), time)).Length == 0)];
        Recording recording = Recording.FromTrains(
            [first, TestTrains.Poisson(73, 20, 100, "alone"), SpikeTrain.FromSorted(late, first.Observed, "echo"), SpikeTrain.FromSorted(apart, first.Observed, "apart")]);
        IReadOnlyList<CorrelatedPair> pairs = CorrelogramMatrix.Of(recording).CorrelatedPairs();
        Assert.Equal(["first echo", "first apart"], pairs.Where(pair => pair.Correlogram.Reference == "first").Select(pair => $"{pair.Correlogram.Reference} {pair.Correlogram.Target}"));
        Assert.DoesNotContain(pairs, pair => pair.Correlogram.Reference == "alone" || pair.Correlogram.Target == "alone");
        Assert.Equal(0.0125, pairs[0].Lag, 9);
        Assert.True(pairs[0].Z > 10);
        Assert.InRange(pairs[1].Lag, 0, 0.01);
        Assert.True(pairs[1].Z < -5);
        Assert.Empty(CorrelogramMatrix.Of(Recording.FromTrains([first])).CorrelatedPairs());
        Assert.Throws<ArgumentOutOfRangeException>(() => CorrelogramMatrix.Of(recording).CorrelatedPairs(0));
    }

    // Ticks make lags that lie exactly on edges and spikes at the same instant; many blocks and halos; all must agree to the last pair.
    [Theory]
    [InlineData(0.002, 0.001, false)]
    [InlineData(0.05, 0.001, true)]
    [InlineData(0.3, 0.0004, false)]
    public void Of_RecordingOnClockTicks_EqualsPairByPair(double window, double binWidth, bool centred)
    {
        Recording recording = OnTicks(units: 12, spikes: 4000, seconds: 60);
        CorrelogramOptions options = new() { Window = window, BinWidth = binWidth, CentredOnZero = centred };
        CorrelogramMatrix matrix = CorrelogramMatrix.Of(recording, options);
        for (int i = 0; i < recording.UnitCount; i++)
        {
            Assert.Equal(Correlogram.Auto(recording[i], options).Counts.ToArray(), matrix.CountsOf(i, i).ToArray());
            for (int j = i + 1; j < recording.UnitCount; j++)
                Assert.Equal(Correlogram.Cross(recording[i], recording[j], options).Counts.ToArray(), matrix.CountsOf(i, j).ToArray());
        }
    }

    // Bursts put thousands of spikes into one instant: the merge falls back on sorting.
    [Fact]
    public void Of_SynchronousBursts_EqualsPairByPair()
    {
        RandomStream random = new(3);
        Recording recording = Recording.FromTrains(Enumerable.Range(0, 5).Select(unit => SpikeTrain.FromSorted(
            Enumerable.Range(0, 300).Select(spike => 50.0 * (spike % 2) + (random.NextDouble() * 0.01)).Order().ToArray(), TimeIntervals.Of(0, 100), $"{unit}")));
        CorrelogramMatrix matrix = CorrelogramMatrix.Of(recording);
        for (int i = 0; i < 5; i++)
        {
            for (int j = i + 1; j < 5; j++) Assert.Equal(Correlogram.Cross(recording[i], recording[j]).Counts.ToArray(), matrix.CountsOf(i, j).ToArray());
        }
    }

    [Fact]
    public void Of_AnyNumberOfThreads_GivesTheSameCounts()
    {
        Recording recording = OnTicks(units: 9, spikes: 8000, seconds: 300);
        CorrelogramMatrix one = CorrelogramMatrix.Of(recording, new CorrelogramOptions { Threads = 1 });
        CorrelogramMatrix three = CorrelogramMatrix.Of(recording, new CorrelogramOptions { Threads = 3 });
        for (int i = 0; i < 9; i++)
        {
            for (int j = i; j < 9; j++) Assert.Equal(one.CountsOf(i, j).ToArray(), three.CountsOf(i, j).ToArray());
        }
    }

    [Fact]
    public void Of_UnitsObservedAtDifferentTimes_UsesTheCommonTime()
    {
        SpikeTrain first = SpikeTrain.FromSorted(new double[] { 1, 5, 9 }, TimeIntervals.Of(0, 10), "a");
        SpikeTrain second = SpikeTrain.FromSorted(new double[] { 5.01, 9.01, 12 }, TimeIntervals.Of(4, 20), "b");
        CorrelogramMatrix matrix = CorrelogramMatrix.Of(Recording.FromTrains([first, second]));
        Correlogram pair = matrix[0, 1];
        Assert.Equal("a", pair.Reference);
        Assert.Equal("b", pair.Target);
        Assert.Equal(Correlogram.Cross(first, second).Counts.ToArray(), pair.Counts.ToArray());
        Assert.Equal(Correlogram.Cross(first, second).Expected(CorrelogramScale.Count), pair.Expected(CorrelogramScale.Count));
        Assert.True(matrix[0, 0].IsAuto);
        Assert.Equal(2, matrix[0, 0].ReferenceCount);
    }

    [Fact]
    public void Of_NoUnitsOrNoSpikes_IsEmpty()
    {
        Assert.Equal(0, CorrelogramMatrix.Of(Recording.FromTrains([])).UnitCount);
        CorrelogramMatrix matrix = CorrelogramMatrix.Of(Recording.FromTrains([TestTrains.On(10), SpikeTrain.FromSorted(new double[] { 3 }, TimeIntervals.Of(0, 10), "b")]));
        Assert.Equal(0, matrix.CountsOf(0, 1).ToArray().Sum());
        Assert.Throws<ArgumentException>(() => matrix[1, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[0, 2]);
    }

    [Fact]
    public void Of_Cancelled_Throws()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => CorrelogramMatrix.Of(OnTicks(3, 100, 10), cancellationToken: source.Token));
    }

    [Fact]
    public void Of_Progress_ReachesOne()
    {
        List<double> reports = [];
        CorrelogramMatrix.Of(OnTicks(3, 1000, 10), new CorrelogramOptions { Threads = 1 }, new Recorder(reports));
        Assert.Equal(1, reports[^1]);
    }

    private static Recording OnTicks(int units, int spikes, double seconds)
    {
        RandomStream random = new(77);
        return Recording.FromTrains(Enumerable.Range(0, units).Select(unit => SpikeTrain.FromSorted(
            Enumerable.Range(0, spikes).Select(_ => Math.Floor(random.NextDouble() * seconds * 10_000) / 10_000).Order().ToArray(),
            TimeIntervals.FromSorted(new TimeInterval(0, seconds / 3), new TimeInterval(seconds / 3, seconds)), $"{unit}")));
    }

    private sealed class Recorder(List<double> reports) : IProgress<double>
    {
        public void Report(double value) => reports.Add(value);
    }
}
