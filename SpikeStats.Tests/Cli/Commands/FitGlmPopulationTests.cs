using System.Globalization;
using System.Text.Json;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.HypothesisTests;
using SpikeStats.Loading;
using SpikeStats.Models.Glm;
using SpikeStats.Tests.Fitting.Populations;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

public sealed class FitGlmPopulationTests
{
    private const string Basis = "raised-cosine-log:n=3,window=10ms";

    private static readonly string[] all = ["--target", "all", "--coupling", "all", "--coupling-basis", Basis];

    [Fact]
    public async Task TargetAll_Document_HoldsTheFitsOfSingleTargets()
    {
        using TemporaryFolder folder = new();
        string spikes = Spikes(folder), output = folder.PathOf("population.json");
        JsonElement json = (await CommandRun.Of(["fit", "glm", spikes, .. all, "--out", output, "--json"])).AssertDone().Json;
        Assert.Equal("spikestats.fit.glm-population/1", json.GetProperty("schema").GetString());
        Assert.Contains(json.GetProperty("method").GetString(), (string[])["streamed", "matrix-free"]);
        Assert.Equal(3, json.GetProperty("fits").GetArrayLength());
        Assert.True(json.Number("peakMemoryBytes") > 1e6);
        Assert.Empty(json.GetProperty("silentUnits").EnumerateArray());

        JsonElement single = (await CommandRun.Of(
            ["fit", "glm", spikes, "--target", "b", "--history-basis", Basis, "--coupling", "all", "--coupling-basis", Basis, "--json"])).AssertDone().Json;
        JsonElement joint = json.GetProperty("fits")[1];
        Assert.Equal("spikestats.fit.glm/1", joint.GetProperty("schema").GetString());
        StatisticalAssert.Close(single.Number("logLikelihood"), joint.Number("logLikelihood"), relative: 1e-11);
        Assert.Equal(single.At("goodnessOfFit", "n").GetInt32(), joint.At("goodnessOfFit", "n").GetInt32());
        Dictionary<string, JsonElement> terms = joint.GetProperty("terms").EnumerateArray().ToDictionary(term => term.GetProperty("name").GetString()!, StringComparer.Ordinal);
        foreach (JsonElement term in single.GetProperty("terms").EnumerateArray())
        {
            double[] errors = term.GetProperty("standardErrors").Doubles(), expected = term.GetProperty("coefficients").Doubles();
            double[] actual = terms[term.GetProperty("name").GetString()!].GetProperty("coefficients").Doubles();
            for (int i = 0; i < expected.Length; i++) StatisticalAssert.Close(expected[i], actual[i], absolute: 1e-6 * errors[i]);
        }

        // Two routes: the models of the document give the spikes the likelihood that it states.
        GlmPopulation population = GlmModelDocument.Read(output);
        StatisticalAssert.Close(json.Number("logLikelihood"), population.LogLikelihood(RecordingFile.Open(spikes)), relative: 1e-10);
        (await CommandRun.Of("simulate", "glm", output, "--duration", "1s", "--json")).AssertDone();
    }

    [Fact]
    public async Task TargetAll_CouplingMatrix_IsThatOfTheTerms()
    {
        using TemporaryFolder folder = new();
        JsonElement json = (await CommandRun.Of(["fit", "glm", Spikes(folder), .. all, "--json"])).AssertDone().Json;
        JsonElement couplings = json.GetProperty("couplings");
        string[] units = ["a", "b", "c"];
        Assert.Equal(units, couplings.GetProperty("targets").EnumerateArray().Select(unit => unit.GetString()));
        Assert.Equal(units, couplings.GetProperty("sources").EnumerateArray().Select(unit => unit.GetString()));
        List<double> between = [], adjusted = [];
        for (int target = 0; target < 3; target++)
        {
            for (int source = 0; source < 3; source++)
            {
                string name = source == target ? "history" : $"coupling:{units[source]}";
                JsonElement term = json.GetProperty("fits")[target].GetProperty("terms").EnumerateArray().Single(term => term.GetProperty("name").GetString() == name);
                StatisticalAssert.Close(0.001 * term.GetProperty("filter").Doubles().Sum(), couplings.GetProperty("strengths")[target][source].GetDouble(), absolute: 1e-12);
                Assert.Equal(term.Number("wald", "p"), couplings.GetProperty("pValues")[target][source].GetDouble());
                JsonElement corrected = couplings.GetProperty("adjustedPValues")[target][source];
                if (source == target)
                {
                    Assert.Equal("NaN", corrected.GetString());
                    continue;
                }

                between.Add(term.Number("wald", "p"));
                adjusted.Add(corrected.GetDouble());
            }
        }

        Assert.Equal(FalseDiscoveryRate.Adjust(between.ToArray()), adjusted);
    }

    [Fact]
    public async Task TargetAll_Text_ShowsTargetsCouplingsAndMemory()
    {
        using TemporaryFolder folder = new();
        CommandRun run = (await CommandRun.Of(["fit", "glm", Spikes(folder), .. all])).AssertDone();
        string[] expected =
        [
            "GLMs of 3 units, each acted on by 3 units: poisson counts, log link, 1 ms bins, 10 coefficients each", "bits/spike", "converged",
            "of 6 couplings stand out at a false-discovery rate of 5 %", "integral of log gain", "adjusted p", "peak memory of the process",
        ];
        Assert.All(expected, text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task TargetAll_OddUnits_AreNamedAndTheOthersFitted()
    {
        using TemporaryFolder folder = new();
        string spikes = Spikes(folder, twin: true);
        CommandRun run = await CommandRun.Of(["fit", "glm", spikes, .. all, "--json"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(4, run.Json.GetProperty("fits").GetArrayLength());
        Assert.Contains("The fit of unit b did not succeed (rankDeficient)", run.Error, StringComparison.Ordinal);
        Assert.Contains("coupling:twin", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TargetAll_WhatCannotBeShared_IsRefused()
    {
        using TemporaryFolder folder = new();
        string spikes = Spikes(folder);
        (await CommandRun.Of("fit", "glm", spikes, "--target", "all")).AssertRefused(ExitCode.Usage, "--coupling all");
        (await CommandRun.Of("fit", "glm", spikes, "--target", "all", "--coupling", "b")).AssertRefused(ExitCode.Usage, "--coupling all");
        (await CommandRun.Of(["fit", "glm", spikes, .. all, "--history-basis", "lags:3"])).AssertRefused(ExitCode.Usage, "--history-basis");
        (await CommandRun.Of(["fit", "glm", spikes, .. all, "--penalty", "coupling:b=ridge:1"])).AssertRefused(ExitCode.Usage, "--penalty coupling");
        (await CommandRun.Of(["fit", "glm", spikes, .. all, "--history-basis", Basis, "--penalty", "coupling=ridge:1"])).AssertRefused(ExitCode.Usage, "history");
        string one = folder.Write("one.csv", "time\n0.5\n1.25\n2.5\n");
        (await CommandRun.Of(["fit", "glm", one, .. all])).AssertRefused(ExitCode.Usage, "two units");
    }

    private static string Spikes(TemporaryFolder folder, bool twin = false)
    {
        Recording trio = CoupledTrio.Simulate(stretches: 6);
        string observed = string.Join(", ", trio.Observed.Select(stretch => string.Create(CultureInfo.InvariantCulture, $"{stretch.Start}s..{stretch.End}s")));
        IEnumerable<(string Unit, double Time)> rows = trio.Trains.SelectMany(train => train.Times.ToArray().Select(time => (train.Unit, time)));
        if (twin) rows = rows.Concat(trio["a"].Times.ToArray().Select(time => ("twin", time)));
        return folder.Write("trio.csv", $"# observed: {observed}\nunit,time\n" + string.Concat(rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Unit},{row.Time:R}\n"))));
    }
}
