using System.Text.Json;
using SpikeStats.RandomStreams;
using SpikeStats.Statistics;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Statistics;

public sealed class FanoFactorTests
{
    [Fact]
    public void Of_ReferenceTrain_EqualsNumpy()
    {
        JsonElement reference = ReferenceFile.Read("statistics").GetProperty("fano500ms");
        FanoFactor fano = FanoFactor.Of(TestTrains.Reference(1, 20, 30), 0.5);
        StatisticalAssert.Close(reference.Number("value"), fano.Value, relative: 1e-12);
        StatisticalAssert.Close(reference.GetProperty("poissonBand")[0].GetDouble(), fano.PoissonBand().Lower, relative: 1e-9);
        StatisticalAssert.Close(reference.GetProperty("poissonBand")[1].GetDouble(), fano.PoissonBand().Upper, relative: 1e-9);
    }

    [Theory]
    [InlineData(0.0137)]
    [InlineData(0.25)]
    [InlineData(3)]
    public void Of_TrainWithGaps_CountsAsTheBinGridDoes(double window)
    {
        TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(-3, 4.1), new TimeInterval(10, 31), new TimeInterval(31, 31.2));
        SpikeTrain train = TestTrains.Poisson(8, 40, observed);
        BinGrid grid = new(observed, window);
        int[] expected = new int[grid.BinCount];
        foreach (double time in train.Times)
        {
            if (grid.BinOf(time) is >= 0 and int bin) expected[bin]++;
        }

        Assert.Equal(expected, FanoFactor.Of(train, window).Counts.ToArray());
    }

    [Fact]
    public void Of_SpikesOnWindowEdges_BelongToTheWindowThatBegins()
    {
        double[] times = [.. Enumerable.Range(0, 3000).Select(tick => (9_000_000 + (tick * 10)) / 30000.0)];
        FanoFactor fano = FanoFactor.Of(SpikeTrain.FromSorted(times, TimeIntervals.Of(300, 301)), 0.001);
        Assert.Equal(1000, fano.WindowCount);
        Assert.All(fano.Counts.ToArray(), count => Assert.Equal(3, count));
        Assert.Equal(0, fano.Value);
        Assert.Equal(0, fano.Upper);
    }

    // No window begins at the end of an observed interval: a spike just below it stays in the last one, as in a BinGrid.
    [Fact]
    public void Of_SpikeJustBelowTheEnd_IsNotLost()
    {
        SpikeTrain train = TestTrains.On(0.004, 0.001, Math.BitDecrement(0.002), Math.BitDecrement(0.004));
        Assert.Equal([0, 1, 1, 1], FanoFactor.Of(train, 0.001).Counts.ToArray());
    }

    [Fact]
    public void OverTrials_TrialPartlyUnobserved_IsLeftOut()
    {
        TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(0, 10), new TimeInterval(12, 20));
        SpikeTrain train = SpikeTrain.FromSorted(new double[] { 1.1, 1.2, 5.1, 9.95, 15.1, 15.15, 15.19, 15.4 }, observed);
        Trial[] trials = [.. new double[] { 1, 5, 9.9, 15 }.Select(zero => new Trial($"{zero}", new TimeInterval(zero - 0.5, zero + 2), zero))];
        FanoFactor fano = FanoFactor.OverTrials(train, trials, new TimeInterval(0, 0.25));
        Assert.Equal([2, 1, 3], fano.Counts.ToArray());
        Assert.Equal(0.5, fano.Value, 15);
        Assert.Equal(0.25, fano.Window);
        Assert.Throws<ArgumentOutOfRangeException>(() => FanoFactor.OverTrials(train, trials, new TimeInterval(1, 1)));
    }

    // For Poisson counts the delta-method variance of F is 2/n; the estimate of it from fourth moments scatters by some per cent.
    [Fact]
    public void StandardError_PoissonCounts_IsRootOfTwoOverN()
    {
        FanoFactor fano = FanoFactor.Of(TestTrains.Poisson(21, 10, 20_000), 1);
        StatisticalAssert.Close(Math.Sqrt(2.0 / 20_000), fano.StandardError, relative: 0.05);
        StatisticalAssert.WithinStandardErrors(fano.Value, 1, fano.StandardError);
    }

    // Calibration on counts that are independent but not Poisson: N = 2·Poisson(4) has F = 2. The interval covers 95 % to within the
    // binomial error (k = 4, false-alarm rate 6e-5) and 2 % for finite n.
    [Fact]
    public void ConfidenceInterval_OverdispersedCounts_CoversTheTruth()
    {
        const int repetitions = 1000, windows = 200;
        int covered = 0, insidePoisson = 0;
        for (int repetition = 0; repetition < repetitions; repetition++)
        {
            RandomStream random = new(99, (uint)repetition);
            List<double> times = [];
            for (int window = 0; window < windows; window++)
            {
                int count = 2 * random.NextPoisson(4);
                for (int spike = 0; spike < count; spike++) times.Add(window + ((spike + 0.5) / count));
            }

            FanoFactor fano = FanoFactor.Of(TestTrains.On(windows, [.. times]), 1);
            if (fano.Lower <= 2 && 2 <= fano.Upper) covered++;
            (double lower, double upper) = fano.PoissonBand();
            if (fano.Value >= lower && fano.Value <= upper) insidePoisson++;
        }

        double error = 4 * Math.Sqrt(0.95 * 0.05 / repetitions);
        Assert.InRange((double)covered / repetitions, 0.95 - error - 0.02, 0.95 + error);
        Assert.Equal(0, insidePoisson);
    }

    // Poisson trains stay inside the Poisson band in 95 % of repetitions; binomial error k = 4 and 1 % for the gamma approximation.
    [Fact]
    public void PoissonBand_PoissonTrains_HoldsItsLevel()
    {
        const int repetitions = 1000;
        int inside = 0;
        for (int repetition = 0; repetition < repetitions; repetition++)
        {
            FanoFactor fano = FanoFactor.Of(TestTrains.Poisson(5000 + (ulong)repetition, 10, 60), 1);
            (double lower, double upper) = fano.PoissonBand();
            if (fano.Value >= lower && fano.Value <= upper) inside++;
        }

        Assert.InRange((double)inside / repetitions, 0.95 - (4 * Math.Sqrt(0.95 * 0.05 / repetitions)) - 0.01, 0.95 + (4 * Math.Sqrt(0.95 * 0.05 / repetitions)) + 0.01);
    }

    [Fact]
    public void Of_TooLittle_IsNaN()
    {
        foreach (FanoFactor fano in (FanoFactor[])[FanoFactor.Of(TestTrains.On(10), 1), FanoFactor.Of(TestTrains.On(1, 0.5), 1), FanoFactor.Of(TestTrains.On(0.5, 0.2), 1)])
        {
            Assert.True(double.IsNaN(fano.Value));
            Assert.True(double.IsNaN(fano.Lower) && double.IsNaN(fano.Upper));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => FanoFactor.Of(TestTrains.On(1), 0));
    }
}
