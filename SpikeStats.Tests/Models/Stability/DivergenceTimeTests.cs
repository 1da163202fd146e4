using SpikeStats.Models.Glm;
using SpikeStats.Models.Stability;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Stability;

public sealed class DivergenceTimeTests
{
    private const double BinWidth = 0.001;

    // The bin after any spike expects 2·10⁵ spikes: escape is the first spike, geometric with p = 1 - e^(-λΔ), seen one bin later. The 95 % interval and four
    // standard errors (of a mean of 100 exponential times, a tenth each) cover it.
    [Fact]
    public void ExplosiveUnit_EscapesWithItsFirstSpike()
    {
        GlmModel model = Unit(2, [18.4]);
        DivergenceTime time = DivergenceTime.Of(model, Conditions(50), runCount: 100, seed: 4);
        Assert.Equal(100, time.Times.Count);
        double expected = BinWidth / (1 - Math.Exp(-2 * BinWidth));
        StatisticalAssert.WithinStandardErrors(time.Mean, expected, expected / 10);
        Assert.True(time.Low < expected && expected < time.High, time.ToString());
        StatisticalAssert.Close(Math.Exp(-1), time.Survival(time.Mean).Estimate, 1e-12);

        // Most runs are cut at 0.2 s: the mean is the same, from those that escape before.
        DivergenceTime cut = DivergenceTime.Of(model, Conditions(0.2), runCount: 400, seed: 5);
        Assert.InRange(cut.Times.Count, 80, 180);
        StatisticalAssert.WithinStandardErrors(cut.Mean, expected, expected / Math.Sqrt(cut.Times.Count));
    }

    // A fragile unit escapes at a rate that does not depend on how long the runs are, to within both uncertainties.
    [Fact]
    public void FragileUnit_ShortAndLongRuns_Agree()
    {
        GlmModel model = Unit(20, [.. Enumerable.Range(1, 150).Select(lag => 0.45 * Math.Exp(-lag / 20.0))]);
        Assert.Equal(StabilityVerdict.Fragile, QuasiRenewal.Of(model).Verdict);
        DivergenceTime brief = DivergenceTime.Of(model, Conditions(10), runCount: 150, seed: 1), lengthy = DivergenceTime.Of(model, Conditions(60), runCount: 40, seed: 2);
        Assert.True(brief.Times.Count > 10 && lengthy.Times.Count > 10, $"{brief} {lengthy}");
        double error = Math.Sqrt((1.0 / brief.Times.Count) + (1.0 / lengthy.Times.Count));
        StatisticalAssert.WithinStandardErrors(Math.Log(brief.Mean / lengthy.Mean), 0, error);
    }

    [Fact]
    public void StableUnit_NoEscape_BoundsTheMeanFromBelow()
    {
        DivergenceTime time = DivergenceTime.Of(Unit(20, [-2]), Conditions(10), runCount: 5);
        Assert.Empty(time.Times);
        Assert.Equal(50, time.TimeAtRisk, 9);
        Assert.Equal(double.PositiveInfinity, time.Mean);
        StatisticalAssert.Close(50 / 3.688879454, time.Low, relative: 1e-9);
        Assert.Equal(1, time.Survival(1).Estimate);
        Assert.Contains("None of 5", time.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void BadRequests_SayWhatIsWrong()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => DivergenceTime.Of(Unit(20, [-2]), Conditions(1), runCount: 0));
        Assert.Throws<OperationCanceledException>(() => DivergenceTime.Of(Unit(20, [-2]), Conditions(1), cancellationToken: new CancellationToken(canceled: true)));
    }

    private static GlmModel Unit(double baseline, double[] history) => new()
    {
        Unit = "u",
        BinWidth = BinWidth,
        Baseline = Math.Log(baseline),
        Edge = EdgePolicy.Zero,
        SpikeFilters = [new SpikeFilter("u", 1, history)],
    };

    private static Recording Conditions(double duration) => Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, duration), "none")]);
}
