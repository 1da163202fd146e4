using System.Text.Json;
using SpikeStats.Statistics;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Statistics;

public sealed class SerialCorrelationTests
{
    [Fact]
    public void Of_AlternatingIntervals_IsMinusOneAtOddLagsAndOneAtEvenLags()
    {
        double[] times = new double[21];
        for (int i = 1; i < times.Length; i++) times[i] = times[i - 1] + (i % 2 == 0 ? 0.5 : 0.25);
        InterspikeIntervals intervals = InterspikeIntervals.Of(TestTrains.On(10, times));
        Assert.Equal(-1, SerialCorrelation.Of(intervals).Pearson, 12);
        Assert.Equal(-1, SerialCorrelation.Of(intervals).Spearman, 12);
        Assert.Equal(1, SerialCorrelation.Of(intervals, 2).Pearson, 12);
        Assert.Equal(18, SerialCorrelation.Of(intervals, 2).PairCount);
    }

    [Fact]
    public void Of_ReferenceTrain_EqualsScipy()
    {
        InterspikeIntervals intervals = InterspikeIntervals.Of(TestTrains.Reference(1, 20, 30));
        foreach (JsonElement entry in ReferenceFile.Read("statistics").GetProperty("serial").EnumerateArray())
        {
            SerialCorrelation correlation = SerialCorrelation.Of(intervals, entry[0].GetInt32());
            StatisticalAssert.Close(entry[1].GetDouble(), correlation.Pearson, absolute: 1e-11);
            StatisticalAssert.Close(entry[2].GetDouble(), correlation.Spearman, absolute: 1e-11);
        }
    }

    // Spearman's coefficient of the reference ranks numbers of 9 digits: ties made or broken by rounding move it by some 1e-7.
    [SkippableFact]
    public void Of_CockroachRecordings_EqualsReference()
    {
        foreach (JsonProperty file in ReferenceFile.Read("statistics-recordings").GetProperty("recordings").EnumerateObject())
        {
            foreach (JsonProperty neuron in file.Value.EnumerateObject())
            {
                SerialCorrelation correlation = SerialCorrelation.Of(InterspikeIntervals.Of(TestTrains.Cockroach(file.Name, neuron.Name)));
                StatisticalAssert.Close(neuron.Value.Number("pearson"), correlation.Pearson, absolute: 1e-8);
                StatisticalAssert.Close(neuron.Value.Number("spearman"), correlation.Spearman, absolute: 1e-6);
            }
        }
    }

    [Fact]
    public void Of_TwoObservedIntervals_NeverPairsAcross()
    {
        TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(0, 10), new TimeInterval(20, 30));
        SpikeTrain train = SpikeTrain.FromSorted(new double[] { 1, 2, 4, 7, 21, 25, 26 }, observed);
        SerialCorrelation correlation = SerialCorrelation.Of(InterspikeIntervals.Of(train));

        // Pairs (1, 2), (2, 3), (4, 1); means 7/3 and 2: covariance sum -2, variance sums 14/3 and 2.
        Assert.Equal(3, correlation.PairCount);
        Assert.Equal(-2 / Math.Sqrt(14.0 / 3 * 2), correlation.Pearson, 12);
    }

    [Fact]
    public void Of_Clock_IsNaN()
    {
        double[] times = [.. Enumerable.Range(0, 50).Select(i => 3 + (i * 0.1))];
        Assert.True(double.IsNaN(SerialCorrelation.Of(InterspikeIntervals.Of(TestTrains.On(10, times))).Pearson));
    }

    [Fact]
    public void Of_TooFewIntervals_IsNaN()
    {
        Assert.True(double.IsNaN(SerialCorrelation.Of(InterspikeIntervals.Of(TestTrains.On(1))).Pearson));
        SerialCorrelation one = SerialCorrelation.Of(InterspikeIntervals.Of(TestTrains.On(1, 0.1, 0.2, 0.4)));
        Assert.Equal(1, one.PairCount);
        Assert.True(double.IsNaN(one.Pearson) && double.IsNaN(one.Spearman));
        Assert.Throws<ArgumentOutOfRangeException>(() => SerialCorrelation.Of(InterspikeIntervals.Of(TestTrains.On(1)), 0));
    }
}
