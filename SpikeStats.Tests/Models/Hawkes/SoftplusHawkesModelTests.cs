using MathNet.Numerics.Integration;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.Hawkes;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Hawkes;

public sealed class SoftplusHawkesModelTests
{
    /// <summary>Three units and two decays; a and b inhibit themselves, c is driven below zero by a.</summary>
    private static readonly SoftplusHawkesModel trio = new(
        ["a", "b", "c"], [4.0, 6.0, -0.5], [2.0, 40.0],
        new[, ,] { { { 0.2, -0.3 }, { 0, 0.1 }, { -0.1, 0 } }, { { 0.3, 0 }, { -0.4, -0.2 }, { 0.05, 0 } }, { { -0.6, 0 }, { 0.4, 0.2 }, { 0, 0.1 } } }, softness: 0.8);

    [Fact]
    public void LogLikelihood_NoCoupling_IsThatOfAPoissonProcess()
    {
        SoftplusHawkesModel model = new("a", 1.2, 0, 5, softness: 2);
        Recording recording = HawkesProblem.Tied(1);
        double rate = 2 * Math.Log(1 + Math.Exp(0.6));
        StatisticalAssert.Close(new PoissonProcess("a", rate).LogLikelihood(recording), model.LogLikelihood(recording), relative: 1e-13);
    }

    // A drive that never comes near zero is the rate itself.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void LogLikelihood_ExcitationAndNoSoftness_IsThatOfTheLinearProcess(ulong seed)
    {
        HawkesModel linear = HawkesProblem.Trio;
        double[,,] branching = new double[3, 3, 2];
        for (int i = 0; i < branching.Length; i++) branching[i / 6, i / 2 % 3, i % 2] = linear.Branching(i / 6, i / 2 % 3, i % 2);
        SoftplusHawkesModel model = new(linear.Units, linear.Baselines, linear.Decays, branching, softness: 1e-3);
        Recording recording = HawkesProblem.Tied(seed);
        StatisticalAssert.Close(linear.LogLikelihood(recording), model.LogLikelihood(recording), relative: 1e-10);
        StatisticalAssert.Close(linear.Compensate(recording, "b").Segments[2].AtEvents.Span, model.Compensate(recording, "b").Segments[2].AtEvents.Span, relative: 1e-10);
        BinGrid grid = new(recording.Observed, 0.25);
        StatisticalAssert.Close(linear.Intensity(recording, "c", grid), model.Intensity(recording, "c", grid), relative: 1e-10);
    }

    // By the definition: the drive summed over pairs of spikes, its rate integrated by a dense rule between all spikes.
    [Theory]
    [InlineData(0.8, 16)]
    [InlineData(0.05, 256)]
    public void LogLikelihood_Inhibition_IsTheSumOverPairsAndBruteForceQuadrature(double softness, int parts)
    {
        SoftplusHawkesModel model = WithSoftness(softness);
        Recording recording = HawkesProblem.Tied(3).Restrict(TimeIntervals.Of(7, 31));
        double expected = 0;
        for (int target = 0; target < 3; target++)
        {
            double integral = 0;
            foreach (TimeInterval interval in recording.Observed)
            {
                foreach (double time in recording[HawkesProblem.Name(target)].TimesIn(interval)) expected += Math.Log(Rate(model, recording, interval, target, time));
                double[] edges = [interval.Start, .. recording.Units.Ids.SelectMany(unit => recording[unit].TimesIn(interval).ToArray()).Distinct().Order(), interval.End];
                for (int i = 1; i < edges.Length; i++)
                {
                    double width = (edges[i] - edges[i - 1]) / parts;
                    for (int part = 0; part < parts && width > 0; part++)
                    {
                        double from = edges[i - 1] + (part * width);
                        integral += GaussLegendreRule.Integrate(time => Rate(model, recording, interval, target, time), from, from + width, 20);
                    }
                }
            }

            StatisticalAssert.Close(integral, model.Compensate(recording, HawkesProblem.Name(target)).Segments.Sum(segment => segment.AtEnd), relative: 1e-9);
            expected -= integral;
        }

        StatisticalAssert.Close(expected, model.LogLikelihood(recording), relative: 1e-9);
    }

    // A dip of a millisecond at the start of an hour: a rule on the whole hour would not see it. In the limit of no softness it takes away μτ - ... in closed form.
    [Fact]
    public void Compensate_ShortDipInALongGap_IsNotOverlooked()
    {
        SoftplusHawkesModel model = new("a", 10, -0.02, 1000, softness: 1e-4);
        double expected = (10 * 3600) - 0.02 + BelowZero();
        StatisticalAssert.Close(expected, model.Compensate(HawkesProblem.Record(3600, [1e-9]), "a").Segments[0].AtEnd, 1e-7);

        // What max(0, x) adds where x = 10 - 20 e^(-1000 t) is negative, until t = log(2)/1000.
        static double BelowZero() => (20 * (1 - 0.5) / 1000) - (10 * Math.Log(2) / 1000);
    }

    [Fact]
    public void Intensity_OnAGrid_SumsToTheCompensator()
    {
        Recording recording = HawkesProblem.Tied(6);
        BinGrid grid = new(recording.Observed, 0.25);
        foreach (string unit in recording.Units.Ids)
            StatisticalAssert.Close(trio.Compensate(recording, unit).Segments.Sum(segment => segment.AtEnd), trio.Intensity(recording, unit, grid).Sum() * 0.25, relative: 1e-9);
    }

    [Fact]
    public void LogLikelihood_OtherTimeUnit_ChangesByTheLogOfTheUnit()
    {
        Recording seconds = HawkesProblem.Tied(4);
        Recording milliseconds = Recording.FromTrains(seconds.Trains.Select(train => SpikeTrain.FromSorted(
            Array.ConvertAll(train.Times.ToArray(), time => time * 1024),
            TimeIntervals.FromSorted([.. train.Observed.Select(interval => new TimeInterval(interval.Start * 1024, interval.End * 1024))]), train.Unit)));
        SoftplusHawkesModel scaled = new(
            trio.Units, [.. trio.Baselines.Select(value => value / 1024)], [.. trio.Decays.Select(value => value / 1024)], Couplings(trio), trio.Softness / 1024);
        StatisticalAssert.Close(trio.LogLikelihood(seconds) - (seconds.SpikeCount * Math.Log(1024)), scaled.LogLikelihood(milliseconds), relative: 1e-11);
    }

    // Both slopes by differences, on both sides of the change of formula, and the limit far below.
    [Theory]
    [InlineData(5)]
    [InlineData(0.1)]
    [InlineData(-3)]
    [InlineData(-23.9)]
    [InlineData(-24.1)]
    public void Link_Slopes_AreFiniteDifferences(double drive)
    {
        SoftplusLink link = new(2);
        const double Step = 1e-4;
        (double value, double first, double second) = link.RateWithSlopes(drive);
        StatisticalAssert.Close(link.Rate(drive), value, relative: 1e-15);
        StatisticalAssert.Close((link.Rate(drive + Step) - link.Rate(drive - Step)) / (2 * Step), first, relative: 1e-8);
        StatisticalAssert.Close((link.RateWithSlopes(drive + Step).First - link.RateWithSlopes(drive - Step).First) / (2 * Step), second, relative: 1e-8);
        (double log, double relative, double curvature) = link.LogRate(drive);
        StatisticalAssert.Close(Math.Log(value), log, 1e-14);
        StatisticalAssert.Close(first / value, relative, relative: 1e-12);
        StatisticalAssert.Close((link.LogRate(drive + Step).First - link.LogRate(drive - Step).First) / (2 * Step), curvature, relative: 1e-5);
        Assert.Equal(Math.Log(2) - 5000, link.LogRate(-1e4).Value);
    }

    // Time rescaling by the model itself: each p-value is uniform, the smallest of three exceeds 1e-3 with probability 0.997.
    [Fact]
    public void Simulate_Inhibition_PassesTimeRescaling()
    {
        Recording drawn = trio.Simulate(HawkesProblem.Record(600, Array.Empty<double>()), seed: 12);
        foreach (string unit in trio.Units)
        {
            TimeRescalingResult result = TimeRescaling.Test(trio, drawn, unit);
            Assert.True(result.Rescaled.Intervals.Length > 200);
            Assert.True(result.KolmogorovSmirnov.PValue > 1e-3, result.ToString());
        }
    }

    // A spike of b silences a for tens of milliseconds; afterwards the rate recovers, which a bound by the present rate would miss.
    [Fact]
    public void Simulate_DeepInhibition_FollowsTheRecovery()
    {
        SoftplusHawkesModel model = new(
            ["a", "b"], [40, 5], [30.0], new[, ,] { { { 0.0 }, { -20 } }, { { 0.0 }, { 0 } } }, softness: 1);
        Recording drawn = model.Simulate(HawkesProblem.Record(150, Array.Empty<double>()), seed: 2);
        Assert.True(TimeRescaling.Test(model, drawn, "a").KolmogorovSmirnov.PValue > 1e-3);
        double expected = model.Compensate(drawn, "a").Segments[0].AtEnd;
        StatisticalAssert.WithinStandardErrors(drawn["a"].Count, expected, Math.Sqrt(expected));
        Assert.True(expected < 0.8 * 40 * 150);
        Assert.Equal(drawn["a"].Times.ToArray(), model.Simulate(HawkesProblem.Record(150, Array.Empty<double>()), seed: 2)["a"].Times.ToArray());
    }

    [Fact]
    public void Simulate_ExplosiveOrCancelled_Stops()
    {
        RunawayException error = Assert.Throws<RunawayException>(
            () => new SoftplusHawkesModel("a", 100, 3, 1000, 1).Simulate(HawkesProblem.Record(100, Array.Empty<double>()), 1, new CancellationToken(canceled: false)));
        Assert.Contains("ran away", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Rate, 1e5, 2e5);
        Assert.Throws<OperationCanceledException>(() => trio.Simulate(HawkesProblem.Record(100, Array.Empty<double>()), 1, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Create_NonsenseOfEveryKind_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new SoftplusHawkesModel("a", double.NaN, 0, 1, 1));
        Assert.Throws<ArgumentException>(() => new SoftplusHawkesModel("a", 1, double.PositiveInfinity, 1, 1));
        Assert.Throws<ArgumentException>(() => new SoftplusHawkesModel("a", 1, 0, 0, 1));
        Assert.Throws<ArgumentException>(() => new SoftplusHawkesModel("a", 1, 0, 1, 0));
        Assert.Throws<ArgumentException>(() => new SoftplusHawkesModel(["a", "a"], [1, 1], [1.0], new double[2, 2, 1], 1));
        Assert.Throws<ArgumentException>(() => new SoftplusHawkesModel(["a", "b"], [1], [1.0], new double[2, 2, 1], 1));
        Assert.Throws<ArgumentException>(() => new SoftplusHawkesModel(["a"], [1], [1.0], new double[1, 1, 2], 1));
        Assert.Throws<UnknownUnitException>(() => trio.Compensate(HawkesProblem.Tied(1), "x"));
    }

    private static SoftplusHawkesModel WithSoftness(double softness) => new(trio.Units, trio.Baselines, trio.Decays, Couplings(trio), softness);

    private static double[,,] Couplings(SoftplusHawkesModel model)
    {
        double[,,] branching = new double[3, 3, 2];
        for (int i = 0; i < branching.Length; i++) branching[i / 6, i / 2 % 3, i % 2] = model.Branching(i / 6, i / 2 % 3, i % 2);
        return branching;
    }

    private static double Rate(SoftplusHawkesModel model, Recording recording, TimeInterval interval, int target, double time)
    {
        double drive = model.Baselines[target];
        for (int j = 0; j < model.Units.Count; j++)
        {
            foreach (double past in recording[model.Units[j]].TimesIn(interval))
            {
                if (past >= time) break;
                for (int u = 0; u < model.Decays.Count; u++) drive += model.Branching(target, j, u) * model.Decays[u] * Math.Exp(-model.Decays[u] * (time - past));
            }
        }

        double z = drive / model.Softness;
        return model.Softness * (z > 0 ? z + Math.Log(1 + Math.Exp(-z)) : MathNet.Numerics.SpecialFunctions.Log1p(Math.Exp(z)));
    }
}
