using SpikeStats.RandomStreams;
using SpikeStats.Statistics;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Statistics;

public sealed class CorrelogramTests
{
    private static readonly TimeIntervals gappy = TimeIntervals.FromSorted(
        new TimeInterval(0, 7.3), new TimeInterval(7.3, 7.33), new TimeInterval(9, 30));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cross_RandomTrains_EqualsBruteForce(bool centred)
    {
        SpikeTrain first = TestTrains.Poisson(1, 30, gappy), second = TestTrains.Poisson(2, 45, gappy);
        CorrelogramOptions options = new() { CentredOnZero = centred };
        Assert.Equal(BruteForce(first, second, centred, self: false), Correlogram.Cross(first, second, options).Counts.ToArray());
        Assert.Equal(BruteForce(first, first, centred, self: true), Correlogram.Auto(first, options).Counts.ToArray());
    }

    // Times on a 10 kHz clock far from zero, lags counted in integer ticks: one lag in ten lies exactly on an edge.
    [Fact]
    public void Cross_TrainsOnClockTicks_EqualsIntegerArithmetic()
    {
        RandomStream random = new(4);
        long[] first = Ticks(random, 2000), second = Ticks(random, 2500);
        int[] expected = new int[100];
        foreach (long i in first)
        {
            foreach (long j in second)
            {
                long bin = (j - i + 500) / 10;
                if (j - i >= -500 && bin < 100) expected[bin]++;
            }
        }

        Assert.Equal(expected, Correlogram.Cross(FromTicks(first), FromTicks(second)).Counts.ToArray());

        static SpikeTrain FromTicks(long[] ticks) =>
            SpikeTrain.FromSorted(Array.ConvertAll(ticks, tick => tick / 10000.0), TimeIntervals.Of(99_999, 101_000));
        static long[] Ticks(RandomStream random, int count) =>
            [.. Enumerable.Range(0, count).Select(_ => 1_000_000_000L + (long)(random.NextDouble() * 200_000)).Order()];
    }

    [Fact]
    public void Cross_TargetAfterReference_IsAtPositiveLag()
    {
        Correlogram correlogram = Correlogram.Cross(TestTrains.On(10, 5), TestTrains.On(10, 5.0105), new CorrelogramOptions());
        Assert.Equal(60, Array.IndexOf(correlogram.Counts.ToArray(), 1));
        Assert.Equal(0.010, correlogram.Bins.EdgeAt(60), 12);
    }

    [Fact]
    public void ZeroLag_SimultaneousSpikes_CountBetweenUnitsButNotWithSelf()
    {
        SpikeTrain train = TestTrains.On(10, 2, 4, 4, 6);
        Correlogram cross = Correlogram.Cross(train, TestTrains.On(10, 2, 8)), auto = Correlogram.Auto(train);
        Assert.Equal(1, cross.Counts[50]);
        Assert.Equal(0, cross.Counts[49]);

        // Two spikes of one train at the same instant are a pair both ways; no spike is its own partner.
        Assert.Equal(2, auto.Counts[50]);
        Assert.Equal(2, auto.Counts.ToArray().Sum());
    }

    [Fact]
    public void Cross_UnitsExchanged_MirrorsLags()
    {
        SpikeTrain first = TestTrains.Poisson(5, 30, 20), second = TestTrains.Poisson(6, 20, 20);
        Assert.Equal(Correlogram.Cross(first, second).Counts.ToArray().Reverse(), Correlogram.Cross(second, first).Counts.ToArray());
        int[] auto = Correlogram.Auto(first).Counts.ToArray();
        Assert.Equal(auto.Reverse(), auto);
    }

    [Fact]
    public void Cross_DifferentObservedTimes_UsesTheirIntersection()
    {
        SpikeTrain first = SpikeTrain.FromSorted(new double[] { 1, 5, 9 }, TimeIntervals.Of(0, 10));
        SpikeTrain second = SpikeTrain.FromSorted(new double[] { 5.01, 9.01, 12 }, TimeIntervals.Of(4, 20));
        Correlogram correlogram = Correlogram.Cross(first, second);
        Assert.Equal(2, correlogram.ReferenceCount);
        Assert.Equal(2, correlogram.TargetCount);
        Assert.Equal(6, correlogram.Duration);
        Assert.Equal(2, correlogram.Counts.ToArray().Sum());
    }

    // Second route to the overlap: midpoint quadrature of Σ_k max(0, D_k - |τ|) over the bin.
    [Fact]
    public void Overlap_ShortIntervals_EqualsQuadrature()
    {
        CorrelogramOptions options = new() { Window = 0.1, BinWidth = 0.01, CentredOnZero = true };
        Correlogram correlogram = Correlogram.Auto(TestTrains.Poisson(7, 5, gappy), options);
        for (int bin = 0; bin < correlogram.Bins.Count; bin++)
        {
            double sum = 0;
            for (int step = 0; step < 1000; step++)
            {
                double lag = correlogram.Bins.EdgeAt(bin) + ((step + 0.5) * 1e-5);
                foreach (TimeInterval interval in gappy) sum += Math.Max(0, interval.Duration - Math.Abs(lag));
            }

            StatisticalAssert.Close(sum / 1000, correlogram.Overlap[bin], relative: 1e-6);
        }
    }

    // Given the numbers of spikes, the expected count is exact for uniform spikes, at lags of the order of the intervals too. The sum over
    // 4000 repetitions is nearly Poisson; k = 4 in each of 12 bins: false-alarm rate 8e-4.
    [Fact]
    public void Expected_IndependentUniformSpikes_IsTheMeanCount()
    {
        TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(0, 1), new TimeInterval(2, 2.5));
        CorrelogramOptions options = new() { Window = 0.6, BinWidth = 0.1 };
        double[] sum = new double[12];
        double[]? expected = null;
        for (int repetition = 0; repetition < 4000; repetition++)
        {
            SpikeTrain first = Uniform(repetition, 5), second = Uniform(repetition + 10_000, 7);
            Correlogram correlogram = Correlogram.Cross(first, second, options);
            expected ??= correlogram.Expected(CorrelogramScale.Count);
            for (int bin = 0; bin < sum.Length; bin++) sum[bin] += correlogram.Counts[bin];
        }

        for (int bin = 0; bin < sum.Length; bin++)
            StatisticalAssert.WithinStandardErrors(sum[bin] / 4000, expected![bin], Math.Sqrt(1.3 * expected[bin] / 4000));

        SpikeTrain Uniform(int unit, int count)
        {
            RandomStream random = new(11, (uint)unit);
            double[] times = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * 1.5).Select(t => t < 1 ? t : t + 1).Order()];
            return SpikeTrain.FromSorted(times, observed);
        }
    }

    // 95 % band (at least, the count is discrete): 100 bins of 100 pairs of trains; between 93.5 % and 98.5 %.
    [Fact]
    public void IndependenceBand_IndependentPoissonTrains_HoldsItsLevel()
    {
        int inside = 0;
        for (int repetition = 0; repetition < 100; repetition++)
        {
            Correlogram correlogram = Correlogram.Cross(TestTrains.Poisson(700 + (ulong)repetition, 20, 60), TestTrains.Poisson(900 + (ulong)repetition, 20, 60));
            (double[] lower, double[] upper) = correlogram.IndependenceBand(CorrelogramScale.Count);
            for (int bin = 0; bin < 100; bin++)
            {
                if (correlogram.Counts[bin] >= lower[bin] && correlogram.Counts[bin] <= upper[bin]) inside++;
            }
        }

        Assert.InRange(inside / 10_000.0, 0.935, 0.985);
    }

    [Fact]
    public void Scales_OneCorrelogram_FollowTheirFormulas()
    {
        SpikeTrain first = TestTrains.Poisson(31, 20, gappy), second = TestTrains.Poisson(32, 30, gappy);
        Correlogram correlogram = Correlogram.Cross(first, second);
        double duration = gappy.Duration, firstRate = first.Count / duration, secondRate = second.Count / duration;
        double[] rate = correlogram.Values(CorrelogramScale.Rate), conditional = correlogram.Values(CorrelogramScale.ConditionalIntensity);
        double[] coefficient = correlogram.Values(CorrelogramScale.Coefficient);
        for (int bin = 0; bin < correlogram.Bins.Count; bin++)
        {
            double pairs = correlogram.Counts[bin], overlap = correlogram.Overlap[bin];
            StatisticalAssert.Close(pairs / overlap, rate[bin], relative: 1e-13);
            StatisticalAssert.Close(pairs / (firstRate * overlap * 0.001), conditional[bin], relative: 1e-12);
            StatisticalAssert.Close(((pairs / overlap) - (firstRate * secondRate * 0.001)) / Math.Sqrt(firstRate * secondRate), coefficient[bin], absolute: 1e-13);
        }

        Assert.All(correlogram.Expected(CorrelogramScale.Rate), value => StatisticalAssert.Close(firstRate * secondRate * 0.001, value, relative: 1e-12));
        Assert.All(correlogram.Expected(CorrelogramScale.ConditionalIntensity), value => StatisticalAssert.Close(secondRate, value, relative: 1e-12));
        Assert.All(correlogram.Expected(CorrelogramScale.Coefficient), value => StatisticalAssert.Close(0, value, absolute: 1e-15));
        (double[] lower, double[] upper) = correlogram.IndependenceBand(CorrelogramScale.Coefficient);
        Assert.All(lower.Zip(upper), band => Assert.True(band.First < 0 && band.Second > 0));
    }

    // A pair of trains that share a third of their spikes: the coefficient of counts in bins of w, computed from the counts themselves.
    [Fact]
    public void Coefficient_SharedSpikes_IsTheCorrelationOfCounts()
    {
        double[] shared = [.. TestTrains.Poisson(41, 5, 2000).Times];
        SpikeTrain first = Merge(shared, TestTrains.Poisson(42, 10, 2000)), second = Merge(shared, TestTrains.Poisson(43, 10, 2000));
        Correlogram correlogram = Correlogram.Cross(first, second, new CorrelogramOptions { CentredOnZero = true });
        double coefficient = correlogram.Values(CorrelogramScale.Coefficient)[50];

        BinGrid grid = new(first.Observed, 0.001);
        Recording pair = Recording.FromTrains([SpikeTrain.FromSorted(first.Times.ToArray(), first.Observed, "a"), SpikeTrain.FromSorted(second.Times.ToArray(), second.Observed, "b")]);
        SpikeCounts counts = SpikeCounts.FromRecording(pair, grid);
        double pearson = MathNet.Numerics.Statistics.Correlation.Pearson(counts.CountsOf(0).Select(n => (double)n), counts.CountsOf(1).Select(n => (double)n));
        StatisticalAssert.Close(1.0 / 3, coefficient, absolute: 0.01);
        StatisticalAssert.Close(pearson, coefficient, absolute: 0.005);

        static SpikeTrain Merge(double[] shared, SpikeTrain own) => TestTrains.On(2000, [.. shared.Concat(own.Times.ToArray()).Order()]);
    }

    [Fact]
    public void Cross_NoSpikesOrNoTime_HasZeroCountsAndNaNWhereUndefined()
    {
        Correlogram empty = Correlogram.Cross(TestTrains.On(1), TestTrains.On(1, 0.5));
        Assert.Equal(0, empty.Counts.ToArray().Sum());
        Assert.Equal(0, empty.Values(CorrelogramScale.Rate)[0]);
        Assert.True(double.IsNaN(empty.Values(CorrelogramScale.ConditionalIntensity)[0]));
        Correlogram never = Correlogram.Auto(SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Empty));
        Assert.True(double.IsNaN(never.Values(CorrelogramScale.Rate)[0]));
        Assert.Equal(0, never.Expected(CorrelogramScale.Count)[0]);
        Assert.Equal(100, never.ToDataTable().Rows.Count);
    }

    [Fact]
    public void Options_WindowNotWholeBins_Throws() =>
        Assert.Throws<ArgumentException>(() => Correlogram.Auto(TestTrains.On(1), new CorrelogramOptions { Window = 0.0505 }));

    internal static int[] BruteForce(SpikeTrain first, SpikeTrain second, bool centred, bool self)
    {
        int[] counts = new int[centred ? 101 : 100];
        for (int i = 0; i < first.Count; i++)
        {
            for (int j = 0; j < second.Count; j++)
            {
                double start = centred ? -0.0505 : -0.05;
                double bin = Math.Floor((second.Times[j] - first.Times[i] - start) / 0.001);
                bool sameInterval = first.Observed.IndexOf(first.Times[i]) == second.Observed.IndexOf(second.Times[j]);
                if (bin >= 0 && bin < counts.Length && sameInterval && !(self && i == j)) counts[(int)bin]++;
            }
        }

        return counts;
    }
}
