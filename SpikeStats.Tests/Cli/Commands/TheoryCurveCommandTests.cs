using System.Text.Json;
using SpikeStats.Cli.Output;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

/// <summary>The verbs of theory that compute curves: fi, susceptibility, resonance.</summary>
public sealed class TheoryCurveCommandTests
{
    private static readonly string[] input = ["--mu", "15mV", "--sigma", "5mV"];
    private static readonly string[] signal = ["--mu", "17mV", "--amplitude", "1mV", "--frequency", "20Hz"];

    [Theory]
    [InlineData("lif")]
    [InlineData("fi")]
    [InlineData("susceptibility")]
    [InlineData("resonance")]
    [InlineData("isi")]
    [InlineData("density")]
    [InlineData("network")]
    public async Task Help_AnyVerb_NamesItsOptionsAndExitCodes(string verb)
    {
        CommandRun run = (await CommandRun.Of("theory", verb, "--help")).AssertDone();
        Assert.All((string[])["--tau", "--threshold", "--reset", "--refractory", "--json", "Exit codes:"], text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fi_Document_HasTheDeterministicCurveFirstAndTheRatesOfTheLibrary()
    {
        JsonElement document = (await CommandRun.Of("theory", "fi", "--from", "10mV", "--to", "30mV", "--points", "41", "--sigma", "2mV,0,5mV", "--json")).AssertDone().Json;
        Assert.Equal("spikestats.theory.fi/1", document.GetProperty("schema").GetString());
        double[] means = document.GetProperty("mu").Doubles();
        Assert.Equal((41, 0.01, 0.02, 0.03), (means.Length, means[0], means[20], means[^1]));
        JsonElement curves = document.GetProperty("curves");
        Assert.Equal([0, 0.002, 0.005], curves.EnumerateArray().Select(curve => curve.Number("sigma")));
        foreach (JsonElement curve in curves.EnumerateArray())
            Assert.Equal(means.Select(mean => Siegert.Rate(new LeakyIntegrateAndFire(), new WhiteNoiseInput(mean, curve.Number("sigma")))), curve.GetProperty("rate").Doubles());
        for (int i = 0; i < means.Length; i++)
        {
            double expected = means[i] > 0.02 ? 1 / (0.002 + (0.02 * Math.Log((means[i] - 0.01) / (means[i] - 0.02)))) : 0;
            StatisticalAssert.Close(expected, curves[0].GetProperty("rate")[i].GetDouble(), relative: 1e-12);
        }
    }

    [Theory]
    [InlineData(1, "within-steps")]
    [InlineData(0, "at-steps")]
    public async Task Fi_SimulatedRates_AreHeldAgainstTheTheoryOfTheirStep(int bridge, string crossings)
    {
        // Mean and sigma in millivolts, step in milliseconds, whether crossings within steps were found, rate and standard error.
        double[][] simulated = [.. ReferenceFile.Read("simulated-rates").GetProperty("white").EnumerateArray().Select(row => row.Doubles()).Where(row => row[2] == 0.1 && row[3] == bridge)];
        using TemporaryFolder folder = new();
        string[] lines = ["rate,standardError,mu,sigma", .. simulated.Select(row => FormattableString.Invariant($"{row[4]},{row[5]},{row[0] / 1e3},{row[1] / 1e3}"))];
        string measured = folder.Write("measured.csv", string.Join('\n', lines) + "\n"), figure = folder.PathOf("fi.svg");
        CommandRun run = (await CommandRun.Of("theory", "fi", "--measured", measured, "--time-step", "0.1ms", "--crossings", crossings, "--out", figure, "--json")).AssertDone();
        JsonElement rows = run.Json.GetProperty("measured");
        Assert.Equal([0, 0.005, 0.002, 0.004], run.Json.GetProperty("curves").EnumerateArray().Select(curve => curve.Number("sigma")));
        for (int i = 0; i < simulated.Length; i++)
        {
            WhiteNoiseInput noise = new(simulated[i][0] / 1e3, simulated[i][1] / 1e3);
            double predicted = bridge == 1 ? Siegert.Rate(new LeakyIntegrateAndFire { RefractoryPeriod = 2.05e-3 }, noise) : DiscreteTime.Rate(new LeakyIntegrateAndFire(), noise, 1e-4);
            StatisticalAssert.Close(predicted, rows[i].Number("predicted"), relative: 1e-14);
            Assert.InRange(rows[i].Number("residual"), -4, 4);
            StatisticalAssert.Close((simulated[i][4] - predicted) / simulated[i][5], rows[i].Number("residual"), absolute: 1e-9);
        }

        string svg = File.ReadAllText(figure).Replace('\u00a0', ' ');
        Assert.All((string[])["Residual (SE)", "4 simulations", "sigma 4 mV"], text => Assert.Contains(text, svg, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mu,rate\n0.01,5\n", "no column standardError")]
    [InlineData("mu,sigma,rate,standardError\n0.01,0.005,5,0\n", "column standardError")]
    [InlineData("mu,sigma,rate,standardError\n0.01,0.005,-5,1\n", "column rate")]
    [InlineData("mu,sigma,rate,standardError\n10mV,0.005,5,1\n", "without units")]
    public async Task Fi_BadMeasuredRates_AreRefused(string text, string fragment)
    {
        using TemporaryFolder folder = new();
        string measured = folder.Write("measured.csv", text);
        (await CommandRun.Of("theory", "fi", "--measured", measured)).AssertRefused(ExitCode.InvalidInput, measured, "Remedy:", fragment);
    }

    [Fact]
    public async Task Fi_MeasuredWithoutNoise_AsksForIt()
    {
        using TemporaryFolder folder = new();
        string measured = folder.Write("measured.csv", "mu,rate,standardError\n0.015,9.4,0.1\n");
        (await CommandRun.Of("theory", "fi", "--measured", measured)).AssertRefused(ExitCode.Usage, "no column sigma", "--sigma");
        Assert.Equal(0.005, (await CommandRun.Of("theory", "fi", "--measured", measured, "--sigma", "5mV", "--json")).AssertDone().Json.GetProperty("measured")[0].Number("sigma"));
    }

    [Fact]
    public async Task Susceptibility_Information_IsTheSumOverItsCoherence()
    {
        string[] signal = ["--signal", "0.5mV", "--band", "50Hz"];
        string frequencies = string.Join(',', Enumerable.Range(0, 1001).Select(i => FormattableString.Invariant($"{i * 0.05}Hz")));
        JsonElement document = (await CommandRun.Of(["theory", "susceptibility", .. input, .. signal, "--frequency", frequencies, "--json"])).AssertDone().Json;
        double sum = 0;
        for (int i = 0; i <= 1000; i++)
        {
            // Two-sided, the spectrum of a white signal is its variance over twice the band.
            JsonElement row = document.GetProperty("rows")[i];
            double ratio = Math.Pow(row.Number("chiMu", "gain") * 0.5e-3, 2) / 100 / row.Number("powerSpectrum");
            StatisticalAssert.Close(ratio / (1 + ratio), row.Number("signalCoherence"), relative: 1e-12);
            sum -= Math.Log2(1 - row.Number("signalCoherence")) * 0.05 * (i % 1000 == 0 ? 1 : i % 2 == 0 ? 2 : 4) / 3;
        }

        StatisticalAssert.Close(sum, document.At("signal").Number("informationRate"), relative: 1e-7);
        StatisticalAssert.Close(sum / document.Number("rate"), document.At("signal").Number("informationPerSpike"), relative: 1e-7);
        Assert.True(document.At("signal", "isLinear").GetBoolean());
        CommandRun strong = (await CommandRun.Of(["theory", "susceptibility", .. input, "--signal", "5mV"])).AssertDone();
        Assert.Contains("lower --signal", strong.Error, StringComparison.Ordinal);
        Assert.Contains("bits/s", strong.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Susceptibility_Document_IsTheReference()
    {
        JsonElement reference = ReferenceFile.Read("linear-response").At("sets", "A_fluct");
        double[][] expected = [.. reference.GetProperty("rows").EnumerateArray().Select(row => row.Doubles())];
        string frequencies = string.Join(',', expected.Select(row => FormattableString.Invariant($"{row[0]}Hz")));
        JsonElement document = (await CommandRun.Of(["theory", "susceptibility", .. input, "--frequency", frequencies, "--json"])).AssertDone().Json;
        Assert.Equal("spikestats.theory.susceptibility/1", document.GetProperty("schema").GetString());
        StatisticalAssert.Close(reference.Number("rate_hz"), document.Number("rate"), relative: 1e-13);
        JsonElement rows = document.GetProperty("rows");
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i][0], rows[i].Number("frequency"));
            Assert.Equal(0, Distance(rows[i].GetProperty("chiMu"), 1e3 * expected[i][1], 1e3 * expected[i][2]), 1e-10);
            Assert.Equal(0, Distance(rows[i].GetProperty("chiVar"), expected[i][3], expected[i][4]), 1e-10);
            StatisticalAssert.Close(expected[i][5], rows[i].Number("powerSpectrum"), relative: 1e-10);

            // The spectrum of the noise is σ²τ: 25 mV² times 0.02 s.
            StatisticalAssert.Close(25 * 0.02 * expected[i][6], rows[i].Number("coherence"), relative: 1e-10);
        }
    }

    [Fact]
    public async Task Susceptibility_AtRest_HasTheSlopesOfTheRateAndTheVarianceOfTheIntervals()
    {
        JsonElement response = (await CommandRun.Of(["theory", "susceptibility", .. input, "--frequency", "0", "--json"])).AssertDone().Json;
        JsonElement rest = response.GetProperty("rows")[0], point = (await CommandRun.Of(["theory", "lif", .. input, "--json"])).AssertDone().Json.GetProperty("rows")[0];
        Assert.Equal(point.Number("dRateDMu"), rest.Number("chiMu", "gain"));
        StatisticalAssert.Close(0.5 * 0.005 * point.Number("dRateDSigma"), rest.Number("chiVar", "real"), relative: 1e-14);
        StatisticalAssert.Close(point.Number("rate") * Math.Pow(point.Number("cv"), 2), rest.Number("powerSpectrum"), relative: 1e-14);
        Assert.InRange(rest.Number("coherence"), 0.5, 1);
    }

    [Fact]
    public async Task Susceptibility_Range_HasEqualRatiosAndBothEnds()
    {
        JsonElement rows = (await CommandRun.Of(["theory", "susceptibility", .. input, "--from", "1Hz", "--to", "1kHz", "--points", "4", "--json"])).AssertDone().Json.GetProperty("rows");
        double[] frequencies = [.. rows.EnumerateArray().Select(row => row.Number("frequency"))];
        StatisticalAssert.Close((double[])[1, 10, 100, 1000], frequencies, relative: 1e-14);
        Assert.Equal((1, 1000), (frequencies[0], frequencies[^1]));
        Assert.All(rows.EnumerateArray(), row => Assert.InRange(row.Number("coherence"), 0, 1));
        Assert.Equal(60, (await CommandRun.Of(["theory", "susceptibility", .. input, "--json"])).AssertDone().Json.GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task Resonance_Document_HasTheOptimaOfTheReference()
    {
        JsonElement reference = ReferenceFile.Read("stochastic-resonance").GetProperty("results").EnumerateArray().Single(result => result.Number("f_hz") == 20);
        JsonElement document = (await CommandRun.Of(["theory", "resonance", .. signal, "--json"])).AssertDone().Json;
        Assert.Equal("spikestats.theory.resonance/1", document.GetProperty("schema").GetString());
        JsonElement ratio = document.GetProperty("bestForSignalToNoise"), gain = document.GetProperty("bestForGain");
        StatisticalAssert.Close(1e-3 * reference.Number("sigma_opt_snr"), ratio.Number("point", "sigma"), absolute: 1e-8);
        StatisticalAssert.Close(reference.Number("snr_max"), ratio.Number("point", "signalToNoise"), relative: 1e-8);
        StatisticalAssert.Close(1e-3 * reference.Number("sigma_opt_chi"), gain.Number("point", "sigma"), absolute: 1e-8);
        StatisticalAssert.Close(1e3 * reference.Number("chi_max"), gain.Number("point", "gain"), relative: 1e-8);
        Assert.True(ratio.GetProperty("isInside").GetBoolean());
        Assert.Equal(60, document.GetProperty("rows").GetArrayLength());
        Assert.All(document.GetProperty("rows").EnumerateArray(), row => Assert.Equal(row.Number("modulationDepth") < 0.3, row.GetProperty("isLinear").GetBoolean()));
    }

    [Fact]
    public async Task Resonance_OptimumOutsideTheRangeOrTooStrongASignal_IsSaid()
    {
        CommandRun run = (await CommandRun.Of(["theory", "resonance", .. signal, "--from", "4mV", "--to", "8mV", "--json"])).AssertDone();
        Assert.False(run.Json.At("bestForSignalToNoise", "isInside").GetBoolean());
        Assert.Contains("widen --from and --to", run.Error, StringComparison.Ordinal);
        Assert.Contains("lower --amplitude", (await CommandRun.Of(["theory", "resonance", .. signal])).AssertDone().Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fi", "Rate of a leaky", "no noise", "sigma 5 mV")]
    [InlineData("susceptibility", "Linear response", "Phase", "Coherence")]
    [InlineData("resonance", "Stochastic resonance", "Signal to noise", "dotted")]
    public async Task Out_Svg_IsTheFigure(string verb, params string[] fragments)
    {
        using TemporaryFolder folder = new();
        string figure = folder.PathOf("figure.svg");
        string[] arguments = verb switch { "fi" => [], "susceptibility" => input, _ => signal };
        CommandRun run = (await CommandRun.Of(["theory", verb, .. arguments, "--out", figure])).AssertDone();
        Assert.NotEqual("", run.Output);
        Assert.All(fragments, fragment => Assert.Contains(fragment, File.ReadAllText(figure), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("theory", "error:")]
    [InlineData("theory nonsense", "nonsense")]
    [InlineData("theory fi --points 1", "at least 2")]
    [InlineData("theory fi --from 30mV --to 20mV", "--from")]
    [InlineData("theory fi --sigma 1mV,-2mV", "must not be negative")]
    [InlineData("theory fi --crossings at-steps", "Add --time-step")]
    [InlineData("theory susceptibility --mu 15mV", "--sigma 5mV")]
    [InlineData("theory susceptibility --mu 15mV --sigma 5mV --from 0", "must be positive")]
    [InlineData("theory susceptibility --mu 15mV --sigma 5mV --frequency 5", "Hz")]
    [InlineData("theory susceptibility --mu 15mV --sigma 5mV --frequency 5Hz --points 3", "not both")]
    [InlineData("theory susceptibility --mu 25mV --sigma 0", "give it noise")]
    [InlineData("theory susceptibility --mu 15mV --sigma 5mV --reset 20mV", "below the threshold")]
    [InlineData("theory resonance --mu 17mV --amplitude 1mV", "--frequency")]
    [InlineData("theory resonance --mu 17mV --amplitude 0mV --frequency 5Hz", "must be positive")]
    [InlineData("theory resonance --mu 17mV --amplitude 1mV --frequency 5Hz --from 0", "must be positive")]
    public async Task WrongUsage_AnyKind_IsRefused(string line, string fragment) => (await CommandRun.Of(line.Split(' '))).AssertRefused(ExitCode.Usage, fragment);

    private static double Distance(JsonElement value, double real, double imaginary) =>
        Math.Sqrt((Math.Pow(value.Number("real") - real, 2) + Math.Pow(value.Number("imaginary") - imaginary, 2)) / ((real * real) + (imaginary * imaginary)));
}
