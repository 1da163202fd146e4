using SpikeStats.Models.Glm;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Models.Stability;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Stability;

public sealed class QuasiRenewalTests
{
    private const double BinWidth = 0.001;

    [Fact]
    public void RefractoryUnit_IsARenewalProcess_InClosedForm()
    {
        // Five silent bins, then a constant hazard: the mean interval is 5 + 1/p bins whatever earlier spikes do.
        GlmModel model = Unit(80, [.. Enumerable.Repeat(double.NegativeInfinity, 5)]);
        double expected = 1 / (BinWidth * (5 + (1 / (1 - Math.Exp(-80 * BinWidth)))));
        StatisticalAssert.Close(expected, QuasiRenewal.RenewalRate(model, 0), relative: 1e-12);
        StatisticalAssert.Close(expected, QuasiRenewal.RenewalRate(model, 300), relative: 1e-12);
        QuasiRenewal verdict = QuasiRenewal.Of(model);
        Assert.Equal(StabilityVerdict.Stable, verdict.Verdict);
        StatisticalAssert.Close(expected, Assert.Single(verdict.StableRates), relative: 1e-9);
        Assert.Empty(verdict.UnstableRates);
    }

    [Fact]
    public void RenewalRate_EqualsTheSumOverIntervals()
    {
        double[] history = [-1, 0.5, 0.3, -0.2];
        GlmModel model = Unit(60, history);
        const double MeanRate = 45;

        // E[interval] = Σ n P(n), with the integral over earlier spikes added up for every bin anew.
        double mean = 0, survival = 1;
        for (int n = 1; n <= 5000; n++)
        {
            double earlier = history.Skip(n).Sum(gain => Math.Exp(gain) - 1) * BinWidth;
            double gain = n <= history.Length ? history[n - 1] : 0;
            double stays = Math.Exp(-BinWidth * Math.Exp(Math.Log(60) + gain + (MeanRate * earlier)));
            mean += n * survival * (1 - stays);
            survival *= stays;
        }

        StatisticalAssert.Close(1 / (mean * BinWidth), QuasiRenewal.RenewalRate(model, MeanRate), relative: 1e-10);
    }

    [Theory]
    [InlineData(30, -0.8, StabilityVerdict.Stable)]
    [InlineData(20, 0.4, StabilityVerdict.Fragile)]
    public void StableRate_IsThatOfASimulation(double baseline, double strength, StabilityVerdict expected)
    {
        GlmModel model = Unit(baseline, Decaying(strength));
        QuasiRenewal verdict = QuasiRenewal.Of(model);
        Assert.Equal(expected, verdict.Verdict);
        const double Duration = 400;
        double rate = Simulate(model, Duration, seed: 1) / Duration;

        // An approximation: 5 % beside four standard errors of the count, whose Fano factor stays below 4 here.
        Assert.True(Math.Abs(rate - verdict.StableRates[0]) < (0.05 * rate) + (4 * Math.Sqrt(4 * rate / Duration)), $"{rate} Hz, {verdict}");
    }

    [Fact]
    public void DivergentUnit_RunsAwayInSimulation_AndTheMessagePointsHere()
    {
        GlmModel model = Unit(60, Decaying(0.4));
        QuasiRenewal verdict = QuasiRenewal.Of(model);
        Assert.Equal(StabilityVerdict.Divergent, verdict.Verdict);
        Assert.Empty(verdict.StableRates);
        for (ulong seed = 1; seed <= 5; seed++)
        {
            RunawayException error = Assert.Throws<RunawayException>(() => Simulate(model, 100, seed));
            Assert.Contains(nameof(QuasiRenewal), error.Message, StringComparison.Ordinal);
            Assert.Equal("u", error.Unit);
            Assert.True(error.Rate > 500 && error.Time is > 0 and < 100, error.Message);
        }
    }

    [Fact]
    public void FragileUnit_BeyondItsThreshold_RunsAway()
    {
        // A driven start: the unit is given three times the threshold for 200 ms, then left alone with its own history.
        GlmModel model = Unit(20, Decaying(0.4)) with { SignalFilters = [new SignalFilter("push", 0, [1])] };
        QuasiRenewal verdict = QuasiRenewal.Of(model);
        double threshold = Assert.Single(verdict.UnstableRates);
        Assert.Contains("Fragile", verdict.ToString(), StringComparison.Ordinal);
        double[] push = new double[2000];
        push.AsSpan(0, 200).Fill(Math.Log(3 * threshold / verdict.StableRates[0]));
        Assert.Throws<RunawayException>(() => model.Simulate(Conditions(2, push), seed: 3));
        _ = model.Simulate(Conditions(2, new double[2000]), seed: 3);
    }

    [Fact]
    public void BadRequests_SayWhatIsWrong()
    {
        GlmModel model = Unit(20, Decaying(0.4));
        Assert.Throws<ArgumentOutOfRangeException>(() => QuasiRenewal.Of(model, 1000));
        Assert.Throws<ArgumentOutOfRangeException>(() => QuasiRenewal.Of(model, 0));
        Assert.Throws<ArgumentException>(() => QuasiRenewal.Of(model with { SpikeFilters = [new SpikeFilter("other", 1, [0.1])] }));
        Assert.Throws<ArgumentException>(() => QuasiRenewal.Of(model with { Observation = ObservationModel.PoissonSoftplus }));
        Assert.Throws<ArgumentException>(() => QuasiRenewal.Of(model with { Observation = ObservationModel.BernoulliProbit }));
    }

    // Figure 9C of Gerhard, Deger and Truccolo: refractory, then an excitatory rebound; the only stable rate is at the ceiling of the refractory period.
    [Fact]
    public void RefractoryUnitWithRebound_OnlyStableAtItsCeiling_IsDivergent_AndSimulationSaysSo()
    {
        GlmModel model = Unit(20, Rebound(1.2)) with { Observation = ObservationModel.Bernoulli };
        QuasiRenewal verdict = QuasiRenewal.Of(model);
        Assert.Equal(450, verdict.MaximalRate, 9);
        Assert.Equal(StabilityVerdict.Divergent, verdict.Verdict);

        // f crosses the diagonal once, between 499 Hz and the ceiling of 500 Hz that it never exceeds.
        Assert.True(QuasiRenewal.RenewalRate(model, 499) > 499);
        StatisticalAssert.Close(500, QuasiRenewal.RenewalRate(model, 1000), relative: 1e-9);
        RunawayException error = Assert.Throws<RunawayException>(() => Simulate(model, 60, 1));
        Assert.True(error.Rate is > 450 and <= 500, error.Message);

        // Told to go on, the simulation settles there: that is what "bounded by refractoriness" means.
        Recording run = new GlmPopulation([model]) { RateLimit = double.PositiveInfinity }.Simulate(Conditions(20, []), seed: 1);
        Assert.True(run["u"].Restrict(TimeIntervals.Of(10, 20)).Count / 10.0 is > 450 and <= 500);
    }

    [Fact]
    public void In_Recording_TakesUpTheMeanEffectOfSignalsAndOtherUnits()
    {
        GlmModel model = Unit(20, Decaying(0.2));
        GlmModel driven = model with { SignalFilters = [new SignalFilter("push", 0, [1])] };
        double[] push = new double[2000];
        push.AsSpan(0, 1000).Fill(Math.Log(3));

        // Half of the bins at three times the rate: twice the rate in the mean.
        Recording conditions = Recording.Merge(Conditions(2, push), Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, 2), "u")])).WithSignals(Conditions(2, push).Signals);
        QuasiRenewal expected = QuasiRenewal.Of(model with { Baseline = Math.Log(40) }), actual = QuasiRenewal.In(driven, conditions);
        Assert.Equal(expected.Verdict, actual.Verdict);
        StatisticalAssert.Close(expected.StableRates[0], actual.StableRates[0], relative: 1e-10);
        StatisticalAssert.Close(QuasiRenewal.Of(model).StableRates[0], QuasiRenewal.In(model, conditions).StableRates[0], relative: 1e-10);
    }

    [Fact]
    public void StrongDrive_IsNoRunaway()
    {
        // 2000 Hz are asked for, and the unit fires near the ceiling of its refractory period: nothing has run away.
        GlmModel model = Unit(2000, [double.NegativeInfinity]);
        Assert.True(Simulate(model, 5, 1) > 5 * 400);
        Assert.Throws<ArgumentOutOfRangeException>(() => new GlmPopulation([model]) { RateLimit = 0 });
    }

    private static GlmModel Unit(double baseline, double[] history) => new()
    {
        Unit = "u",
        BinWidth = BinWidth,
        Baseline = Math.Log(baseline),
        Edge = EdgePolicy.Zero,
        SpikeFilters = [new SpikeFilter("u", 1, history)],
    };

    private static double[] Decaying(double strength) => [.. Enumerable.Range(1, 150).Select(lag => strength * Math.Exp(-lag / 20.0))];

    // Silent for a bin, refractory for some more, then excited for some tens of milliseconds.
    private static double[] Rebound(double strength) =>
        [double.NegativeInfinity, .. Enumerable.Range(2, 199).Select(lag => (-3 * Math.Exp(-lag / 3.0)) + (strength * Math.Exp(-lag / 40.0)))];

    private static int Simulate(GlmModel model, double duration, ulong seed) => model.Simulate(Conditions(duration, []), seed)["u"].Count;

    private static Recording Conditions(double duration, double[] push) => Recording.FromTrains(
        [SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, duration), "none")],
        signals: push.Length == 0 ? [] : [SampledSignal.Regular("push", push, 0, 1 / BinWidth)]);
}
