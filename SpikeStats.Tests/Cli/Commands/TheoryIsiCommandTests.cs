using System.Text.Json;
using SpikeStats.Cli.Output;
using SpikeStats.Models.FirstPassage;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

public sealed class TheoryIsiCommandTests
{
    private static readonly string[] input = ["theory", "isi", "--mu", "15mV", "--sigma", "5mV"];

    [Fact]
    public async Task Document_OfTheReference_HasItsDensity()
    {
        JsonElement reference = ReferenceFile.Read("first-passage-density").At("sets", "A_fluct", "rows");
        JsonElement document = (await CommandRun.Of([.. input, "--refractory", "0", "--to", "400ms", "--points", "400", "--json"])).AssertDone().Json;
        Assert.Equal("spikestats.theory.isi/1", document.GetProperty("schema").GetString());
        JsonElement rows = document.GetProperty("rows");
        Assert.Equal(0.4, rows[399].Number("interval"), 1e-15);
        foreach (double[] known in reference.EnumerateArray().Select(row => row.Doubles()).Where(row => row[0] <= 400))
            StatisticalAssert.Close(1e3 * known[1], rows[(int)known[0] - 1].Number("density"), relative: 1e-4);
    }

    [Fact]
    public async Task Document_AnyNeuron_IsTheLawOfTheLibrary()
    {
        LeakyPassage law = new(new LeakyIntegrateAndFire(), new WhiteNoiseInput(0.015, 0.005));
        JsonElement document = (await CommandRun.Of([.. input, "--json"])).AssertDone().Json, rows = document.GetProperty("rows");
        Assert.Equal((1 / law.Mean, law.CoefficientOfVariation), (document.Number("rate"), document.Number("cv")));
        Assert.Equal(100, rows.GetArrayLength());
        foreach (JsonElement row in rows.EnumerateArray())
        {
            double interval = row.Number("interval");
            Assert.Equal((law.Density(interval), law.Survivor(interval), law.Hazard(interval)), (row.Number("density"), row.Number("survivor"), row.Number("hazard")));
        }

        StatisticalAssert.Close(0.005, rows[99].Number("survivor"), relative: 1e-9);
    }

    [Fact]
    public async Task Recording_OfTheNeuron_FitsAndOfAnotherDoesNot()
    {
        using TemporaryFolder folder = new();
        string spikes = folder.Write("spikes.csv", Drawn(3000));
        JsonElement observed = (await CommandRun.Of([.. input, "--recording", spikes, "--json"])).AssertDone().Json.GetProperty("observed");
        Assert.Equal(("a", 2999), (observed.GetProperty("target").GetString(), observed.GetProperty("intervalCount").GetInt32()));

        // A true theory is refused with this seed or with one of ten thousand.
        Assert.InRange(observed.Number("ks", "pValue"), 1e-4, 1);
        int[] counts = observed.GetProperty("counts").Integers();
        double[] edges = observed.GetProperty("edges").Doubles();
        LeakyPassage law = new(new LeakyIntegrateAndFire(), new WhiteNoiseInput(0.015, 0.005));
        for (int bin = 0; bin < counts.Length; bin++)
        {
            double expected = 2999 * (law.Survivor(edges[bin]) - law.Survivor(edges[bin + 1]));
            StatisticalAssert.WithinStandardErrors(counts[bin], expected, Math.Sqrt(expected + 1), 4.5);
        }

        JsonElement other = (await CommandRun.Of("theory", "isi", "--mu", "16mV", "--sigma", "5mV", "--recording", spikes, "--target", "a", "--json")).AssertDone().Json.GetProperty("observed");
        Assert.InRange(other.Number("ks", "pValue"), 0, 1e-6);
        Assert.True(other.Number("logLikelihood") < observed.Number("logLikelihood"));
    }

    [Fact]
    public async Task Out_Svg_IsTheDensityOverTheHistogram()
    {
        using TemporaryFolder folder = new();
        string spikes = folder.Write("spikes.csv", Drawn(200)), alone = folder.PathOf("alone.svg"), over = folder.PathOf("over.svg"), fit = folder.PathOf("fit.svg");
        (await CommandRun.Of([.. input, "--out", alone])).AssertDone();
        Assert.Contains("leaky integrate-and-fire", File.ReadAllText(alone), StringComparison.Ordinal);
        CommandRun run = (await CommandRun.Of([.. input, "--recording", spikes, "--out", over])).AssertDone();
        Assert.Contains("199 intervals", File.ReadAllText(over).Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.Contains("KS D", run.Output, StringComparison.Ordinal);
        (await CommandRun.Of("fit", "lif", spikes, "--target", "a", "--refractory", "2ms", "--out", fit)).AssertDone();
        Assert.Contains("and the fit", File.ReadAllText(fit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongUsage_AnyKind_IsRefused()
    {
        using TemporaryFolder folder = new();
        string two = folder.Write("two.csv", "unit,time\na,0.1\na,0.2\nb,0.3\n");
        (await CommandRun.Of([.. input, "--recording", two])).AssertRefused(ExitCode.Usage, "2 units", "--target");
        (await CommandRun.Of([.. input, "--recording", two, "--target", "b"])).AssertRefused(ExitCode.Usage, "no complete interval");
        (await CommandRun.Of([.. input, "--recording", two, "--target", "c"])).AssertRefused(ExitCode.Usage, "c");
        (await CommandRun.Of([.. input, "--target", "a"])).AssertRefused(ExitCode.Usage, "--recording FILE");
        (await CommandRun.Of("theory", "isi", "--mu", "25mV", "--sigma", "0")).AssertRefused(ExitCode.Usage, "Without noise");
        (await CommandRun.Of("theory", "isi", "--mu", "25mV")).AssertRefused(ExitCode.Usage, "--sigma 5mV");
    }

    private static string Drawn(int count)
    {
        LeakyPassage law = new(new LeakyIntegrateAndFire(), new WhiteNoiseInput(0.015, 0.005));
        RandomStream stream = new(12);
        double time = 0.1;
        List<string> lines = ["unit,time"];
        for (int i = 0; i < count; i++, time += law.Sample(stream)) lines.Add(FormattableString.Invariant($"a,{time:R}"));
        return string.Join('\n', lines) + "\n";
    }
}
