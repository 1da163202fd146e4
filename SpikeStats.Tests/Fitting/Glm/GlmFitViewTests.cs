using System.Data;
using System.Xml.Linq;
using SpikeStats.Fitting.Glm;
using SpikeStats.Models.Bases;
using SpikeStats.Plotting;
using SpikeStats.RandomStreams;

namespace SpikeStats.Tests.Fitting.Glm;

/// <summary>The tables, figures and HTML of a fit.</summary>
public sealed class GlmFitViewTests
{
    private static readonly TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(0, 10), new TimeInterval(12, 20));
    private static readonly Lazy<(Recording Recording, GlmFit Fit)> fitted = new(Fit);

    // Second route: for a term of one coefficient, Wald's test is the square of z, and its χ² p-value the normal one of z.
    [Fact]
    public void ToDataTable_TermOfOneCoefficient_AgreesWithItsWaldTest()
    {
        GlmFit fit = fitted.Value.Fit;
        DataTable table = fit.ToDataTable();
        Assert.Equal(fit.CoefficientNames, table.Rows.Cast<DataRow>().Select(row => (string)row["coefficient"]));
        DataRow row = table.Rows.Cast<DataRow>().Single(row => (string)row["term"] == "coupling:b");
        WaldTest wald = fit.Term("coupling:b").Wald;
        Assert.Equal(wald.Statistic, Math.Pow((double)row["z"], 2), 9);
        Assert.Equal(wald.PValue, (double)row["pValue"], 9);
        Assert.Equal(2 * 1.96 * (double)row["standardError"], (double)row["upper"] - (double)row["lower"], 12);
    }

    [Fact]
    public void PlotFilters_Fit_HasARowOfPanelsPerFilter()
    {
        Figure figure = fitted.Value.Fit.PlotFilters();
        Assert.Equal(4, figure.Panels.Count);
        Assert.Equal(["history", "coupling:b"], figure.Panels.Select(panel => panel.Title).Where(title => title.Length > 0));
        XDocument.Parse(figure.ToSvg());
    }

    [Fact]
    public void PlotIntensity_AcrossAGap_IsInterruptedAndWithinTheWindow()
    {
        (Recording recording, GlmFit fit) = fitted.Value;
        Figure figure = fit.PlotIntensity(recording, new TimeInterval(9.9, 12.2));
        string svg = figure.ToSvg();
        XDocument.Parse(svg);
        Assert.Contains("Window 9.9 to 12.2", figure.Caption.Replace('\u00a0', ' '), StringComparison.OrdinalIgnoreCase);
        XElement[] lines = [.. XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == "path" && (string?)element.Attribute("stroke") == Palette.Blue.ToString())];
        Assert.Equal(2, Assert.Single(lines).Attribute("d")!.Value.Count(letter => letter == 'M'));
    }

    [Fact]
    public void ToHtml_Fit_SaysHowItEndedAndWhatItFound()
    {
        GlmFit fit = fitted.Value.Fit;
        XElement html = XElement.Parse($"<div>{fit.ToHtml()}</div>");
        Assert.Contains(fit.Certificate.Message, html.Value, StringComparison.Ordinal);
        Assert.Contains("coupling:b", html.Value, StringComparison.Ordinal);
        Assert.Contains("bits per spike", html.Value, StringComparison.Ordinal);
        Assert.Equal(1, fit.Certificate.ToDataTable().Rows.Count);
        Assert.Equal(fit.Certificate.Rank, fit.Certificate.ToDataTable().Rows[0]["rank"]);
    }

    [Fact]
    public void PlotFilters_ConstantRate_HasNoPanel()
    {
        GlmFit constant = new GlmSpecification { Target = "a" }.Fit(fitted.Value.Recording);
        Assert.Empty(constant.PlotFilters().Panels);
        XElement.Parse($"<div>{constant.ToHtml()}</div>");
    }

    private static (Recording, GlmFit) Fit()
    {
        RandomStream random = new(6);
        double[] Draw(double probability) => [.. Enumerable.Range(0, 20_000).Where(_ => random.NextDouble() < probability).Select(bin => (bin + 0.5) * 0.001).Where(observed.Contains)];
        Recording recording = Recording.FromTrains([SpikeTrain.FromSorted(Draw(0.04), observed, "a"), SpikeTrain.FromSorted(Draw(0.03), observed, "b")]);
        GlmSpecification specification = new()
        {
            Target = "a",
            Terms = [new HistoryTerm(new RaisedCosineLogBasis(4, 0.05)), new CouplingTerm("b", new WindowBasis(0.001, 0.011))],
        };
        return (recording, specification.Fit(recording));
    }
}
