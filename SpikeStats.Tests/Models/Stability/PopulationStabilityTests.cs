using SpikeStats.Models.Glm;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Models.Stability;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Stability;

public sealed class PopulationStabilityTests
{
    private const double BinWidth = 0.001;

    [Theory]
    [InlineData(30, -0.8, StabilityVerdict.Stable)]
    [InlineData(20, 0.4, StabilityVerdict.Fragile)]
    [InlineData(60, 0.4, StabilityVerdict.Divergent)]
    public void UncoupledUnits_AreJudgedAsEachAlone(double baseline, double strength, StabilityVerdict expected)
    {
        GlmModel model = Unit("a", baseline, ("a", strength)), calm = Unit("b", 15, ("b", -0.5));
        PopulationStability both = PopulationStability.Of(new GlmPopulation([model, calm]));
        QuasiRenewal alone = QuasiRenewal.Of(model);
        Assert.Equal(expected, alone.Verdict);
        Assert.Equal(expected, both.Verdict);
        Assert.Equal(expected == StabilityVerdict.Stable ? [] : ["a"], both.RunawayUnits);
        StatisticalAssert.Close(QuasiRenewal.Of(calm).StableRates[0], both.HighestRates[1], relative: 1e-9);
        if (expected != StabilityVerdict.Divergent) StatisticalAssert.Close(alone.StableRates[0], both.StableRates[0], relative: 1e-9);
    }

    [Fact]
    public void TwoPoissonUnitsThatExciteEachOther_SolveTheirEquation()
    {
        // Without post-spike filters f(A) is the hazard itself: A = (1 - exp(-Δ e^(b + A K))) / Δ for both.
        GlmModel[] pair = [Unit("a", 20, ("b", 0.35)), Unit("b", 20, ("a", 0.35))];
        PopulationStability verdict = PopulationStability.Of(new GlmPopulation(pair));
        Assert.Equal(StabilityVerdict.Fragile, verdict.Verdict);
        double excess = Decaying(0.35).Sum(gain => Math.Exp(gain) - 1) * BinWidth, rate = 0;
        for (int i = 0; i < 10_000; i++) rate = (1 - Math.Exp(-BinWidth * 20 * Math.Exp(rate * excess))) / BinWidth;
        StatisticalAssert.Close(rate, verdict.StableRates[0], relative: 1e-9);
        StatisticalAssert.Close(rate, verdict.StableRates[1], relative: 1e-9);
    }

    // Three cells: excitation in a ring, refractoriness, inhibition from the third on all. 5 % beside four standard errors of the count with a Fano factor below 4.
    [Fact]
    public void StableCircuit_RatesAreThoseOfASimulation()
    {
        GlmPopulation circuit = new([
            Unit("a", 20, ("a", -0.6), ("b", 0.15), ("c", -0.2)),
            Unit("b", 10, ("b", -0.4), ("a", 0.2), ("c", -0.2)),
            Unit("c", 8, ("c", -0.3), ("a", 0.15), ("b", 0.15))]);
        PopulationStability verdict = PopulationStability.Of(circuit);
        Assert.Equal(StabilityVerdict.Stable, verdict.Verdict);
        Assert.Contains("Stable", verdict.ToString(), StringComparison.Ordinal);
        const double Duration = 300;
        Recording run = circuit.Simulate(Conditions(Duration), seed: 3);
        for (int unit = 0; unit < 3; unit++)
        {
            double rate = run[unit].Count / Duration;
            Assert.True(Math.Abs(rate - verdict.StableRates[unit]) < (0.05 * rate) + (4 * Math.Sqrt(4 * rate / Duration)), $"unit {unit}: {rate} Hz; {string.Join(", ", verdict.StableRates)}");
        }
    }

    // Each is stable alone; together they run away: through the loop of couplings, which no verdict on one unit sees.
    [Fact]
    public void LoopOfStableUnits_RunsAway_AndSoDoesTheSimulation()
    {
        GlmModel[] loop = [Unit("a", 50, ("a", -0.1), ("b", 0.6)), Unit("b", 50, ("b", -0.1), ("a", 0.6))];
        foreach (GlmModel model in loop)
            Assert.Equal(StabilityVerdict.Stable, QuasiRenewal.Of(model with { SpikeFilters = [model.SpikeFilters[0]] }).Verdict);
        GlmPopulation population = new(loop);
        PopulationStability verdict = PopulationStability.Of(population);
        Assert.Equal(StabilityVerdict.Divergent, verdict.Verdict);
        Assert.Equal(["a", "b"], verdict.RunawayUnits);
        Assert.Contains("Divergent", verdict.ToString(), StringComparison.Ordinal);
        RunawayException error = Assert.Throws<RunawayException>(() => population.Simulate(Conditions(100), seed: 1));
        Assert.Contains(error.Unit, verdict.Units);
        Assert.Contains(nameof(PopulationStability), error.Message, StringComparison.Ordinal);
    }

    // Strong, slow self-inhibition: f falls five times as steeply as the diagonal rises, and undamped iterations would swing for ever.
    [Fact]
    public void StronglyAdaptingUnit_SettlesAtItsFixedPoint()
    {
        GlmModel model = Unit("a", 1000) with { SpikeFilters = [new SpikeFilter("a", 1, [.. Enumerable.Repeat(-0.05, 2000)])] };
        QuasiRenewal alone = QuasiRenewal.Of(model);
        PopulationStability verdict = PopulationStability.Of(new GlmPopulation([model]));
        Assert.Equal(StabilityVerdict.Stable, verdict.Verdict);
        StatisticalAssert.Close(Assert.Single(alone.StableRates), verdict.StableRates[0], relative: 1e-9);
    }

    // Fed forward, not back: the second unit would be beyond its limit only while the first is driven there, which does not last.
    [Fact]
    public void StrongFeedForward_IsStable()
    {
        GlmPopulation chain = new([Unit("a", 20, ("a", -0.5)), Unit("b", 5, ("b", -0.2), ("a", 0.8))]);
        Assert.Equal(StabilityVerdict.Stable, PopulationStability.Of(chain).Verdict);
        _ = chain.Simulate(Conditions(50), seed: 2);
    }

    [Fact]
    public void BadRequests_SayWhatIsWrong()
    {
        Assert.Throws<ArgumentException>(() => PopulationStability.Of(new GlmPopulation([Unit("a", 20, ("b", 0.2))])));
        Assert.Throws<ArgumentException>(() => PopulationStability.Of(new GlmPopulation([Unit("a", 20, ("a", 0.2)) with { Observation = ObservationModel.PoissonSoftplus }])));
    }

    private static GlmModel Unit(string unit, double baseline, params (string Source, double Strength)[] filters) => new()
    {
        Unit = unit,
        BinWidth = BinWidth,
        Baseline = Math.Log(baseline),
        Edge = EdgePolicy.Zero,
        SpikeFilters = [.. filters.Select(filter => new SpikeFilter(filter.Source, 1, Decaying(filter.Strength)))],
    };

    private static double[] Decaying(double strength) => [.. Enumerable.Range(1, 150).Select(lag => strength * Math.Exp(-lag / 20.0))];

    private static Recording Conditions(double duration) => Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, duration), "none")]);
}
