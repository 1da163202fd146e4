using SpikeStats.Statistics;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Statistics;

public sealed class PeristimulusHistogramTests
{
    [Fact]
    public void Of_CompleteWindows_IsMeanAndStandardErrorOverEvents()
    {
        SpikeTrain train = TestTrains.Poisson(12, 40, 60);
        double[] events = [.. Enumerable.Range(1, 25).Select(i => 2.0 * i)];
        PeristimulusHistogram histogram = PeristimulusHistogram.Of(train, events, new TimeInterval(-0.2, 0.5), 0.05);
        Assert.Equal(14, histogram.Bins.Count);
        for (int bin = 0; bin < histogram.Bins.Count; bin++)
        {
            double start = -0.2 + (0.05 * bin);
            double[] rates = [.. events.Select(zero => train.Times.ToArray().Count(t => t >= zero + start && t < zero + start + 0.05) / 0.05)];
            double mean = rates.Average(), sd = Math.Sqrt(rates.Sum(rate => (rate - mean) * (rate - mean)) / 24);
            StatisticalAssert.Close(mean, histogram.Rates[bin], relative: 1e-12);
            StatisticalAssert.Close(sd / 5, histogram.StandardErrors[bin], relative: 1e-10);
            StatisticalAssert.Close(25 * 0.05, histogram.Exposure[bin], relative: 1e-12);
        }
    }

    [Fact]
    public void Of_EventsNearGapsAndEnds_DividesByObservedTime()
    {
        TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(0, 10), new TimeInterval(10.125, 20));
        SpikeTrain train = SpikeTrain.FromSorted(new double[] { 0.05, 9.95, 10.2, 19.9 }, observed);
        PeristimulusHistogram histogram = PeristimulusHistogram.Of(train, [0, 10, 19.75, 50], new TimeInterval(-0.25, 0.5), 0.25);

        // Bin [-0.25, 0): none of event 0, all of 10 and 19.75. [0, 0.25): 0 whole, half of 10, 19.75 whole. [0.25, 0.5): two whole.
        Assert.Equal([1, 3, 0], histogram.Counts.ToArray());
        StatisticalAssert.Close([0.5, 0.625, 0.5], histogram.Exposure, absolute: 1e-12);
        Assert.Equal([2, 3, 2], histogram.EventCounts.ToArray());
        StatisticalAssert.Close([1 / 0.5, 3 / 0.625, 0], histogram.Rates, relative: 1e-12);
        Assert.Equal(4, histogram.EventCount);
    }

    [Fact]
    public void Of_SpikesOnBinEdges_BelongToTheBinThatBegins()
    {
        double zero = 30_000_001 / 30000.0;
        double[] times = [.. Enumerable.Range(0, 300).Select(tick => (30_000_001 + tick) / 30000.0)];
        PeristimulusHistogram histogram = PeristimulusHistogram.Of(TestTrains.On(2000, times), [zero], new TimeInterval(0, 0.01), 0.001);
        Assert.All(histogram.Counts.ToArray(), count => Assert.Equal(30, count));
    }

    [Fact]
    public void OverTrials_WindowLongerThanTrial_SeesOnlyTheTrial()
    {
        SpikeTrain train = TestTrains.On(10, 0.5, 1.5, 2.5, 3.5);
        Trial[] trials = [new("a", new TimeInterval(0, 2), 1), new("b", new TimeInterval(2, 4), 3)];
        PeristimulusHistogram histogram = PeristimulusHistogram.OverTrials(train, trials, new TimeInterval(-2, 2), 1);
        Assert.Equal([0, 2, 2, 0], histogram.Counts.ToArray());
        Assert.Equal([0.0, 2, 2, 0], histogram.Exposure.ToArray());
        Assert.True(double.IsNaN(histogram.Rates[0]));
        Assert.Equal(1, histogram.Rates[1]);
        Assert.Equal(0, histogram.StandardErrors[1]);
    }

    // A rate that steps from 10 to 50 Hz at each event: both levels are found, and the Poisson band holds them in 95 % of bins.
    [Fact]
    public void Of_StepOfRate_IsRecovered()
    {
        double[] events = [.. Enumerable.Range(0, 200).Select(i => (2.0 * i) + 1)];
        double[] times = [.. TestTrains.Poisson(15, 10, 400).Times.ToArray()
            .Concat(TestTrains.Poisson(16, 40, 400).Times.ToArray().Where(t => t % 2 >= 1)).Order()];
        PeristimulusHistogram histogram = PeristimulusHistogram.Of(TestTrains.On(400, times), events, new TimeInterval(-1, 1), 0.02);
        (double[] lower, double[] upper) = histogram.PoissonBand();
        int inside = 0;
        for (int bin = 0; bin < 100; bin++)
        {
            double truth = bin < 50 ? 10 : 50;
            StatisticalAssert.WithinStandardErrors(histogram.Rates[bin], truth, Math.Sqrt(truth / 4), k: 5);
            if (lower[bin] <= truth && truth <= upper[bin]) inside++;
        }

        Assert.InRange(inside, 88, 100);
    }

    [Fact]
    public void Of_NoEvents_IsNaN()
    {
        PeristimulusHistogram histogram = PeristimulusHistogram.Of(TestTrains.On(1, 0.5), [], new TimeInterval(0, 0.1), 0.05);
        Assert.True(double.IsNaN(histogram.Rates[0]) && double.IsNaN(histogram.StandardErrors[0]) && double.IsNaN(histogram.PoissonBand().Lower[0]));
        Assert.Equal(2, histogram.ToDataTable().Rows.Count);
        Assert.Throws<ArgumentException>(() => PeristimulusHistogram.Of(TestTrains.On(1), [0.5], new TimeInterval(0, 0.1), 0.03));
        Assert.Throws<ArgumentException>(() => PeristimulusHistogram.Of(TestTrains.On(1), [double.NaN], new TimeInterval(0, 0.1), 0.05));
    }
}
