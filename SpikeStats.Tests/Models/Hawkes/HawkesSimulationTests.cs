using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.Hawkes;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Hawkes;

public sealed class HawkesSimulationTests
{
    private static readonly HawkesModel pair = new(["a", "b"], [2, 1], [3.0, 25.0], new[, ,] { { { 0.2, 0.2 }, { 0.1, 0 } }, { { 0.3, 0 }, { 0.1, 0.2 } } });

    private static Recording Conditions { get; } = Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.FromSorted(new TimeInterval(0, 900), new TimeInterval(1000, 2500)))]);

    // A count over a time T much longer than the memory has the mean (I - A)^-1 mu T; its variance for one unit is mean/(1-n)^2, here bounded by
    // the largest such factor, 1/(1-rho)^2. Four standard errors, four numbers: false-alarm rate below 2.6e-4.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Simulate_ByEitherRoute_HasTheStationaryRates(bool byClusters)
    {
        Recording drawn = byClusters ? pair.SimulateClusters(Conditions, 11) : pair.Simulate(Conditions, 11);
        double[] rates = pair.MeanRates();
        double factor = 1 / (1 - pair.SpectralRadius);
        for (int unit = 0; unit < 2; unit++)
        {
            double expected = rates[unit] * Conditions.Observed.Duration;
            StatisticalAssert.WithinStandardErrors(drawn[unit].Count, expected, factor * Math.Sqrt(expected));
        }
    }

    // Time rescaling by the model itself: every p-value is uniform, the smallest of four exceeds 1e-3 with probability 0.996.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Simulate_ByEitherRoute_PassesTimeRescaling(bool byClusters)
    {
        Recording drawn = byClusters ? pair.SimulateClusters(Conditions, 12) : pair.Simulate(Conditions, 12);
        foreach (string unit in pair.Units)
        {
            TimeRescalingResult result = TimeRescaling.Test(pair, drawn, unit);
            Assert.True(result.KolmogorovSmirnov.PValue > 1e-3, result.ToString());
        }
    }

    [Fact]
    public void Simulate_SameSeed_GivesTheSameSpikesAndAnotherOthers()
    {
        Assert.Equal(pair.Simulate(Conditions, 3)["a"].Times, pair.Simulate(Conditions, 3)["a"].Times);
        Assert.NotEqual(pair.Simulate(Conditions, 3)["a"].Times.ToArray(), pair.Simulate(Conditions, 4)["a"].Times.ToArray());
    }

    // Without a baseline all spikes descend from the excitation at the start: e/β immigrants of 1/(1-n) spikes each, variance of a total
    // progeny n/(1-n)^3 plus that of the Poisson number of immigrants. Four standard errors of the mean over 400 intervals.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Simulate_OnlyExcitationFromBefore_HasItsProgeny(bool byClusters)
    {
        HawkesModel model = new("a", 0, 0.5, 10) { InitialExcitation = new[,] { { 30.0 } } };
        TimeIntervals observed = TimeIntervals.FromSorted([.. Enumerable.Range(0, 400).Select(i => new TimeInterval(i * 20, (i * 20) + 15))]);
        Recording conditions = Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), observed)]);
        Recording drawn = byClusters ? model.SimulateClusters(conditions, 21) : model.Simulate(conditions, 21);
        double variance = 3 * ((0.5 / 0.125) + 4);
        StatisticalAssert.WithinStandardErrors(drawn["a"].Count / 400.0, 6, Math.Sqrt(variance / 400));
    }

    [Fact]
    public void Simulate_ExplosiveModel_SaysThatItRanAway()
    {
        HawkesModel model = new("a", 100, 3, 1000);
        RunawayException error = Assert.Throws<RunawayException>(() => model.Simulate(HawkesProblem.Record(100, Array.Empty<double>()), 1, new CancellationToken(canceled: false)));
        Assert.Contains("spectral radius 3", error.Message, StringComparison.Ordinal);
        Assert.Equal("a", error.Unit);
        Assert.True(error.Rate > 1e5);

        // Growth at 2000 per second from 100 Hz: some milliseconds after the first spike.
        Assert.True(error.Time is > 0 and < 0.2, $"{error.Time}");
    }

    [Fact]
    public void Simulate_Cancelled_Stops() =>
        Assert.Throws<OperationCanceledException>(() => pair.Simulate(Conditions, 1, new CancellationToken(canceled: true)));
}
