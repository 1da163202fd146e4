using System.Globalization;
using System.Text.Json;
using SpikeStats.Cli.Output;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

public sealed class TheoryLifCommandTests
{
    private static readonly string[] fields = ["mu", "sigma", "tau", "threshold", "reset", "refractory", "rate", "logRate", "cv", "dRateDMu", "dRateDSigma"];
    private static readonly string[] stated = ["--mu", "15mV", "--sigma", "5mV", "--tau", "20ms", "--threshold", "20mV", "--reset", "10mV", "--refractory", "2ms"];

    public static TheoryData<string, string[]> BadGrids => new()
    {
        { "", ["the file is empty", "mu,sigma"] },
        { "mu,sigma\n", ["the grid is empty", "at least one row"] },
        { "mu,noise\n0.015,0.005\n", ["row 1", "'noise'", "sigma"] },
        { "mu,sigma,mu\n0.015,0.005,0.015\n", ["row 1", "column mu", "twice"] },
        { "mu,sigma\n0.015,0.005\n0.015\n", ["row 3", "1 field"] },
        { "mu,sigma\n0,015,0,005\n", ["row 2", "4 fields", "decimal points"] },
        { "mu,sigma\n0.015,0.005\n15mV,0.005\n", ["row 3", "column mu", "'15mV' is not a number", "without units"] },
        { "mu,sigma\n0.015,\n", ["row 2", "column sigma", "'' is not a number"] },
        { "mu,sigma\n0.015,-0.005\n", ["row 2", "column sigma", "not negative"] },
        { "# a note\n\nmu,sigma\n0.015,NaN\n", ["row 4", "column sigma", "NaN"] },
        { "mu,sigma\nInfinity,0.005\n", ["row 2", "column mu"] },
        { "mu,sigma,tau\n0.015,0.005,0\n", ["row 2", "column tau", "positive"] },
        { "mu,sigma,tau\n0.015,0.005,-0.02\n", ["row 2", "column tau", "positive"] },
        { "mu,sigma,tau\n0.015,0.005,NaN\n", ["row 2", "column tau", "NaN"] },
        { "mu,sigma,tau\n0.015,0.005,20ms\n", ["row 2", "column tau", "'20ms' is not a number", "without units"] },
        { "mu (mV),sigma\n15,0.005\n", ["row 1", "'mu (mV)'", "name the columns"] },
        { "mu,sigma,threshold\n0.015,0.005,NaN\n", ["row 2", "column threshold", "NaN"] },
        { "mu,sigma,threshold,reset\n0.015,0.005,0.02,0.03\n", ["row 2", "reset (0.03 V)", "below the threshold (0.02 V)"] },
        { "mu,sigma\n0.015,0\n0.015,-1e-9\n", ["row 3", "column sigma", "not negative"] },
        { "mu,sigma,refractory\n0.015,0.005,-0.002\n", ["row 2", "column refractory"] },
        { "mu,sigma,reset\n0.015,0.005,0.01\n0.015,0.005,0.02\n", ["row 3", "reset (0.02 V)", "below the threshold (0.02 V)"] },
    };

    [Fact]
    public async Task Point_Document_HasTheFieldsInSiUnitsAndTheDigitsOfTheLibrary()
    {
        CommandRun run = (await CommandRun.Of(["theory", "lif", .. stated, "--json"])).AssertDone();
        Assert.Equal(["schema", "version", "method", "rows"], run.Json.EnumerateObject().Select(field => field.Name));
        Assert.Equal(("spikestats.theory.lif/1", "siegert"), (run.Json.GetProperty("schema").GetString(), run.Json.GetProperty("method").GetString()));
        JsonElement row = Assert.Single(run.Json.GetProperty("rows").EnumerateArray());
        Assert.Equal(fields, row.EnumerateObject().Select(field => field.Name));
        Assert.Equal([0.015, 0.005, 0.02, 0.02, 0.01, 0.002], Values(row)[..6]);
        Assert.Equal(Expected(new LeakyIntegrateAndFire(), new WhiteNoiseInput(0.015, 0.005)), Values(row));

        // In the reference the voltages are exact doubles in millivolts; here they are rounded to volts.
        JsonElement reference = ReferenceFile.Read("linear-response").At("sets", "A_fluct");
        StatisticalAssert.Close(reference.Number("rate_hz"), row.Number("rate"), relative: 1e-13);
        StatisticalAssert.Close(1e3 * reference.Number("dc_gain_hz_per_mV"), row.Number("dRateDMu"), relative: 1e-12);
        StatisticalAssert.Close(2 * reference.Number("dc_gain_var_hz") / 0.005, row.Number("dRateDSigma"), relative: 1e-12);
    }

    [Fact]
    public async Task Point_WithoutANeuron_IsThatOfTheLibrary() => Assert.Equal(
        (await CommandRun.Of(["theory", "lif", .. stated, "--json"])).AssertDone().Output, (await CommandRun.Of("theory", "lif", "--mu", "15mV", "--sigma", "5mV", "--json")).AssertDone().Output);

    [Theory]
    [InlineData("fokker-planck", 1e-11, 1e-10, 1e-7)]
    [InlineData("threshold-integration", 1e-7, 1e-4, 1e-4)]
    public async Task Methods_OnAGrid_AgreeWithTheClosedForm(string method, double ofRate, double ofVariation, double ofSlopes)
    {
        using TemporaryFolder folder = new();
        string[] lines = [.. from mu in (double[])[-0.005, 0.005, 0.015, 0.02, 0.025, 0.035] from sigma in (double[])[0.001, 0.002, 0.005, 0.012]
                             where mu >= 0.02 || sigma > 0.15 * (0.02 - mu) select FormattableString.Invariant($"{mu},{sigma}")];
        string grid = folder.Write("points.csv", string.Join('\n', ["mu,sigma", .. lines]) + "\n");
        JsonElement closed = (await CommandRun.Of("theory", "lif", "--grid", grid, "--json")).AssertDone().Json.GetProperty("rows");
        JsonElement other = (await CommandRun.Of("theory", "lif", "--grid", grid, "--json", "--method", method)).AssertDone().Json.GetProperty("rows");
        Assert.Equal(lines.Length, other.GetArrayLength());
        for (int i = 0; i < lines.Length; i++)
        {
            StatisticalAssert.Close(closed[i].Number("rate"), other[i].Number("rate"), relative: ofRate);
            StatisticalAssert.Close(closed[i].Number("logRate"), other[i].Number("logRate"), absolute: ofRate);
            StatisticalAssert.Close(closed[i].Number("cv"), other[i].Number("cv"), relative: ofVariation);
            StatisticalAssert.Close(closed[i].Number("dRateDMu"), other[i].Number("dRateDMu"), relative: ofSlopes);

            // Where the mean drives the neuron the slope in the noise is the small difference of what noise does at both ends of the way.
            StatisticalAssert.Close(closed[i].Number("dRateDSigma"), other[i].Number("dRateDSigma"), relative: ofSlopes);
        }
    }

    [Fact]
    public async Task NoNoise_AnyMethod_IsTheDeterministicNeuron()
    {
        foreach (string method in (string[])["siegert", "fokker-planck", "threshold-integration"])
        {
            JsonElement above = Row(await CommandRun.Of("theory", "lif", "--mu", "25mV", "--sigma", "0", "--method", method, "--json"));
            StatisticalAssert.Close(1 / (0.002 + (0.02 * Math.Log(3))), above.Number("rate"), relative: 1e-14);
            Assert.Equal((0, 0), (above.Number("cv"), above.Number("dRateDSigma")));
            JsonElement below = Row(await CommandRun.Of("theory", "lif", "--mu", "15mV", "--sigma", "0", "--method", method, "--json"));
            Assert.Equal((0, "-Infinity", "NaN"), (below.Number("rate"), below.GetProperty("logRate").GetString(), below.GetProperty("cv").GetString()));
        }
    }

    [Theory]
    [InlineData("0.3mV", "threshold-integration", -4429)]
    [InlineData("1mV", "threshold-integration", -393.7)]
    [InlineData("0.3mV", "fokker-planck", -4429)]
    [InlineData("1mV", "fokker-planck", -393.7)]
    public async Task Method_BeyondItsLimit_SaysSoAndNamesTheOther(string sigma, string method, double logRate)
    {
        CommandRun run = await CommandRun.Of("theory", "lif", "--mu", "0", "--sigma", sigma, "--method", method, "--json");
        Assert.Equal((int)ExitCode.AnalysisFailed, run.ExitCode);
        Assert.All(Values(Assert.Single(run.Json.GetProperty("rows").EnumerateArray()))[6..], value => Assert.True(double.IsNaN(value)));
        Assert.Contains("--method siegert", run.Error, StringComparison.Ordinal);
        StatisticalAssert.Close(logRate, Row(await CommandRun.Of("theory", "lif", "--mu", "0", "--sigma", sigma, "--json")).Number("logRate"), relative: 1e-2);
    }

    [Fact]
    public async Task Grid_OfAThousandPoints_IsThatOfTheLibraryWhateverTheThreads()
    {
        (LeakyIntegrateAndFire Neuron, WhiteNoiseInput Input)[] points = [.. Enumerable.Range(0, 1000).Select(i => (
            new LeakyIntegrateAndFire { TimeConstant = 0.005 + (i % 7 * 1e-3), Threshold = 0.02 + (i % 5 * 1e-4), Reset = 0.01 - (i % 3 * 1e-3), RefractoryPeriod = i % 4 * 1e-3 },
            new WhiteNoiseInput(-0.01 + (i * 5e-5 / 3), i % 11 * 1e-3 / 3)))];
        IEnumerable<string> lines = points.Select(point => string.Create(
            CultureInfo.InvariantCulture,
            $"{point.Neuron.RefractoryPeriod:R},{point.Input.Mean:R},{point.Input.Sigma:R},{point.Neuron.TimeConstant:R},{point.Neuron.Threshold:R},{point.Neuron.Reset:R}"));
        using TemporaryFolder folder = new();
        string grid = folder.Write("points.csv", string.Join("\r\n", ["refractory,mu,sigma,tau,threshold,reset", .. lines]) + "\r\n");
        CommandRun run = (await CommandRun.Of("theory", "lif", "--grid", grid, "--json")).AssertDone();
        JsonElement rows = run.Json.GetProperty("rows");
        Assert.Equal(1000, rows.GetArrayLength());
        for (int i = 0; i < points.Length; i++) Assert.Equal(Expected(points[i].Neuron, points[i].Input), Values(rows[i]));
        Assert.Equal(run.Output, (await CommandRun.Of("theory", "lif", "--grid", grid, "--json", "--threads", "1")).AssertDone().Output);
    }

    [Fact]
    public async Task Grid_MissingColumns_HaveTheValuesOfTheOptions()
    {
        using TemporaryFolder folder = new();
        string grid = folder.Write("points.csv", "\uFEFFmu\n0.015\n\"0.025\"\n");
        CommandRun run = (await CommandRun.Of("theory", "lif", "--grid", grid, "--sigma", "2mV", "--tau", "10ms", "--mu", "1V", "--json")).AssertDone();
        Assert.Equal([0.015, 0.025], run.Json.GetProperty("rows").EnumerateArray().Select(row => row.Number("mu")));
        Assert.All(run.Json.GetProperty("rows").EnumerateArray(), row => Assert.Equal((0.002, 0.01), (row.Number("sigma"), row.Number("tau"))));
        (await CommandRun.Of("theory", "lif", "--grid", grid)).AssertRefused(ExitCode.Usage, "no column sigma", "--sigma");
    }

    [Theory]
    [MemberData(nameof(BadGrids))]
    public async Task Grid_Bad_IsRefusedWithPlaceAndRemedy(string text, string[] fragments)
    {
        using TemporaryFolder folder = new();
        string grid = folder.Write("points.csv", text);
        (await CommandRun.Of("theory", "lif", "--grid", grid, "--out", folder.PathOf("lif.json"))).AssertRefused(ExitCode.InvalidInput, [grid, "Remedy:", .. fragments]);
        Assert.Equal([grid], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Grid_NoNoise_IsNoError()
    {
        using TemporaryFolder folder = new();
        string grid = folder.Write("points.csv", "mu,sigma\n0.025,0\n0.025,0.001\n0.01,0\n");
        JsonElement rows = (await CommandRun.Of("theory", "lif", "--grid", grid, "--json")).AssertDone().Json.GetProperty("rows");
        StatisticalAssert.Close(1 / (0.002 + (0.02 * Math.Log(3))), rows[0].Number("rate"), relative: 1e-14);
        Assert.Equal(0, rows[2].Number("rate"));
    }

    [Fact]
    public async Task Grid_InMillivolts_IsSolvedWithAWarning()
    {
        using TemporaryFolder folder = new();
        string grid = folder.Write("points.csv", "mu,sigma,threshold,reset\n15,5,20,10\n");
        CommandRun run = (await CommandRun.Of("theory", "lif", "--grid", grid, "--json")).AssertDone();
        Assert.Contains("in volts and seconds, not in millivolts", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("millivolts", (await CommandRun.Of(["theory", "lif", .. stated])).AssertDone().Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grid_Missing_IsRefused() => (await CommandRun.Of("theory", "lif", "--grid", "nothing.csv", "--mu", "0", "--sigma", "1mV")).AssertRefused(ExitCode.InvalidInput, "nothing.csv");

    [Theory]
    [InlineData("--mu", "15", "(mV, uV, V)")]
    [InlineData("--mu", "NaNmV", "--mu")]
    [InlineData("--sigma", "5", "(mV, uV, V)")]
    [InlineData("--sigma", "-5mV", "must not be negative")]
    [InlineData("--tau", "20", "20ms")]
    [InlineData("--tau", "0", "must be positive")]
    [InlineData("--tau", "-1ms", "must be positive")]
    [InlineData("--refractory", "-1ms", "must not be negative")]
    [InlineData("--reset", "30mV", "below the threshold")]
    [InlineData("--threshold", "10mV", "below the threshold")]
    [InlineData("--method", "guess", "'guess' is no method. Write siegert or ")]
    public async Task Option_OutOfRange_IsAnErrorOfUsage(string option, string value, string fragment)
    {
        List<string> arguments = ["theory", "lif", .. stated, "--method", "siegert"];
        arguments[arguments.IndexOf(option) + 1] = value;
        (await CommandRun.Of([.. arguments])).AssertRefused(ExitCode.Usage, fragment);
    }

    [Fact]
    public async Task Input_NotStated_SaysWhatToWrite()
    {
        (await CommandRun.Of("theory", "lif", "--sigma", "5mV")).AssertRefused(ExitCode.Usage, "--mu 15mV");
        (await CommandRun.Of("theory", "lif", "--mu", "5mV")).AssertRefused(ExitCode.Usage, "--sigma 5mV");
    }

    [Fact]
    public async Task Out_Svg_IsTheDensityOfOnePoint()
    {
        using TemporaryFolder folder = new();
        string figure = folder.PathOf("density.svg"), grid = folder.Write("points.csv", "mu,sigma\n0.015,0.005\n0.016,0.005\n");
        (await CommandRun.Of(["theory", "lif", .. stated, "--out", figure])).AssertDone();
        string svg = File.ReadAllText(figure);
        Assert.All((string[])["threshold", "reset", "Mass below the curve 0.981"], text => Assert.Contains(text, svg.Replace('\u00a0', ' '), StringComparison.Ordinal));
        File.Delete(figure);
        (await CommandRun.Of("theory", "lif", "--grid", grid, "--out", figure)).AssertRefused(ExitCode.Usage, "one point", "FILE.json");
        (await CommandRun.Of("theory", "lif", "--mu", "25mV", "--sigma", "0", "--out", figure)).AssertRefused(ExitCode.Usage, "Without noise");
        Assert.Equal([grid], Directory.GetFiles(folder.Path));
    }

    private static JsonElement Row(CommandRun run) => Assert.Single(run.AssertDone().Json.GetProperty("rows").EnumerateArray());

    // NaN and infinities are strings.
    private static double[] Values(JsonElement row) => [.. fields.Select(field => row.GetProperty(field) is { ValueKind: JsonValueKind.String } text
        ? double.Parse(text.GetString()!, CultureInfo.InvariantCulture)
        : row.Number(field))];

    private static double[] Expected(LeakyIntegrateAndFire neuron, WhiteNoiseInput input)
    {
        SiegertRate rate = Siegert.Evaluate(neuron, input);
        return
        [
            input.Mean, input.Sigma, neuron.TimeConstant, neuron.Threshold, neuron.Reset, neuron.RefractoryPeriod,
            rate.Rate, rate.LogRate, Siegert.CoefficientOfVariation(neuron, input), rate.SlopeInMean, rate.SlopeInSigma,
        ];
    }
}
