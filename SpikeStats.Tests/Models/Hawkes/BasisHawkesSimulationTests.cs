using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Hawkes;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Hawkes;

public sealed class BasisHawkesSimulationTests
{
    // A kernel that peaks late, one with a silent window in front, and none.
    private static readonly BasisHawkesModel windows = new(
        ["a", "b"], [2, 1], new WindowBasis(0.005, 0.02, 0.1, 0.15), new[, ,] { { { 1, 0.5, 5 }, { 4, 1, 0 } }, { { 0.0, 4, 0 }, { 0, 0, 2 } } });

    private static readonly BasisHawkesModel cosines = new(
        ["a", "b"], [2, 1], new RaisedCosineLogBasis(4, 0.3), new[, ,] { { { 4, 1, 1, 2 }, { 0, 1, 0, 0 } }, { { 2, 3, 1.0, 0 }, { 0, 0, 0, 1 } } });

    public static TheoryData<bool, bool> Routes => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    private static Recording Conditions { get; } = Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.FromSorted(new TimeInterval(0, 900), new TimeInterval(1000, 2500)))]);

    // A count over a time T much longer than the memory has the mean (I - A)^-1 mu T; its standard deviation is at most sqrt(mean)/(1 - rho). Four standard errors, eight
    // numbers: false-alarm rate below 5.1e-4.
    [Theory]
    [MemberData(nameof(Routes))]
    public void Simulate_ByEitherRoute_HasTheStationaryRates(bool byClusters, bool onCosines)
    {
        BasisHawkesModel model = onCosines ? cosines : windows;
        Recording drawn = Draw(model, byClusters, seed: 11);
        double[] rates = model.MeanRates();
        double factor = 1 / (1 - model.SpectralRadius);
        for (int unit = 0; unit < 2; unit++)
        {
            double expected = rates[unit] * Conditions.Observed.Duration;
            StatisticalAssert.WithinStandardErrors(drawn[unit].Count, expected, factor * Math.Sqrt(expected));
        }
    }

    // Time rescaling by the model itself: every p-value is uniform, the smallest of eight exceeds 1e-3 with probability 0.992.
    [Theory]
    [MemberData(nameof(Routes))]
    public void Simulate_ByEitherRoute_PassesTimeRescaling(bool byClusters, bool onCosines)
    {
        BasisHawkesModel model = onCosines ? cosines : windows;
        Recording drawn = Draw(model, byClusters, seed: 12);
        foreach (string unit in model.Units)
        {
            TimeRescalingResult result = TimeRescaling.Test(model, drawn, unit);
            Assert.True(result.KolmogorovSmirnov.PValue > 1e-3, result.ToString());
        }
    }

    // The score of the true model has mean zero and, along any direction, the variance of the information: for the log-likelihood as a function of one weight,
    // -L''. Four standard errors, both routes and two weights: false-alarm rate 2.5e-4.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Simulate_ByEitherRoute_HasNoScoreAtTheTruth(bool byClusters)
    {
        Recording drawn = Draw(windows, byClusters, seed: 13);
        foreach ((int target, int source, int function) in (ReadOnlySpan<(int, int, int)>)[(0, 0, 2), (1, 0, 1)])
        {
            double at = windows.Weight(target, source, function), step = 1e-3 * at;
            double LogLikelihood(double weight)
            {
                double[,,] weights = new double[2, 2, 3];
                for (int i = 0; i < 12; i++) weights[i / 6, i / 3 % 2, i % 3] = windows.Weight(i / 6, i / 3 % 2, i % 3);
                weights[target, source, function] = weight;
                return new BasisHawkesModel(windows.Units, windows.Baselines, windows.Basis, weights).LogLikelihood(drawn);
            }

            double up = LogLikelihood(at + step), middle = LogLikelihood(at), down = LogLikelihood(at - step);
            StatisticalAssert.WithinStandardErrors((up - down) / (2 * step), 0, Math.Sqrt(((2 * middle) - up - down) / (step * step)));
        }
    }

    [Fact]
    public void Simulate_SameSeed_GivesTheSameSpikesAndAnotherOthers()
    {
        Assert.Equal(cosines.Simulate(Conditions, 3)["a"].Times, cosines.Simulate(Conditions, 3)["a"].Times);
        Assert.Equal(cosines.SimulateClusters(Conditions, 3)["a"].Times, cosines.SimulateClusters(Conditions, 3)["a"].Times);
        Assert.NotEqual(cosines.Simulate(Conditions, 3)["a"].Times.ToArray(), cosines.Simulate(Conditions, 4)["a"].Times.ToArray());
    }

    // Without a baseline all spikes descend from two spikes before the interval, whose children come after its start with probability 0.75 and 0.25 of 0.5 each: 0.5 immigrants of
    // 1/(1 - 0.5) spikes each. Variance of a total progeny 0.5/0.125 = 4, per immigrant 4 + 4. Four standard errors of the mean over 2000 intervals.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Simulate_OnlySpikesFromBefore_HasTheirProgeny(bool byClusters)
    {
        BasisHawkesModel model = new("a", 0, new WindowBasis(0, 0.4), [1.25]) { InitialSpikes = [[0.1, 0.3]] };
        TimeIntervals observed = TimeIntervals.FromSorted([.. Enumerable.Range(0, 2000).Select(i => new TimeInterval(i * 30, (i * 30) + 20))]);
        Recording conditions = Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), observed)]);
        Recording drawn = byClusters ? model.SimulateClusters(conditions, 21) : model.Simulate(conditions, 21);
        StatisticalAssert.WithinStandardErrors(drawn["a"].Count / 2000.0, 1, Math.Sqrt(0.5 * 8 / 2000));
    }

    [Fact]
    public void Simulate_ExplosiveModel_SaysThatItRanAway()
    {
        // With kernels of 20 ms a bound far above 10^5 Hz would never be reached: each candidate looks at all spikes within the support.
        BasisHawkesModel model = new("a", 100, new WindowBasis(0, 0.02), [150]);
        RunawayException error = Assert.Throws<RunawayException>(() => model.Simulate(HawkesProblem.Record(100, Array.Empty<double>()), 1));
        Assert.Contains("spectral radius 3", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Rate, 1e5, 2e5);
    }

    [Fact]
    public void Simulate_Cancelled_Stops()
    {
        Assert.Throws<OperationCanceledException>(() => windows.Simulate(Conditions, 1, new CancellationToken(canceled: true)));
        Assert.Throws<OperationCanceledException>(() => windows.SimulateClusters(Conditions, 1, new CancellationToken(canceled: true)));
    }

    private static Recording Draw(BasisHawkesModel model, bool byClusters, ulong seed) => byClusters ? model.SimulateClusters(Conditions, seed) : model.Simulate(Conditions, seed);
}
