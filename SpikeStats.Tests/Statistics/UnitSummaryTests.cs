using System.Data;
using System.Text.Json;
using SpikeStats.Statistics;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Statistics;

public sealed class UnitSummaryTests
{
    [SkippableFact]
    public void Of_GrasshopperReceptor_EqualsReference()
    {
        JsonElement reference = ReferenceFile.Read("statistics-recordings").GetProperty("grasshopper");
        UnitSummary summary = UnitSummary.Of(TestTrains.Grasshopper());
        Assert.Equal(reference.Number("n"), summary.SpikeCount);
        StatisticalAssert.Close(reference.Number("first"), summary.FirstSpike, relative: 1e-12);
        StatisticalAssert.Close(reference.Number("last"), summary.LastSpike, relative: 1e-12);
        StatisticalAssert.Close(reference.Number("rate"), summary.Rate, relative: 1e-12);
        StatisticalAssert.Close(reference.Number("isiMean"), summary.IsiMean, relative: 1e-8);
        StatisticalAssert.Close(reference.Number("isiSd"), summary.IsiStandardDeviation, relative: 1e-8);
        StatisticalAssert.Close(reference.Number("isiCv"), summary.IsiCv, relative: 1e-8);
        StatisticalAssert.Close(reference.Number("isiMin"), summary.IsiMin, relative: 1e-10);
        StatisticalAssert.Close(reference.Number("isiMedian"), summary.IsiMedian, relative: 1e-10);
        Assert.Equal(0, summary.RefractoryViolations.Count);
    }

    [Fact]
    public void Of_EmptyTrain_IsNaNWhereUndefined()
    {
        UnitSummary summary = UnitSummary.Of(TestTrains.On(10));
        Assert.Equal(0, summary.SpikeCount);
        Assert.Equal(0, summary.Rate);
        Assert.All(
            (double[])[summary.FirstSpike, summary.LastSpike, summary.IsiMean, summary.IsiStandardDeviation, summary.IsiCv, summary.IsiMedian, summary.IsiMin, summary.Cv2, summary.Lv, summary.RefractoryViolations.Fraction],
            value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void Table_OfRecording_HasOneRowPerUnitInOrder()
    {
        Recording recording = Recording.FromTrains(Enumerable.Range(0, 5).Select(unit => TestTrains.Poisson((ulong)unit, 5, 20, $"unit {unit}")));
        UnitSummaryTable summaries = UnitSummaryTable.Of(recording);
        DataTable table = summaries.ToDataTable();
        Assert.Equal(5, table.Rows.Count);
        for (int unit = 0; unit < 5; unit++)
        {
            Assert.Equal(UnitSummary.Of(recording[unit]), summaries[unit]);
            Assert.Equal($"unit {unit}", table.Rows[unit]["unit"]);
            Assert.Equal(summaries[unit].IsiCv, table.Rows[unit]["isiCv"]);
            Assert.Equal(summaries[unit].RefractoryViolations.Count, table.Rows[unit]["refractoryViolations"]);
        }
    }
}
