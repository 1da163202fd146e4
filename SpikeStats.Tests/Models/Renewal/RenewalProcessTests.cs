using MathNet.Numerics.Integration;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Models.Renewal;
using SpikeStats.Tests.Testing;
using SpikeStats.Units;

namespace SpikeStats.Tests.Models.Renewal;

public sealed class RenewalProcessTests
{
    private static readonly TimeIntervals threeStretches = TimeIntervals.FromSorted(new TimeInterval(0, 1), new TimeInterval(2, 2.3), new TimeInterval(3, 4.2));
    private static readonly Recording recording = Record(threeStretches, 0.1, 0.14, 0.31, 0.6, 0.9, 3.05, 3.4, 3.41, 4.1);

    [Fact]
    public void Exponential_InEquilibrium_IsThePoissonProcess()
    {
        RenewalProcess renewal = new("a", new Exponential(7), RenewalStart.Equilibrium);
        PoissonProcess poisson = new("a", 7);
        StatisticalAssert.Close(poisson.LogLikelihood(recording), renewal.LogLikelihood(recording), relative: 1e-12);
        StatisticalAssert.Close(poisson.Intensity(recording, "a", new BinGrid(threeStretches, 10.ms)), renewal.Intensity(recording, "a", new BinGrid(threeStretches, 10.ms)), relative: 1e-10);
        foreach ((CompensatorSegment expected, CompensatorSegment actual) in poisson.Compensate(recording, "a").Segments.Zip(renewal.Compensate(recording, "a").Segments))
        {
            Assert.Equal(expected.Interval, actual.Interval);
            StatisticalAssert.Close(expected.AtEvents.Span, actual.AtEvents.Span, relative: 1e-12);
            StatisticalAssert.Close(expected.AtEnd, actual.AtEnd, relative: 1e-12);
        }
    }

    // log L = Σ log h - ∫ h, the hazard integrated numerically from spike to spike.
    [Fact]
    public void LogLikelihood_FromTheFirstSpike_MatchesTheIntegratedHazard()
    {
        Gamma gamma = new(2.5, 20);
        double expected = 0;
        foreach (TimeInterval interval in threeStretches)
        {
            double[] times = recording[0].TimesIn(interval).ToArray();
            for (int i = 1; i < times.Length; i++) expected += Math.Log(gamma.Hazard(times[i] - times[i - 1])) - Integral(gamma, times[i] - times[i - 1]);
            if (times.Length > 0) expected -= Integral(gamma, interval.End - times[^1]);
        }

        StatisticalAssert.Close(expected, new RenewalProcess("a", gamma).LogLikelihood(recording), relative: 1e-9);
    }

    // The probability of a silence of 0.3 s and the density S / mean of a first wait are added.
    [Fact]
    public void LogLikelihood_InEquilibrium_AddsFirstWaitsAndSilences()
    {
        Gamma gamma = new(2.5, 20);
        double silence = GaussKronrodRule.Integrate(gamma.Survivor, 0.3, double.PositiveInfinity, out _, out _, 1e-12, 8) / gamma.Mean;
        double first = Math.Log(gamma.Survivor(0.1) / gamma.Mean) + Math.Log(gamma.Survivor(0.05) / gamma.Mean) + Math.Log(silence);
        StatisticalAssert.Close(
            new RenewalProcess("a", gamma).LogLikelihood(recording) + first, new RenewalProcess("a", gamma, RenewalStart.Equilibrium).LogLikelihood(recording), relative: 1e-9);
    }

    [Fact]
    public void Compensate_FromTheFirstSpike_LeavesOutWhatPrecedesIt()
    {
        Compensator compensator = new RenewalProcess("a", new Gamma(2.5, 20)).Compensate(recording, "a");
        Assert.Equal([new TimeInterval(0.1, 1), new TimeInterval(3.05, 4.2)], compensator.Segments.Select(segment => segment.Interval));
        Assert.Equal(recording[0].Count - 2, compensator.EventCount);
    }

    [Theory]
    [InlineData(RenewalStart.FirstSpike)]
    [InlineData(RenewalStart.Equilibrium)]
    public void Intensity_SummedOverBins_IsTheCompensator(RenewalStart start)
    {
        // Whole bins, with the first spikes on their edges.
        RenewalProcess process = new("a", new InverseGaussian(0.2, 0.3), start);
        double[] intensity = process.Intensity(recording, "a", new BinGrid(threeStretches, 50.ms));
        double expected = process.Compensate(recording, "a").Segments.Sum(segment => segment.AtEnd);
        StatisticalAssert.Close(expected, intensity.Where(double.IsFinite).Sum() * 50.ms, relative: 1e-10);
        Assert.Equal(start == RenewalStart.FirstSpike ? 2 + 6 + 1 : 0, intensity.Count(double.IsNaN));
    }

    // 200 stretches of two mean intervals. Equilibrium: as many spikes as the rate promises, and rescaled waits that are exponential.
    // False-alarm rates 6.3e-5 and 1e-4 per distribution.
    [Theory]
    [InlineData(4.0)]
    [InlineData(0.5)]
    public void Simulate_ShortStretches_BeginInEquilibrium(double shape)
    {
        Gamma gamma = new(shape, 10 * shape);
        TimeIntervals observed = TimeIntervals.FromSorted([.. Enumerable.Range(0, 200).Select(i => new TimeInterval(i, i + 0.2))]);
        RenewalProcess process = new("a", gamma, RenewalStart.Equilibrium);
        Recording drawn = process.Simulate(Record(observed), seed: 8);
        double[] counts = [.. observed.Select(interval => (double)drawn[0].TimesIn(interval).Length)];
        double mean = counts.Average(), variance = counts.Sum(count => (count - mean) * (count - mean)) / (counts.Length - 1);
        StatisticalAssert.WithinStandardErrors(mean, 2, Math.Sqrt(variance / counts.Length));

        double[] first = [.. process.Compensate(drawn, "a").Segments.Where(segment => segment.AtEvents.Length > 0)
            .Select(segment => (1 - Math.Exp(-segment.AtEvents.Span[0])) / (1 - Math.Exp(gamma.LogEquilibriumSurvivor(0.2)))).Order()];
        Assert.True(KolmogorovSmirnov.Test(first).PValue > 1e-4);
    }

    // Time rescaling accepts the truth at 1e-3 and rejects Poisson.
    [Fact]
    public void Simulate_LongStretch_PassesTimeRescaling()
    {
        RenewalProcess process = new("a", new RecoveringHazard(60, 0.02, 0.002));
        Recording drawn = process.Simulate(Record(TimeIntervals.Of(0, 100)), seed: 3);
        Assert.True(TimeRescaling.Test(process, drawn, "a").KolmogorovSmirnov.PValue > 1e-3);
        Assert.True(TimeRescaling.Test(new PoissonProcess("a", 1 / process.Intervals.Mean), drawn, "a").KolmogorovSmirnov.PValue < 1e-6);
        Assert.Equal(drawn[0].Times.ToArray(), process.Simulate(Record(TimeIntervals.Of(0, 100)), seed: 3)[0].Times.ToArray());
    }

    [Fact]
    public void Construct_EquilibriumWithoutMean_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new RenewalProcess("a", new LogLogistic(0.9, 1), RenewalStart.Equilibrium));
        Recording drawn = new RenewalProcess("a", new LogLogistic(0.9, 0.01)).Simulate(Record(TimeIntervals.Of(0, 10)), seed: 1);
        Assert.NotEmpty(drawn[0].Times.ToArray());
    }

    [Fact]
    public void Unit_Unknown_IsNamed()
    {
        RenewalProcess process = new("b", new Exponential(1));
        Assert.Throws<UnknownUnitException>(() => process.LogLikelihood(recording));
        Assert.Throws<UnknownUnitException>(() => process.Compensate(recording, "a"));
    }

    private static double Integral(Gamma gamma, double time) => GaussKronrodRule.Integrate(gamma.Hazard, 0, time, out _, out _, 1e-11, 8);

    private static Recording Record(TimeIntervals observed, params double[] times) => Recording.FromTrains([SpikeTrain.FromSorted(times, observed, "a")]);
}
