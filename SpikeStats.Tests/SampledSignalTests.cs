using FsCheck.Fluent;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests;

public sealed class SampledSignalTests
{
    [Fact]
    public void Regular_Samples_HaveTheirTimesAndSpan()
    {
        SampledSignal signal = SampledSignal.Regular("lfp", new double[] { 1, 2, 3 }, 10, 4);
        Assert.Equal((10.0, 10.25, 10.5), (signal.TimeAt(0), signal.TimeAt(1), signal.TimeAt(2)));
        Assert.Equal(new TimeInterval(10, 10.75), signal.Span);
        Assert.Equal("SampledSignal lfp: 3 samples from 10 s at 4 Hz", signal.ToString());
    }

    [Fact]
    public void Span_SingleSample_LastsOneSamplingInterval()
    {
        Assert.Equal(new TimeInterval(2, 2.5), SampledSignal.Regular("s", new double[] { 1 }, 2, 2).Span);
        Assert.Equal(new TimeInterval(2, 2), SampledSignal.Irregular("s", new double[] { 2 }, new double[] { 1 }).Span);
        Assert.Equal(default, SampledSignal.Regular("s", default, 2, 2).Span);
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(0, 0)]
    [InlineData(0, -1)]
    [InlineData(0, double.PositiveInfinity)]
    public void Regular_ImpossibleClock_Throws(double start, double samplingRate)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SampledSignal.Regular("s", default, start, samplingRate));
    }

    [Fact]
    public void Irregular_BadTimestamps_NamesTheRow()
    {
        double[] values = [1, 2, 3];
        Assert.Equal(3, Assert.Throws<InvalidRecordingException>(() => SampledSignal.Irregular("s", new[] { 0, 1.0, 1.0 }, values)).Row);
        Assert.Equal(1, Assert.Throws<InvalidRecordingException>(() => SampledSignal.Irregular("s", new[] { double.NaN, 1, 2 }, values)).Row);
        Assert.Throws<InvalidRecordingException>(() => SampledSignal.Irregular("s", new[] { 0.0, 1 }, values));
        Assert.Throws<InvalidRecordingException>(() => SampledSignal.Irregular("s", default, default));
    }

    [Fact]
    public void InBins_ManySamplesPerBin_IsTheirMean()
    {
        // 30 samples of 30 kHz per bin of 1 ms: samples k = 0..., so that bin b has mean 30 b + 14.5 exactly.
        SampledSignal signal = SampledSignal.Regular("s", Enumerable.Range(0, 90_000).Select(k => (double)k).ToArray(), 0, 30_000);
        double[] binned = signal.InBins(new BinGrid(TimeIntervals.Of(0, 3), 0.001));
        for (int bin = 0; bin < 3000; bin++) Assert.Equal((30 * bin) + 14.5, binned[bin]);
    }

    [Fact]
    public void InBins_OneSamplePerBin_IsTheSample()
    {
        double[] samples = [.. Enumerable.Range(0, 100_000).Select(k => (double)k)];
        Assert.Equal(samples, SampledSignal.Regular("s", samples, 0.1, 1000).InBins(new BinGrid(TimeIntervals.Of(0.1, 100.1), 0.001)));
    }

    [Fact]
    public void InBins_FewerSamplesThanBins_HoldsTheLastOne()
    {
        SampledSignal frames = SampledSignal.Regular("frames", new double[] { 5, 7 }, 0, 1);
        Assert.Equal([5, 5, 5, 5, 7, 7, 7, 7], frames.InBins(new BinGrid(TimeIntervals.Of(0, 2), 0.25)));
        Assert.Equal([5, 5, 7, 7], frames.InBins(new BinGrid(TimeIntervals.FromSorted(new(0.25, 0.75), new(1.25, 1.75)), 0.25)));
    }

    [Fact]
    public void InBins_Interpolated_FollowsTheLineAtTheCentreOfBinsWithoutSamples()
    {
        SampledSignal position = SampledSignal.Irregular("x", new double[] { 0, 1, 2 }, new double[] { 0, 4, 0 });
        double[] binned = position.InBins(new BinGrid(TimeIntervals.Of(0, 2), 0.25), interpolate: true);
        Assert.Equal([0, 1.5, 2.5, 3.5, 4, 2.5, 1.5, 0.5], binned);
    }

    [Fact]
    public void InBins_LinearSignal_IsReproducedInterpolated()
    {
        var cases = from width in Gen.Elements(0.01, 0.03, 0.0625) from slope in Generated.Eighths(-4, 4) select (width, slope);
        PropertyAssert.Holds(cases, pair =>
        {
            double[] timestamps = [.. Enumerable.Range(0, 40).Select(k => (k * 0.1) + (k % 3 * 0.02))];
            SampledSignal line = SampledSignal.Irregular("line", timestamps, Array.ConvertAll(timestamps, t => pair.slope * t));
            BinGrid grid = new(TimeIntervals.Of(0, 3), pair.width);
            double[] binned = line.InBins(grid, interpolate: true);
            for (int bin = 0; bin < grid.BinCount; bin++)
            {
                // A bin with samples is their mean, whose instants lie within half a bin of the centre.
                double centre = grid.StartOf(bin) + (pair.width / 2);
                StatisticalAssert.Close(pair.slope * centre, binned[bin], absolute: (Math.Abs(pair.slope) * pair.width / 2) + 1e-12);
            }
        });
    }

    [Theory]
    [InlineData(0.0, 3.0)]
    [InlineData(-1.0, 1.0)]
    public void InBins_SignalTooShort_SaysWhatItCovers(double start, double end)
    {
        SampledSignal signal = SampledSignal.Regular("stimulus", new double[] { 1, 2 }, 0, 1);
        InvalidRecordingException error = Assert.Throws<InvalidRecordingException>(() => signal.InBins(new BinGrid(TimeIntervals.Of(start, end), 0.1)));
        Assert.Contains("signal stimulus covers [0 s, 2 s) but the analysis needs", error.Message, StringComparison.Ordinal);
        Assert.Contains("--observed ", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void InBins_UpToHalfABinMissingAtTheEdges_IsForgiven()
    {
        SampledSignal signal = SampledSignal.Irregular("s", new[] { 0.04, 1.0, 1.48 }, new double[] { 1, 2, 3 });
        Assert.Equal([1, 1, 2.5, 3], signal.InBins(new BinGrid(TimeIntervals.Of(0, 2), 0.5)).ToArray());
        Assert.Throws<InvalidRecordingException>(() => signal.InBins(new BinGrid(TimeIntervals.Of(-0.5, 2), 0.5)));
    }

    [Fact]
    public void ShiftRenameAndSelect_KeepTheRest()
    {
        SampledSignal regular = SampledSignal.Regular("s", new double[] { 1, 4 }, 0, 2), irregular = SampledSignal.Irregular("s", new[] { 0, 0.5 }, new double[] { 1, 4 });
        foreach (SampledSignal signal in new[] { regular, irregular })
        {
            SampledSignal changed = signal.Shift(3).Rename("root").Select(Math.Sqrt);
            Assert.Equal(("root", 3.0, 3.5, 2.0), (changed.Name, changed.TimeAt(0), changed.TimeAt(1), changed.SamplingRate));
            Assert.Equal([1, 2], changed.Values.ToArray());
            Assert.Equal(signal.IsRegular, changed.IsRegular);
        }
    }
}
