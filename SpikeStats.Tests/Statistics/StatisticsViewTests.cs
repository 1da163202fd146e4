using System.Data;
using System.Xml.Linq;
using SpikeStats.Plotting;
using SpikeStats.Statistics;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Statistics;

/// <summary>The tables, figures and HTML of the statistics: well formed, and with the numbers that were asked for.</summary>
public sealed class StatisticsViewTests
{
    private static readonly SpikeTrain train = TestTrains.Poisson(21, 20, 30, "a<b");
    private static readonly SpikeTrain other = TestTrains.Poisson(22, 15, 30, "c");

    public static TheoryData<string> Names => [.. Results().Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void ToHtml_Result_IsWellFormed(string name)
    {
        object result = Results()[name];
        string html = (string)result.GetType().GetMethod("ToHtml", Type.EmptyTypes)!.Invoke(result, null)!;
        XElement parsed = XElement.Parse($"<div>{html}</div>");
        Assert.True(parsed.Elements().Any());
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

    [Fact]
    public void InterspikeIntervals_Table_HasThemAll()
    {
        InterspikeIntervals intervals = InterspikeIntervals.Of(train);
        DataRow[] rows = [.. intervals.ToDataTable().Rows.Cast<DataRow>()];
        Assert.Equal(intervals.ToArray(), rows.Select(row => (double)row["interval"]));
        Assert.Equal(train.Times[..^1].ToArray(), rows.Select(row => (double)row["time"]));
    }

    [Fact]
    public void InterspikeIntervals_Caption_AccountsForEveryInterval()
    {
        string caption = InterspikeIntervals.Of(train).Plot().Caption.Replace('\u00a0', ' ');
        int[] numbers = [.. System.Text.RegularExpressions.Regex.Matches(caption, @"(\d+) intervals?").Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.Equal(train.Count - 1, numbers.Sum());
    }

    [Fact]
    public void UnitSummary_Row_IsThatOfTheTable()
    {
        UnitSummaryTable table = UnitSummaryTable.Of(Recording.FromTrains([other, train]));
        Assert.Equal(table.ToDataTable().Rows[1].ItemArray, table[1].ToDataTable().Rows[0].ItemArray);
    }

    [Theory]
    [InlineData(CorrelogramScale.Count, "Pairs of spikes")]
    [InlineData(CorrelogramScale.Rate, "Pairs per second")]
    [InlineData(CorrelogramScale.ConditionalIntensity, "Rate of the target (spikes/s)")]
    [InlineData(CorrelogramScale.Coefficient, "Correlation coefficient")]
    public void Correlogram_Axis_NamesTheScale(CorrelogramScale scale, string label) =>
        Assert.Equal(label, Correlogram.Cross(train, other).Plot(scale).Panels[0].Y.Label);

    [Fact]
    public void Correlogram_Heading_NamesTheUnits()
    {
        Assert.Equal("a<b → c", Correlogram.Cross(train, other).Plot().Title);
        Assert.Equal("Unit c", Correlogram.Auto(other).Plot().Title);
        Assert.Contains("does not meet itself", Correlogram.Auto(other).Plot().Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void PeristimulusHistogram_OneEvent_HasNoBand()
    {
        TimeInterval window = new(0, 1);
        Assert.DoesNotContain("band", PeristimulusHistogram.Of(train, [3.0], window, 0.1).Plot().Caption, StringComparison.Ordinal);
        Assert.Contains("1.96 standard errors", PeristimulusHistogram.Of(train, [3.0, 5.0], window, 0.1).Plot().Caption, StringComparison.Ordinal);
    }

    private static Dictionary<string, object> Results()
    {
        BinGrid grid = new(train.Observed, 0.001);
        SampledSignal signal = SampledSignal.Regular("light", Enumerable.Range(0, 3000).Select(i => Math.Sin(i)).ToArray(), 0, 100);
        return new Dictionary<string, object>
        {
            ["intervals"] = InterspikeIntervals.Of(train),
            ["no intervals"] = InterspikeIntervals.Of(TestTrains.On(5, 1)),
            ["interval histogram"] = InterspikeIntervals.Of(train).Histogram(new HistogramBins(0, 0.005, 40)),
            ["autocorrelogram"] = Correlogram.Auto(train),
            ["correlogram of nothing"] = Correlogram.Auto(TestTrains.On(5)),
            ["psth"] = PeristimulusHistogram.Of(train, [1.0, 2, 3], new TimeInterval(-0.5, 1), 0.05),
            ["sta"] = SpikeTriggeredAverage.Of(train, signal, grid, 40),
            ["spectrum"] = SpikeSpectrum.Multitaper(train),
            ["summary"] = UnitSummary.Of(train),
            ["summaries"] = UnitSummaryTable.Of(Recording.FromTrains([train, other])),
            ["distances"] = VictorPurpura.Distances([train, other], 10),
            ["train"] = train,
            ["recording"] = Recording.FromTrains([train, other]).WithSignals(signal),
            ["empty recording"] = Recording.FromTrains([]),
        };
    }
}
