using SpikeStats.Fitting.Decoding;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Decoding;

public sealed class TuningCurvesTests
{
    // A sawtooth from 0 to 1 in 1 s: 4 cells of 0.25 s, then a gap of observation, then half a sweep.
    private static readonly SampledSignal sawtooth = SampledSignal.Regular("position", Enumerable.Range(0, 400).Select(i => ((i % 100) + 0.5) / 100).ToArray(), 0, 100);

    [Fact]
    public void Estimate_WithoutSmoothing_IsSpikesOverOccupancy()
    {
        TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(0, 1), new TimeInterval(2, 2.5));
        Recording recording = Recording.FromTrains([SpikeTrain.FromSorted(new[] { 0.1, 0.3, 0.31, 2.1, 2.3 }, observed, "a")], signals: [sawtooth]);
        TuningCurves curves = TuningCurves.Estimate(recording, "position", new TuningCurveOptions { Lowest = 0, Highest = 1, PositionCount = 4 });
        StatisticalAssert.Close([0.125, 0.375, 0.625, 0.875], curves.Positions, 1e-12);
        StatisticalAssert.Close([0.5, 0.5, 0.25, 0.25], curves.Occupancy, 1e-12);
        StatisticalAssert.Close([4, 6, 0.01, 0.01], curves.RatesOf(0), 1e-9);
        Assert.Equal(4, curves.ToDataTable().Rows.Count);
    }

    [Fact]
    public void Estimate_ConstantRate_StaysConstantUnderSmoothing()
    {
        // One spike in every bin: 100 Hz whatever the position, the smoothing and the edge.
        TimeIntervals observed = TimeIntervals.Of(0, 3);
        double[] times = [.. Enumerable.Range(0, 300).Select(i => (i + 0.5) / 100)];
        Recording recording = Recording.FromTrains([SpikeTrain.FromSorted(times, observed, "a")], signals: [sawtooth]);
        TuningCurves curves = TuningCurves.Estimate(recording, "position", new TuningCurveOptions { PositionCount = 10, Smoothing = 0.2 });
        Assert.All(curves.RatesOf(0).ToArray(), rate => StatisticalAssert.Close(100, rate, 1e-9));
    }

    // A rate that is linear in position; 12 cells, each within 4 standard errors of the rate at its centre: false-alarm rate 7.6e-4.
    [Fact]
    public void Estimate_KnownRate_IsRecovered()
    {
        const double Duration = 400;
        SampledSignal walk = BayesianDecoderTests.Walk(Duration, new RandomStream(3, 1000));
        RandomStream stream = new(3);
        List<double> times = [];
        for (int i = 0; i < walk.Count; i++)
        {
            int count = stream.NextPoisson(0.01 * (5 + (20 * walk.Values[i])));
            for (int spike = 0; spike < count; spike++) times.Add((i + ((spike + 0.5) / count)) / 100);
        }

        Recording recording = Recording.FromTrains([SpikeTrain.FromSorted(times.ToArray(), TimeIntervals.Of(0, Duration), "a")], signals: [walk]);
        TuningCurves curves = TuningCurves.Estimate(recording, "position", new TuningCurveOptions { Lowest = 0, Highest = 1, PositionCount = 12 });
        for (int cell = 0; cell < 12; cell++)
        {
            double rate = 5 + (20 * curves.Positions[cell]);
            StatisticalAssert.WithinStandardErrors(curves.RatesOf(0)[cell], rate, Math.Sqrt(rate / curves.Occupancy[cell]));
        }
    }

    [Fact]
    public void Estimate_BadInput_IsNamed()
    {
        Recording recording = Recording.FromTrains([SpikeTrain.FromSorted(new[] { 0.5 }, TimeIntervals.Of(0, 1), "a")], signals: [sawtooth]);
        Assert.Throws<ArgumentException>(() => TuningCurves.Estimate(recording, "speed"));
        Assert.Throws<ArgumentException>(() => TuningCurves.Estimate(recording, "position", new TuningCurveOptions { Lowest = 2, Highest = 3 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => TuningCurves.Estimate(recording, "position", new TuningCurveOptions { Smoothing = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => TuningCurves.Estimate(recording, "position", new TuningCurveOptions { PositionCount = 1 }));
    }
}
