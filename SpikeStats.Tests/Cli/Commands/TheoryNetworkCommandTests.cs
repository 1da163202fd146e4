using System.Globalization;
using System.Text.Json;
using SpikeStats.Cli.Output;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

public sealed class TheoryNetworkCommandTests
{
    private const string TwoPopulations = """
        {
          "schema": "spikestats.model.network/1",
          "populations": [
            { "name": "E", "drives": [{ "inDegree": 1000, "weight": 0.0001, "rate": 40 }] },
            { "name": "I", "tau": 0.02, "threshold": 0.02, "reset": 0.01, "refractory": 0.002, "drives": [{ "inDegree": 1000, "weight": 0.0001, "rate": 40 }] }
          ],
          "projections": [
            { "target": "E", "source": "E", "inDegree": 1000, "weight": 0.0001, "delay": 0.0015 }, { "target": "E", "source": "I", "inDegree": 250, "weight": -0.0006, "delay": 0.0015 },
            { "target": "I", "source": "E", "inDegree": 1000, "weight": 0.0001, "delay": 0.0015 }, { "target": "I", "source": "I", "inDegree": 250, "weight": -0.0006, "delay": 0.0015 }
          ]
        }
        """;

    private static readonly string[] smallDiagram = ["theory", "network", "--diagram", "--g-axis", "4..6:2", "--eta-axis", "2..4:2"];

    public static TheoryData<int> Places => [.. Enumerable.Range(0, Reference.GetProperty("meanField").GetArrayLength())];

    public static TheoryData<int> Modes => [.. Enumerable.Range(0, Reference.GetProperty("stability").GetArrayLength())];

    public static TheoryData<string, string, string> BadNetworks => new()
    {
        { "\"source\": \"I\"", "\"source\": \"X\"", "'X', but there are E, I" },
        { "\"name\": \"I\"", "\"name\": \"E\"", "same name" },
        { "\"reset\": 0.01", "\"reset\": 0.02", "below its threshold" },
        { "\"tau\": 0.02", "\"tau\": 0", "time constant" },
        { "\"rate\": 40", "\"rate\": -40", "not negative" },
        { "\"rate\": 40", "\"rate\": \"NaN\"", "finite" },
        { "\"inDegree\": 250, ", "", "inDegree" },
        { "network/1", "network/2", "newer" },
    };

    private static JsonElement Reference { get; } = ReferenceFile.Read("brunel-network");

    [Theory]
    [MemberData(nameof(Places))]
    public async Task FixedPoints_OfThePaper_AreAllThoseOfTheReference(int index)
    {
        JsonElement place = Reference.GetProperty("meanField")[index];
        JsonElement document = await Document(place.Number("g"), place.Number("nu_ext_over_thr"));
        Assert.True(document.GetProperty("isCertified").GetBoolean());

        // The reference begins at 10⁻⁴ Hz.
        JsonElement[] points = [.. document.GetProperty("fixedPoints").EnumerateArray().Where(point => point.GetProperty("populations")[0].Number("rate") > 1e-4)];
        JsonElement[] expected = [.. place.GetProperty("fixed_points").EnumerateArray()];
        Assert.Equal(expected.Length, points.Length);
        foreach ((JsonElement known, JsonElement point) in expected.Zip(points))
        {
            JsonElement population = point.GetProperty("populations")[0];
            StatisticalAssert.Close(known.Number("rate_hz"), population.Number("rate"), relative: 1e-10);
            StatisticalAssert.Close(1e-3 * known.Number("mu"), population.Number("mu"), relative: 1e-10);
            StatisticalAssert.Close(1e-3 * known.Number("sigma"), population.Number("sigma"), relative: 1e-10);
            StatisticalAssert.Close(known.Number("dF_dnu"), point.Number("leadingGain"), absolute: 1e-7, relative: 1e-6);
            Assert.Equal(known.GetProperty("stable_1d").GetBoolean(), point.GetProperty("isStaticallyStable").GetBoolean());
        }
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task LeadingMode_OfThePaper_IsThatOfTheReference(int index)
    {
        JsonElement row = Reference.GetProperty("stability")[index], known = row.GetProperty("eigenvalues")[0];
        string delay = FormattableString.Invariant($"{row.Number("delay_ms")}ms");
        JsonElement point = (await Document(row.Number("g"), row.Number("ratio"), "--delay", delay)).GetProperty("fixedPoints").EnumerateArray().Last(), mode = point.GetProperty("eigenvalues")[0];
        StatisticalAssert.Close(1e3 * known.Number("re_per_ms"), mode.Number("growthRate"), relative: 1e-8);
        StatisticalAssert.Close(known.Number("freq_hz"), mode.Number("frequency"), relative: 1e-8);
        Assert.Equal(mode.Number("frequency"), point.Number("dominantFrequency"));
        Assert.Equal(known.Number("re_per_ms") < 0, point.GetProperty("isStable").GetBoolean());
        Assert.True(point.GetProperty("isComplete").GetBoolean());
    }

    [Theory]
    [InlineData(6, 4, "SI-fast", 55.8, 190)]
    [InlineData(5, 2, "AI", 38.0, double.NaN)]
    [InlineData(4.5, 0.9, "SI-slow", 6.5, 29)]
    [InlineData(3, 2, "SR", 327, 660.6)]
    public async Task State_OfThePaper_IsNamed(double inhibition, double drive, string regime, double rate, double frequency)
    {
        JsonElement state = (await Document(inhibition, drive)).GetProperty("state");
        Assert.Equal(regime, state.GetProperty("regime").GetString());
        Assert.Equal(rate, state.Number("rate"), 0.051);
        if (double.IsNaN(frequency)) Assert.Equal("NaN", state.GetProperty("frequency").GetString());
        else Assert.Equal(frequency, state.Number("frequency"), 0.3);
    }

    [Fact]
    public async Task Text_ThreeRoots_SaysWhichAreStable()
    {
        CommandRun run = (await CommandRun.Of("theory", "network", "--g", "3", "--eta", "0.8")).AssertDone();
        Assert.All((string[])["SR, 302.1 Hz", "0.0039112", "2.19526", "302.086", "rates run away", "oscillates"], text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Network_FromAFileAsTwoPopulations_IsThatOfOne()
    {
        JsonElement one = (await Document(6, 4)).GetProperty("fixedPoints")[0];
        using TemporaryFolder folder = new();
        CommandRun run = (await CommandRun.Of("theory", "network", "--network", folder.Write("network.json", TwoPopulations), "--json")).AssertDone();
        Assert.Contains("may have been missed", run.Error, StringComparison.Ordinal);
        JsonElement point = Assert.Single(run.Json.GetProperty("fixedPoints").EnumerateArray());
        Assert.Equal(["E", "I"], point.GetProperty("populations").EnumerateArray().Select(population => population.GetProperty("name").GetString()));
        foreach (JsonElement population in point.GetProperty("populations").EnumerateArray())
            StatisticalAssert.Close(one.GetProperty("populations")[0].Number("rate"), population.Number("rate"), relative: 1e-9);
        StatisticalAssert.Close(one.Number("dominantFrequency"), point.Number("dominantFrequency"), relative: 1e-6);
        Assert.Equal(JsonValueKind.Null, run.Json.GetProperty("state").ValueKind);

        // What the document states of Brunel's network is a network of the same kind.
        JsonElement stated = (await Document(6, 4)).GetProperty("network");
        JsonElement again = (await CommandRun.Of("theory", "network", "--network", folder.Write("stated.json", stated.GetRawText()), "--json")).AssertDone().Json;
        Assert.Equal(one.GetRawText(), again.GetProperty("fixedPoints")[0].GetRawText());
    }

    [Fact]
    public async Task Network_WithoutDelays_JudgesSlowDeviationsOnly()
    {
        using TemporaryFolder folder = new();
        string network = folder.Write("network.json", TwoPopulations.Replace("\"delay\": 0.0015", "\"delay\": 0", StringComparison.Ordinal));
        CommandRun run = (await CommandRun.Of("theory", "network", "--network", network, "--json")).AssertDone();
        JsonElement point = Assert.Single(run.Json.GetProperty("fixedPoints").EnumerateArray());
        Assert.Equal((JsonValueKind.Null, true), (point.GetProperty("isStable").ValueKind, point.GetProperty("isStaticallyStable").GetBoolean()));
        Assert.Contains("has no delay", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BadNetworks))]
    public async Task Network_BadFile_IsRefusedWithTheReason(string original, string replacement, string fragment)
    {
        using TemporaryFolder folder = new();
        string network = folder.Write("network.json", TwoPopulations.Replace(original, replacement, StringComparison.Ordinal));
        (await CommandRun.Of("theory", "network", "--network", network)).AssertRefused(ExitCode.InvalidInput, network, "Remedy:", fragment);
    }

    [Fact]
    public async Task Diagram_AllOutputs_HoldTheSameStates()
    {
        using TemporaryFolder folder = new();
        string table = folder.PathOf("diagram.csv"), figure = folder.PathOf("diagram.svg");
        JsonElement diagram = (await CommandRun.Of([.. smallDiagram, "--json", "--out", table])).AssertDone().Json.GetProperty("diagram");
        Assert.Equal([4, 6], diagram.GetProperty("g").Doubles());
        Assert.Equal([2, 4], diagram.GetProperty("eta").Doubles());
        string[] lines = File.ReadAllLines(table);
        Assert.Equal("g,eta,regime,rate,cv,growthRate,frequency,fixedPoints", lines[0]);
        for (int i = 0; i < 4; i++)
        {
            double inhibition = i % 2 == 0 ? 4 : 6, drive = i < 2 ? 2 : 4;
            JsonElement state = diagram.GetProperty("states")[i], alone = (await Document(inhibition, drive)).GetProperty("state");
            Assert.Equal(alone.GetRawText(), state.GetRawText());
            string[] fields = lines[i + 1].Split(',');
            Assert.Equal((inhibition, drive, state.GetProperty("regime").GetString()), (Number(fields[0]), Number(fields[1]), fields[2]));
            Assert.Equal(state.Number("rate"), Number(fields[3]));
        }

        CommandRun text = (await CommandRun.Of([.. smallDiagram, "--out", figure])).AssertDone();
        Assert.Contains(" f\n", text.Output, StringComparison.Ordinal);
        Assert.Contains("Relative inhibition", File.ReadAllText(figure), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diagram_Cancelled_WritesNothing()
    {
        using TemporaryFolder folder = new();
        CommandRun run = await CommandRun.Of(new CancellationToken(canceled: true), [.. smallDiagram, "--out", folder.PathOf("diagram.svg")]);
        Assert.Equal((int)ExitCode.Cancelled, run.ExitCode);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Theory]
    [InlineData("--g five", "for example 4.5")]
    [InlineData("--g -1", "must not be negative")]
    [InlineData("--in-degree 0", "must be positive")]
    [InlineData("--weight 0.1", "(mV, uV, V)")]
    [InlineData("--delay 0", "must be positive")]
    [InlineData("--reset 20mV", "below the threshold")]
    [InlineData("--out figure.svg", "Add --diagram")]
    [InlineData("--g-axis 0..8:3", "Add --diagram")]
    [InlineData("--diagram --g-axis 0..8", "0..8:33")]
    [InlineData("--diagram --g-axis 8..0:3", "must rise")]
    [InlineData("--diagram --network network.json", "leave out")]
    [InlineData("--g 5 --network network.json", "leave out")]
    public async Task WrongUsage_AnyKind_IsRefused(string line, string fragment) =>
        (await CommandRun.Of(["theory", "network", .. line.Split(' ')])).AssertRefused(ExitCode.Usage, fragment);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static async Task<JsonElement> Document(double inhibition, double drive, params string[] more) => (await CommandRun.Of(
        ["theory", "network", "--g", inhibition.ToString(CultureInfo.InvariantCulture), "--eta", drive.ToString(CultureInfo.InvariantCulture), .. more, "--json"])).AssertDone().Json;
}
