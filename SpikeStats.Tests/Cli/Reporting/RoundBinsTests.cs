using SpikeStats.Cli.Reporting;
using SpikeStats.RandomStreams;

namespace SpikeStats.Tests.Cli.Reporting;

public sealed class RoundBinsTests
{
    [Fact]
    public void WidthFor_AnyLength_IsTheSmallestRoundWidthThatSuffices()
    {
        RandomStream random = new(4);
        for (int i = 0; i < 1000; i++)
        {
            double length = Math.Exp(20 * (random.NextDouble() - 0.5));
            double width = RoundBins.WidthFor(length, 60);
            Assert.True(length / width <= 60 * (1 + 1e-6));
            double decade = Math.Pow(10, Math.Round(Math.Log10(width) - 0.5 + 1e-6));
            double factor = Math.Round(width / decade, 9);
            Assert.Contains(factor, (double[])[1, 2, 5, 10]);
            double smaller = factor == 5 ? width / 2.5 : width / 2;
            Assert.True(length / smaller > 60 * (1 - 1e-6));
        }
    }

    [Fact]
    public void Widen_Stretch_HasWholeBinsAndAnEdgeAtZero()
    {
        TimeInterval window = RoundBins.Widen(new TimeInterval(-0.25, 0.3), 0.1);
        Assert.Equal(-0.3, window.Start, 12);
        Assert.Equal(0.3, window.End, 12);
        Assert.Equal(0.1, RoundBins.Widen(new TimeInterval(0.0, 0.0), 0.1).End, 12);
    }

    // Second route: spikes over observed time, bin by bin.
    [Fact]
    public void RateCourse_Gap_IsNoSilence()
    {
        TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(3, 13), new TimeInterval(23, 32.9));
        SpikeTrain train = SpikeTrain.FromSorted(new[] { 3.5, 4.5, 24.5, 32.5 }, observed, "u");
        RateCourse course = RateCourse.Of([train, train], observed.Span, 30);
        Assert.Equal(3, course.Edges[0]);
        Assert.Equal(30, course.Rates.Length);
        for (int bin = 0; bin < 30; bin++)
        {
            TimeInterval own = new(3 + bin, 4 + bin);
            double seen = observed.Intersect(TimeIntervals.FromSorted(own)).Duration;
            double expected = seen < 0.5 ? double.NaN : 2 * train.TimesIn(own).Length / seen;
            Assert.Equal(expected, course.Rates[bin], 9);
        }
    }
}
