using SpikeStats.Cli.Reporting;
using SpikeStats.Fitting.Glm;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;

namespace SpikeStats.Tests.Cli.Reporting;

public sealed class ReportModelTests
{
    [Theory]
    [InlineData(100, 0.2)]
    [InlineData(0.5, 0.2)]
    [InlineData(0.3, 0.12)]
    [InlineData(0.01, 0.02)]
    public void HistoryBasis_ByLengthOfTheObservedIntervals_LeavesMostBins(double interval, double window)
    {
        TimeIntervals observed = TimeIntervals.FromSorted([.. Enumerable.Range(0, 5).Select(i => new TimeInterval(1000 * i, (1000 * i) + interval))]);
        ReportModel model = new(Recording.FromTrains([SpikeTrain.FromSorted(default, observed, "u")]), new ReportOptions());
        Assert.Equal(window, Assert.IsType<RaisedCosineLogBasis>(model.HistoryBasis).Window, 9);
    }

    // An absolute refractory period must have coefficients of its own.
    [Fact]
    public void HistoryBasis_Default_HasOneFunctionForTheFirstLags()
    {
        LagMatrix sampled = new ReportModel(ReportRecordings.Mixed(), new ReportOptions()).HistoryBasis.Sample(0.001, firstLag: 1);
        int[] last = [.. Enumerable.Range(0, sampled.ColumnCount).Select(column => Enumerable.Range(0, sampled.RowCount).Last(row => sampled[row, column] > 1e-9) + 1)];
        Assert.Equal(4, last[0]);
        Assert.True(last[1] > 4);
        Assert.Equal(last.Order(), last);
    }

    [Fact]
    public void For_Counts_AreBernoulliUnlessABinHoldsTwo()
    {
        TimeIntervals observed = TimeIntervals.Of(0, 10);
        SpikeTrain single = SpikeTrain.FromSorted(new[] { 0.001, 0.002, 5 }, observed, "single"), twin = SpikeTrain.FromSorted(new[] { 0.0011, 0.0012, 5 }, observed, "twin");
        ReportModel model = new(Recording.FromTrains([single, twin]), new ReportOptions());
        Assert.Same(ObservationModel.Bernoulli, model.For(single).Observation);
        Assert.Same(ObservationModel.Poisson, model.For(twin).Observation);
    }

    [Fact]
    public void For_Couplings_AreThoseOfTheMostActiveUnits()
    {
        Recording recording = ReportRecordings.Coupled();
        ReportModel model = new(recording, new ReportOptions { HasCouplings = true, MostCoupledUnits = 2 });
        Assert.Equal(recording.Units.Ids.OrderByDescending(unit => recording[unit].Count).Take(2).Order(StringComparer.Ordinal), model.CoupledUnits);
        string left = recording.Units.Ids.Single(unit => !model.CoupledUnits.Contains(unit));
        Assert.Empty(model.For(recording[left]).Terms.OfType<CouplingTerm>());
        Assert.Single(model.For(recording[model.CoupledUnits[0]]).Terms.OfType<CouplingTerm>());
    }

    [Theory]
    [InlineData(1000, 0.05, true)]
    [InlineData(60, 0.333, false)]
    [InlineData(2, 1, false)]
    public void StimulusBasis_Default_IsAsLongAsTheSignalIsSlow(double samplingRate, double window, bool isLogarithmic)
    {
        Recording recording = ReportRecordings.Mixed().WithSignals(SampledSignal.Regular("s", new double[100_000], 0, samplingRate));
        Basis basis = new ReportModel(recording, new ReportOptions()).StimulusBasis!;
        Assert.Equal(isLogarithmic, basis is RaisedCosineLogBasis);
        Assert.Equal(window, ((UnitIntervalBasis)basis).Window, 9);
    }
}
