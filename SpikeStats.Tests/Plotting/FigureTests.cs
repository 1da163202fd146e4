using System.Text.RegularExpressions;
using System.Xml.Linq;
using SpikeStats.Plotting;
using SpikeStats.Plotting.Layers;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Plotting;

public sealed partial class FigureTests
{
    public static TheoryData<string> GoldenNames => [.. ExampleFigures.Small.Keys];

    public static TheoryData<string> AllNames => ExampleFigures.Names;

    // Approved anew by running the tests with SPIKESTATS_APPROVE=1, after looking at the files.
    [Theory]
    [MemberData(nameof(GoldenNames))]
    public void ToSvg_Example_MatchesApprovedText(string name)
    {
        string path = Repository.PathOf("SpikeStats.Tests", "Plotting", "Golden", name + ".svg");
        string svg = ExampleFigures.Small[name].ToSvg();
        if (Environment.GetEnvironmentVariable("SPIKESTATS_APPROVE") == "1") File.WriteAllText(path, svg);
        string approved = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        Assert.True(
            svg == approved,
            $"The figure differs from SpikeStats.Tests/Plotting/Golden/{name}.svg. If the new one is right, run the tests once with SPIKESTATS_APPROVE=1. It is:\n{svg}");
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void ToSvg_AnyFigure_IsWellFormedAndFiniteAndRepeats(string name)
    {
        Figure figure = ExampleFigures.Named(name);
        string svg = figure.ToSvg();
        XElement root = XDocument.Parse(svg).Root!;
        Assert.Equal("img", (string?)root.Attribute("role"));
        Assert.Equal(svg, figure.ToSvg());
        foreach (XAttribute attribute in root.DescendantsAndSelf().Attributes().Where(attribute => attribute.Name.LocalName is not ("xmlns" or "style")))
            Assert.DoesNotMatch(NotANumber(), attribute.Value);
        XDocument.Parse(figure.ToHtml());
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void ToSvg_AnyFigure_NoTextCoversAnotherOrLeavesThePage(string name)
    {
        Figure figure = ExampleFigures.Named(name);
        List<TextBox> boxes = TextBox.All(XDocument.Parse(figure.ToSvg()).Root!, out double width, out double height);
        foreach (TextBox box in boxes)
            Assert.True(box.Left >= 0 && box.Top >= 0 && box.Right <= width && box.Bottom <= height, $"{name}: {box} leaves the page of {width} x {height}.");
        for (int i = 0; i < boxes.Count; i++)
        {
            for (int j = 0; j < i; j++) Assert.False(boxes[i].Overlaps(boxes[j]), $"{name}: {boxes[i]} covers {boxes[j]}.");
        }
    }

    [Fact]
    public void ToSvg_TitleAndCaption_AreAccessibleAndEscaped()
    {
        XElement root = XDocument.Parse(ExampleFigures.Strained["markup"].ToSvg()).Root!;
        XNamespace svg = root.Name.Namespace;
        Assert.Equal("]]> <svg>", root.Element(svg + "title")!.Value);
        Assert.Equal("a < b && c > d \ufffd", root.Element(svg + "desc")!.Value);
        Assert.Contains(root.Descendants(svg + "text"), text => text.Value == "<b> & \"c\" 'd' \ufffd \ufffd");
    }

    [Fact]
    public void ToHtml_Figure_HoldsDrawingAndCaptionOnce()
    {
        XElement html = XDocument.Parse(ExampleFigures.Small["psth"].ToHtml()).Root!;
        Assert.Equal("figure", html.Name.LocalName);
        Assert.Equal("svg", html.Elements().First().Name.LocalName);
        string caption = html.Element("figcaption")!.Value;
        Assert.StartsWith("2 trials; bin\u00a0100\u00a0ms; window −0.2 to 0.2\u00a0s", caption.Replace("bin ", "bin\u00a0", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.EndsWith("seed 7.", caption, StringComparison.Ordinal);
        Assert.DoesNotContain(html.Descendants().Where(element => element.Name.LocalName == "text"), text => text.Value.Contains("seed", StringComparison.Ordinal));
    }

    [Fact]
    public void Save_Twice_ReplacesTheFileAndLeavesNothingElse()
    {
        string folder = Directory.CreateTempSubdirectory("spikestats-figure-").FullName;
        try
        {
            string path = Path.Combine(folder, "figure.svg");
            ExampleFigures.Small["ks"].Save(path);
            ExampleFigures.Small["psth"].Save(path);
            Assert.Equal(ExampleFigures.Small["psth"].ToSvg(), File.ReadAllText(path));
            Assert.Equal([path], Directory.GetFiles(folder));
            Assert.Throws<ArgumentException>(() => ExampleFigures.Small["ks"].Save(Path.Combine(folder, "figure.png")));
            Assert.Throws<DirectoryNotFoundException>(() => ExampleFigures.Small["ks"].Save(Path.Combine(folder, "missing", "figure.svg")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void ToSvg_InvalidSizeOrPanel_Throws()
    {
        Figure figure = ExampleFigures.Small["ks"];
        Assert.Throws<ArgumentException>(() => (figure with { Size = default }).ToSvg());
        Assert.Throws<ArgumentException>(() => (figure with { Size = new FigureSize(double.NaN, 50) }).ToSvg());
        Assert.Throws<ArgumentException>(() => (figure with { Columns = 0 }).ToSvg());
        Assert.Throws<ArgumentException>(() => (figure with { Panels = [figure.Panels[0] with { Weight = 0 }] }).ToSvg());
    }

    [Fact]
    public void Raster_MoreSpikesThanCanBeSeen_IsThinnedAndSaysSo()
    {
        double[] times = [.. Enumerable.Range(0, 450_001).Select(i => i * 1e-6)];
        Figure thinned = RasterFigure.OfTrials([SpikeTrain.FromSorted(times, TimeIntervals.Of(0, 1))]);
        Assert.Contains("Of 450001 spikes one in 3 is drawn.", thinned.ToHtml(), StringComparison.Ordinal);
        Assert.DoesNotContain("is drawn", ExampleFigures.Small["raster-trials"].ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Line_ManyPointsPerColumn_IsReducedToTheSamePicture()
    {
        double[] x = [.. Enumerable.Range(0, 200_000).Select(i => i * 1e-5)];
        double[] y = [.. x.Select((_, i) => i % 7 == 3 ? 5.0 : i == 100_000 ? -40 : 1)];
        Figure figure = new() { Panels = [new Panel { X = new Axis("x"), Y = new Axis("y") { Lower = -50, Upper = 10 }, Layers = [new LineLayer(x, y)] }] };
        Figure sparse = figure with { Panels = [figure.Panels[0] with { Layers = [new LineLayer([0, 1, 1.99999], [5, -40, 1])] }] };
        Assert.InRange(figure.ToSvg().Length, 1000, 150_000);
        Assert.Equal(LowestPoint(sparse), LowestPoint(figure), 2);

        static double LowestPoint(Figure figure) => PathNumbers().Matches(figure.ToSvg().Split("<path")[1]).Max(match =>
            double.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
    }

    [GeneratedRegex("NaN|Infinity|∞|^[^#]*[0-9][eE][+-]?[0-9]|-0(?![.0-9])")]
    private static partial Regex NotANumber();

    [GeneratedRegex("[ML][0-9.]+ ([0-9.]+)")]
    private static partial Regex PathNumbers();
}
