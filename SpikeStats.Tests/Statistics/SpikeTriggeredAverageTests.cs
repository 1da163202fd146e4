using System.Globalization;
using System.Text.Json;
using SpikeStats.RandomStreams;
using SpikeStats.Statistics;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Statistics;

public sealed class SpikeTriggeredAverageTests
{
    [Fact]
    public void Of_FewSpikes_EqualsHandCalculation()
    {
        SampledSignal signal = SampledSignal.Regular("s", new double[] { 1, 2, 4, 8, 16, 32 }, 0, 1);
        SpikeTrain train = TestTrains.On(6, 0.5, 2.5, 4.25, 4.75);
        SpikeTriggeredAverage average = SpikeTriggeredAverage.Of(train, signal, new BinGrid(train.Observed, 1), 3);

        // The spike in bin 0 lacks its history; bins 2, 4, 4 remain.
        Assert.Equal(3, average.SpikeCount);
        StatisticalAssert.Close([(4 + 16 + 16) / 3.0, (2 + 8 + 8) / 3.0, (1 + 4 + 4) / 3.0], average.Values, relative: 1e-14);
        StatisticalAssert.Close(Math.Sqrt((64 + 16 + 16) / 2.0 / 3), average.StandardErrors[0], relative: 1e-13);
        Assert.Equal(10.5, average.SignalMean);
        Assert.Equal(3, average.ToDataTable().Rows.Count);
    }

    [Fact]
    public void Of_SpikeSoonAfterGap_IsNotUsed()
    {
        SampledSignal signal = SampledSignal.Regular("s", new double[20], 0, 1);
        TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(0, 5), new TimeInterval(5, 10));
        SpikeTrain train = SpikeTrain.FromSorted(new double[] { 4.5, 6.5, 7.5 }, observed);
        Assert.Equal(2, SpikeTriggeredAverage.Of(train, signal, new BinGrid(observed, 1), 3).SpikeCount);
    }

    // Spikes placed by a filter of white noise: the average recovers the filter. k = 4 at each of 5 lags.
    [Fact]
    public void Of_LinearFilterOfWhiteNoise_RecoversTheFilter()
    {
        double[] filter = [0, 0.5, 1, 0.25, -0.5];
        RandomStream random = new(2);
        double[] noise = [.. Enumerable.Range(0, 200_000).Select(_ => random.NextGaussian())];
        List<double> times = [];
        for (int t = 4; t < noise.Length; t++)
        {
            double drive = 0;
            for (int lag = 0; lag < filter.Length; lag++) drive += filter[lag] * noise[t - lag];

            // Exponential intensity: the average of a Gaussian signal is then the filter itself.
            int count = random.NextPoisson(0.02 * Math.Exp(drive));
            for (int spike = 0; spike < count; spike++) times.Add(t + ((spike + 0.5) / count));
        }

        SpikeTrain train = TestTrains.On(noise.Length, [.. times]);
        SpikeTriggeredAverage average = SpikeTriggeredAverage.Of(train, SampledSignal.Regular("noise", noise, 0, 1), new BinGrid(train.Observed, 1), 5);
        for (int lag = 0; lag < 5; lag++)
            StatisticalAssert.WithinStandardErrors(average.Values[lag], filter[lag], average.StandardErrors[lag]);
    }

    [SkippableFact]
    public void Of_GrasshopperReceptor_EqualsReference()
    {
        JsonElement reference = ReferenceFile.Read("statistics-recordings").GetProperty("grasshopper");
        double[] volts = [.. File.ReadLines(Repository.SharedData("grasshopper_auditory_1", "stimulus_us_volt.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => double.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture))];
        double loudest = volts.Max();
        SampledSignal decibel = SampledSignal.Regular("stimulus", volts, 0, 20_000)
            .Select(volt => (20 * Math.Log10(volt / loudest)) + reference.Number("intensityDecibel"));
        SpikeTrain train = TestTrains.Grasshopper();
        double mean = SpikeTriggeredAverage.Of(train, decibel, new BinGrid(train.Observed, 0.001), 1).SignalMean;

        // The reference averages over the spikes from bin 30 on, as its model needs 30 bins of history.
        SpikeTrain late = train.Restrict(TimeIntervals.Of(0.011, 10));
        SpikeTriggeredAverage average = SpikeTriggeredAverage.Of(late, decibel, new BinGrid(late.Observed, 0.001), 20);
        double[] centred = [.. average.Values.ToArray().Select(value => value - mean)];
        StatisticalAssert.Close(reference.GetProperty("sta").Doubles(), centred, absolute: 1e-8);
        Assert.Equal(923, average.SpikeCount);
    }

    [Fact]
    public void Of_NoSpikes_IsNaN()
    {
        SampledSignal signal = SampledSignal.Regular("s", new double[] { 1, 2, 3 }, 0, 1);
        SpikeTriggeredAverage average = SpikeTriggeredAverage.Of(TestTrains.On(3), signal, new BinGrid(TimeIntervals.Of(0, 3), 1), 2);
        Assert.Equal(0, average.SpikeCount);
        Assert.True(double.IsNaN(average.Values[0]) && double.IsNaN(average.StandardErrors[0]));
        Assert.Throws<InvalidRecordingException>(() => SpikeTriggeredAverage.Of(TestTrains.On(9), signal, new BinGrid(TimeIntervals.Of(0, 9), 1), 2));
    }
}
