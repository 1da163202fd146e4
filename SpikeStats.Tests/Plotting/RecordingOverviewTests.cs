using System.Xml.Linq;
using SpikeStats.Plotting;
using SpikeStats.Tests.Statistics;

namespace SpikeStats.Tests.Plotting;

public sealed class RecordingOverviewTests
{
    [Fact]
    public void ToHtml_Recording_HasItsNumbersAndItsNotes()
    {
        LoadReport report = new("text", "a&b.csv", [.. Enumerable.Range(0, 12).Select(i => new LoadNote(LoadNoteSeverity.Information, $"note {i}")), new LoadNote(LoadNoteSeverity.Warning, "times look like milliseconds")]);
        Recording recording = Recording.FromFlat(new UnitTable(["u", "v"]), [1, 2, 3], [0, 2, 3], TimeIntervals.Of(0, 10), loadReport: report);
        string text = XElement.Parse($"<div>{recording.ToHtml()}</div>").Value;
        Assert.Contains("a&b.csv (text)", text, StringComparison.Ordinal);
        Assert.Contains("10 s in 1 interval", text, StringComparison.Ordinal);
        Assert.Contains("3 more in the load report", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Excerpt_ManySpikes_HoldsAtMostAsManyAndNearlyThat()
    {
        Recording recording = Recording.FromTrains(Enumerable.Range(0, 5).Select(unit => TestTrains.Poisson((ulong)unit, 100, 60, $"{unit}")));
        Assert.Equal(recording.Observed.Span, RasterFigure.Excerpt(recording, (int)recording.SpikeCount));
        foreach (int most in (int[])[100, 1000, 10_000])
        {
            TimeInterval excerpt = RasterFigure.Excerpt(recording, most);
            int held = recording.Trains.Sum(train => train.TimesIn(excerpt).Length);
            Assert.InRange(held, most / 4, most);
            Assert.Equal(0, excerpt.Start);
            Assert.Contains(Math.Round(excerpt.Duration / Math.Pow(10, Math.Floor(Math.Log10(excerpt.Duration) + 1e-9)), 6), (double[])[1, 2, 5]);
        }
    }

    [Fact]
    public void HtmlTable_WithoutNames_HasNoHeader()
    {
        Assert.DoesNotContain("<thead", HtmlTable.Of(["", ""], [["a", "b"]]).ToHtml(), StringComparison.Ordinal);
        Assert.Contains("<thead", HtmlTable.Of(["", "x"], [["a", "b"]]).ToHtml(), StringComparison.Ordinal);
    }
}
