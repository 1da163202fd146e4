using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Populations;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;

namespace SpikeStats.Tests.Fitting.Populations;

public sealed class PopulationCostTests
{
    // docs/design/0011 has measured times of problems like these.
    [Theory]
    [InlineData(10, 20, 1, PopulationMethod.MatrixFree)]
    [InlineData(10, 100, 8, PopulationMethod.Streamed)]
    [InlineData(40, 40, 8, PopulationMethod.Streamed)]
    [InlineData(40, 40, 40, PopulationMethod.Streamed)]
    [InlineData(120, 20, 1, PopulationMethod.MatrixFree)]
    [InlineData(120, 2, 8, PopulationMethod.MatrixFree)]
    public void Choice_IsTheFasterOnBothSidesOfTheCrossing(int units, double rate, int targets, PopulationMethod expected) =>
        Assert.Equal(expected, PopulationCost.Cheaper(Design(units, rate), targets));

    [Fact]
    public void Signals_AreStreamed()
    {
        GlmDesign spikes = Design(120, 2);
        GlmDesign driven = spikes.With([spikes.Groups[0], new SignalColumns(1, new double[spikes.Grid.BinCount], new LagMatrix(0, 1, [1]))]);
        Assert.Equal(PopulationMethod.Streamed, PopulationCost.Cheaper(driven, 1));
    }

    // Regular spikes will do: only their number enters.
    private static GlmDesign Design(int units, double rate)
    {
        const int Bins = 100_000, Lags = 50, Functions = 5;
        int interval = (int)(1000 / rate);
        int[] bins = [.. Enumerable.Range(0, Bins / interval).Select(spike => spike * interval)];
        LagMatrix basis = new(1, Functions, new double[Lags * Functions]);
        return new GlmDesign(
            new BinGrid(TimeIntervals.Of(0, Bins), 1),
            [CovariateColumns.Intercept(), .. Enumerable.Range(0, units).Select(unit => new SpikeColumns(1 + (unit * Functions), bins, basis))],
            bins, ObservationModel.Poisson, EdgePolicy.Zero);
    }
}
