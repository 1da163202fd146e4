using System.Text.Json;
using SpikeStats.Statistics;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Statistics;

public sealed class InterspikeIntervalsTests
{
    private static readonly TimeIntervals twoIntervals = TimeIntervals.FromSorted(new TimeInterval(0, 2), new TimeInterval(2, 5));

    [Fact]
    public void Of_TouchingIntervals_MakesNoIntervalAcrossTheBoundary()
    {
        SpikeTrain train = SpikeTrain.FromSorted(new double[] { 0.5, 1, 1.75, 2.5, 4.5 }, twoIntervals);
        InterspikeIntervals intervals = InterspikeIntervals.Of(train);
        Assert.Equal([0.5, 0.75, 2], intervals.ToArray());
        Assert.Equal(3, intervals.Count);
        Assert.Equal(3.25 / 3, intervals.Mean, 15);
        Assert.Equal(0.75, intervals.Median());
        Assert.Equal(0.5, intervals.Minimum);
        Assert.Equal(2, intervals.Maximum);
    }

    [Fact]
    public void Of_FewSpikes_IsNaNWhereUndefined()
    {
        foreach (SpikeTrain train in (SpikeTrain[])[TestTrains.On(1), TestTrains.On(1, 0.5), SpikeTrain.FromSorted(new double[] { 1, 3 }, twoIntervals)])
        {
            InterspikeIntervals none = InterspikeIntervals.Of(train);
            Assert.Equal(0, none.Count);
            Assert.Empty(none.ToArray());
            Assert.All((double[])[none.Mean, none.StandardDeviation, none.CoefficientOfVariation, none.Minimum, none.Maximum, none.Median()], value => Assert.True(double.IsNaN(value)));
        }

        InterspikeIntervals one = InterspikeIntervals.Of(TestTrains.On(1, 0.25, 0.75));
        Assert.Equal(0.5, one.Mean);
        Assert.True(double.IsNaN(one.StandardDeviation));
        Assert.True(double.IsNaN(one.CoefficientOfVariation));
    }

    // Every length meets another mix of whole vectors and a scalar tail.
    [Fact]
    public void Of_AnyNumberOfSpikes_EqualsMomentsOfTheArray()
    {
        for (int count = 2; count < 60; count++)
        {
            double[] times = [.. TestTrains.Poisson((ulong)count, 1, 1000).Times[..count]];
            InterspikeIntervals intervals = InterspikeIntervals.Of(TestTrains.On(1000, times));
            double[] array = intervals.ToArray();
            Assert.Equal(count - 1, array.Length);
            double mean = array.Sum() / array.Length;
            StatisticalAssert.Close(mean, intervals.Mean, relative: 1e-13);
            if (count > 2) StatisticalAssert.Close(Math.Sqrt(array.Sum(x => (x - mean) * (x - mean)) / (array.Length - 1)), intervals.StandardDeviation, relative: 1e-12);
            Assert.Equal(array.Min(), intervals.Minimum);
            Assert.Equal(array.Max(), intervals.Maximum);
        }
    }

    [Fact]
    public void Of_ReferenceTrain_EqualsNumpy()
    {
        JsonElement reference = ReferenceFile.Read("statistics").GetProperty("isi");
        InterspikeIntervals intervals = InterspikeIntervals.Of(TestTrains.Reference(1, 20, 30));
        StatisticalAssert.Close(reference.Number("mean"), intervals.Mean, relative: 1e-12);
        StatisticalAssert.Close(reference.Number("sd"), intervals.StandardDeviation, relative: 1e-12);
        StatisticalAssert.Close(reference.Number("median"), intervals.Median(), relative: 1e-12);
        StatisticalAssert.Close(reference.Number("min"), intervals.Minimum, relative: 1e-10);
        StatisticalAssert.Close(reference.Number("max"), intervals.Maximum, relative: 1e-12);
    }

    [SkippableFact]
    public void Of_CockroachRecordings_EqualsReference()
    {
        foreach (JsonProperty file in ReferenceFile.Read("statistics-recordings").GetProperty("recordings").EnumerateObject())
        {
            foreach (JsonProperty neuron in file.Value.EnumerateObject())
            {
                InterspikeIntervals intervals = InterspikeIntervals.Of(TestTrains.Cockroach(file.Name, neuron.Name));
                Assert.Equal(neuron.Value.Number("n") - 1, intervals.Count);
                StatisticalAssert.Close(neuron.Value.Number("isiMean"), intervals.Mean, relative: 1e-7);
                StatisticalAssert.Close(neuron.Value.Number("isiSd"), intervals.StandardDeviation, relative: 1e-7);
                StatisticalAssert.Close(neuron.Value.Number("isiCv"), intervals.CoefficientOfVariation, relative: 1e-7);
                StatisticalAssert.Close(neuron.Value.Number("isiMin"), intervals.Minimum, relative: 1e-7);
                StatisticalAssert.Close(neuron.Value.Number("isiMedian"), intervals.Median(), relative: 1e-7);
            }
        }
    }

    [Fact]
    public void Histogram_IntervalsOnClockTicks_FollowsHalfOpenBins()
    {
        // 3, 30, 60 and 90 ticks of 30 kHz after 100 s: 0.1, 1, 2 and 3 ms.
        double[] times = [.. new int[] { 3_000_000, 3_000_003, 3_000_033, 3_000_093, 3_000_183 }.Select(tick => tick / 30000.0)];
        SpikeTrain train = TestTrains.On(200, times);
        InterspikeIntervalHistogram histogram = InterspikeIntervals.Of(train).Histogram(HistogramBins.Over(0, 0.003, 0.001));
        Assert.Equal([1, 1, 1], histogram.Counts.ToArray());
        Assert.Equal(1, histogram.OutsideCount);
        Assert.Equal(0.75, histogram.Density().Sum() * 0.001, 12);
        Assert.Equal(3, histogram.ToDataTable().Rows.Count);
    }
}
