using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Populations;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;

namespace SpikeStats.Tests.Fitting.Populations;

public sealed class PopulationCostTests
{
    // docs/design/0011 has the measured times of these problems.
    [Theory]
    [InlineData(10, 20, 100_000, 50, 1, PopulationMethod.MatrixFree)]
    [InlineData(10, 20, 100_000, 50, 8, PopulationMethod.MatrixFree)]
    [InlineData(20, 100, 100_000, 100, 8, PopulationMethod.Streamed)]
    [InlineData(40, 35, 100_000, 100, 1, PopulationMethod.MatrixFree)]
    [InlineData(50, 15.7, 600_000, 60, 50, PopulationMethod.MatrixFree)]
    [InlineData(120, 20, 100_000, 50, 1, PopulationMethod.MatrixFree)]
    public void Choice_IsTheFasterOnBothSidesOfTheCrossing(int units, double rate, int bins, int lags, int targets, PopulationMethod expected) =>
        Assert.Equal(expected, PopulationCost.Cheaper(Design(units, rate, bins, lags), targets));

    // Processor time per target of whole fits without standard errors, in nanoseconds: within a factor of 1.5, for the choice is between factors.
    [Theory]
    [InlineData(10, 19.6, 100_000, 50, 8, 6.2e7, 3.6e7)]
    [InlineData(40, 35.3, 100_000, 100, 8, 1.8e8, 1.9e8)]
    [InlineData(50, 15.7, 600_000, 60, 50, 6.3e8, 4.8e8)]
    public void Expectation_IsNearWhatWasMeasured(int units, double rate, int bins, int lags, int targets, double streamed, double matrixFree)
    {
        GlmDesign design = Design(units, rate, bins, lags);
        Assert.InRange(PopulationCost.Streamed(design, targets) / streamed, 1 / 1.5, 1.5);
        Assert.InRange(PopulationCost.MatrixFree(design, targets) / matrixFree, 1 / 1.5, 1.5);
    }

    [Fact]
    public void Signals_AreStreamed()
    {
        GlmDesign spikes = Design(120, 2, 100_000, 50);
        GlmDesign driven = spikes.With([spikes.Groups[0], new SignalColumns(1, new double[spikes.Grid.BinCount], new LagMatrix(0, 1, [1]))]);
        Assert.Equal(PopulationMethod.Streamed, PopulationCost.Cheaper(driven, 1));
    }

    // Regular spikes will do: only their number enters.
    private static GlmDesign Design(int units, double rate, int bins, int lags)
    {
        const int Functions = 5;
        int[] spikes = [.. Enumerable.Range(0, (int)(bins * rate / 1000)).Select(spike => (int)(spike * 1000 / rate))];
        LagMatrix basis = new(1, Functions, new double[lags * Functions]);
        return new GlmDesign(
            new BinGrid(TimeIntervals.Of(0, bins), 1),
            [CovariateColumns.Intercept(), .. Enumerable.Range(0, units).Select(unit => new SpikeColumns(1 + (unit * Functions), spikes, basis))],
            spikes, ObservationModel.Poisson, EdgePolicy.Zero);
    }
}
