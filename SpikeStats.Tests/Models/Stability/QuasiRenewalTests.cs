using SpikeStats.Models.Glm;
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
            string message = Assert.Throws<InvalidOperationException>(() => Simulate(model, 100, seed)).Message;
            Assert.Contains(nameof(QuasiRenewal), message, StringComparison.Ordinal);
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
        Assert.Throws<InvalidOperationException>(() => model.Simulate(Conditions(2, push), seed: 3));
        _ = model.Simulate(Conditions(2, new double[2000]), seed: 3);
    }

    [Fact]
    public void BadRequests_SayWhatIsWrong()
    {
        GlmModel model = Unit(20, Decaying(0.4));
        Assert.Throws<ArgumentOutOfRangeException>(() => QuasiRenewal.Of(model, 1000));
        Assert.Throws<ArgumentOutOfRangeException>(() => QuasiRenewal.Of(model, 0));
        Assert.Throws<ArgumentException>(() => QuasiRenewal.Of(model with { SpikeFilters = [new SpikeFilter("other", 1, [0.1])] }));
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

    private static int Simulate(GlmModel model, double duration, ulong seed) => model.Simulate(Conditions(duration, []), seed)["u"].Count;

    private static Recording Conditions(double duration, double[] push) => Recording.FromTrains(
        [SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, duration), "none")],
        signals: push.Length == 0 ? [] : [SampledSignal.Regular("push", push, 0, 1 / BinWidth)]);
}
