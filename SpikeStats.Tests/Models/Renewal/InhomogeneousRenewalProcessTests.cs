using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Models.Renewal;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Renewal;

public sealed class InhomogeneousRenewalProcessTests
{
    private static readonly TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(1, 5.3), new TimeInterval(7, 7.8), new TimeInterval(9, 12));
    private static readonly BinGrid grid = new(observed, 0.5);
    private static readonly double[] rates = [.. Enumerable.Range(0, grid.BinCount).Select(bin => 20 + (15 * Math.Sin(bin)))];
    private static readonly PoissonProcess rate = new("a", grid, rates);
    private static readonly Recording recording = Drawn(new RenewalProcess(rate, new Gamma(3, 3)), seed: 3);

    public static TheoryData<RenewalStart> Starts => [.. Enum.GetValues<RenewalStart>()];

    [Theory]
    [MemberData(nameof(Starts))]
    public void Process_OfConstantRate_IsTheHomogeneousOne(RenewalStart start)
    {
        RenewalProcess inhomogeneous = new(new PoissonProcess("a", grid, Enumerable.Repeat(25.0, grid.BinCount).ToArray()), new Gamma(3, 3), start);
        AssertSame(new RenewalProcess("a", new Gamma(3, 75), start), inhomogeneous);
        AssertSame(new RenewalProcess("a", new Gamma(3, 75), start), new RenewalProcess(new PoissonProcess("a", 25), new Gamma(3, 3), start));
    }

    [Fact]
    public void Process_OfExponentialIntervals_IsThePoissonProcessOfTheRate() =>
        AssertSame(rate, new RenewalProcess(rate, new Exponential(1), RenewalStart.Equilibrium));

    // Second route: operational times by an explicit sum over bins, likelihood term by term.
    [Theory]
    [MemberData(nameof(Starts))]
    public void LogLikelihood_IsThatOfOperationalIntervals(RenewalStart start)
    {
        InverseGaussian intervals = new(1, 2);
        double expected = 0;
        foreach (TimeInterval interval in observed)
        {
            double[] times = recording[0].TimesIn(interval).ToArray(), operational = Array.ConvertAll(times, time => Operational(interval, time));
            double end = Operational(interval, interval.End);
            if (start == RenewalStart.Equilibrium) expected += intervals.LogSurvivor(operational[0]) + Math.Log(RateAt(interval, times[0]));
            for (int i = 1; i < times.Length; i++) expected += intervals.LogDensity(operational[i] - operational[i - 1]) + Math.Log(RateAt(interval, times[i]));
            expected += intervals.LogSurvivor(end - operational[^1]);
        }

        StatisticalAssert.Close(expected, new RenewalProcess(rate, intervals, start).LogLikelihood(recording), relative: 1e-11);
    }

    [Fact]
    public void Intensity_IntegratesToTheCompensator()
    {
        RenewalProcess process = new(rate, new Weibull(2, 1 / new Weibull(2, 1).Mean), RenewalStart.Equilibrium);
        BinGrid fine = new(observed, 0.001);
        double[] intensity = process.Intensity(recording, "a", fine);
        Compensator compensator = process.Compensate(recording, "a");
        for (int s = 0; s < observed.Count; s++)
        {
            BinSegment segment = fine.Segments[s];
            double sum = 0.001 * intensity.AsSpan(segment.FirstBin, segment.BinCount).ToArray().Sum();
            StatisticalAssert.Close(compensator.Segments[s].AtEnd, sum, relative: 1e-9);
        }
    }

    // Counts of 400 drawings in each bin of the rate: 4 standard errors for 16 bins, 1e-3; the variance of counts of regular spikes is below that of Poisson.
    [Fact]
    public void Simulate_ManyTimes_HasTheRateAndPassesTimeRescaling()
    {
        RenewalProcess process = new(rate, new Gamma(3, 3), RenewalStart.Equilibrium);
        double[] counts = new double[grid.BinCount];
        const int Drawings = 400;
        int small = 0;
        for (ulong seed = 0; seed < Drawings; seed++)
        {
            Recording drawn = Drawn(process, seed + 100);
            foreach (double time in drawn[0].Times)
            {
                if (grid.BinOf(time) is >= 0 and int bin) counts[bin]++;
            }

            if (TimeRescaling.Test(process, drawn, "a").KolmogorovSmirnov.PValue < 0.01) small++;
        }

        for (int bin = 0; bin < counts.Length; bin++) StatisticalAssert.WithinStandardErrors(counts[bin] / (Drawings * 0.5), rates[bin], Math.Sqrt(rates[bin] / (Drawings * 0.5)));
        Assert.InRange(small, 0, 14);
    }

    [Fact]
    public void Process_MeanIntervalOtherThanOne_IsRefused()
    {
        Assert.Contains("mean 1", Assert.Throws<ArgumentException>(() => new RenewalProcess(rate, new Gamma(3, 60))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new RenewalProcess((PoissonProcess)null!, new Exponential(1)));
        Recording elsewhere = Recording.FromTrains([SpikeTrain.FromSorted(new[] { 20.5 }, TimeIntervals.Of(20, 21), "a")]);
        Assert.Contains("rate is given on", Assert.Throws<ArgumentException>(() => new RenewalProcess(rate, new Exponential(1)).LogLikelihood(elsewhere)).Message, StringComparison.Ordinal);
    }

    private static void AssertSame(IPointProcess expected, IPointProcess actual)
    {
        StatisticalAssert.Close(expected.LogLikelihood(recording), actual.LogLikelihood(recording), relative: 1e-12);
        Compensator one = expected.Compensate(recording, "a"), other = actual.Compensate(recording, "a");
        for (int s = 0; s < one.Segments.Count; s++)
        {
            StatisticalAssert.Close(one.Segments[s].AtEvents.Span, other.Segments[s].AtEvents.Span, relative: 1e-11);
            StatisticalAssert.Close(one.Segments[s].AtEnd, other.Segments[s].AtEnd, relative: 1e-11);
        }

        BinGrid fine = new(observed, 0.01);
        double[] first = expected.Intensity(recording, "a", fine), second = actual.Intensity(recording, "a", fine);
        for (int bin = 0; bin < first.Length; bin++)
        {
            if (double.IsNaN(first[bin])) Assert.True(double.IsNaN(second[bin]));
            else StatisticalAssert.Close(first[bin], second[bin], absolute: 1e-8, relative: 1e-8);
        }

        // The same random numbers make the same spikes; a Poisson process draws its first wait in another way.
        if (expected is RenewalProcess) StatisticalAssert.Close(Drawn(expected, 9)[0].Times, Drawn(actual, 9)[0].Times, relative: 1e-9);
    }

    private static double RateAt(TimeInterval interval, double time)
    {
        BinSegment segment = grid.SegmentOf(grid.BinOf(interval.Start));
        return rates[segment.FirstBin + Math.Min((int)((time - interval.Start) / 0.5), segment.BinCount - 1)];
    }

    private static double Operational(TimeInterval interval, double time)
    {
        BinSegment segment = grid.SegmentOf(grid.BinOf(interval.Start));
        double sum = 0;
        for (int i = 0; i < segment.BinCount; i++)
        {
            double start = interval.Start + (0.5 * i), end = i == segment.BinCount - 1 ? interval.End : start + 0.5;
            sum += rates[segment.FirstBin + i] * Math.Max(0, Math.Min(time, end) - start);
        }

        return sum;
    }

    private static Recording Drawn(IPointProcess process, ulong seed) =>
        process.Simulate(Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), observed, "a")]), seed);
}
