using System.Text.Json;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

public sealed class InfoCommandTests
{
    [Fact]
    public async Task Info_Json_HasTheFieldsOfItsSchema()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("spikes.csv", "unit,time\na,0.5\na,0.501\na,2.5\nb,0.75\n"), stimulus = folder.Write("s.csv", "time,v\n0,1\n0.5,2\n");
        JsonElement json = (await CommandRun.Of("info", path, "--json", "--observed", "0s..1s,2s..3s", "--stimulus", stimulus)).AssertDone().Json;
        Assert.Equal("spikestats.info/1", json.GetProperty("schema").GetString());
        Assert.Matches(@"^\d+\.\d+\.\d+", json.GetProperty("version").GetString());
        Assert.NotEqual("", json.GetProperty("format").GetString());
        Assert.Equal(2, json.GetProperty("unitCount").GetInt32());
        Assert.Equal(4, json.GetProperty("spikeCount").GetInt32());
        Assert.Equal(2, json.GetProperty("duration").GetDouble());
        Assert.Equal("[[0,1],[2,3]]", json.GetProperty("observed").GetRawText());
        JsonElement unit = json.GetProperty("units")[0];
        Assert.Equal("a", unit.GetProperty("id").GetString());
        Assert.Equal(3, unit.GetProperty("spikeCount").GetInt32());
        Assert.Equal(0.5, unit.GetProperty("firstSpike").GetDouble());
        Assert.Equal(2.5, unit.GetProperty("lastSpike").GetDouble());
        Assert.Equal(1.5, unit.GetProperty("rate").GetDouble());

        // The interval from 0.501 s to 2.5 s reaches across the gap and is none.
        Assert.Equal(0.501 - 0.5, unit.GetProperty("isiMean").GetDouble(), 15);
        Assert.Equal(0.501 - 0.5, unit.GetProperty("isiMin").GetDouble(), 15);
        Assert.Equal("NaN", unit.GetProperty("isiCv").GetString());
        Assert.Equal(1, unit.GetProperty("refractoryViolations").GetInt32());
        JsonElement signal = Assert.Single(json.GetProperty("signals").EnumerateArray());
        Assert.Equal("v", signal.GetProperty("name").GetString());
        Assert.NotEmpty(json.GetProperty("loadReport").EnumerateArray());
    }

    [Fact]
    public async Task Info_Refractory_IsTheLimitOfTheViolations()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("spikes.csv", "time\n0.5\n0.503\n0.6\n");
        JsonElement json = (await CommandRun.Of("info", path, "--json", "--refractory", "3.5ms")).AssertDone().Json;
        Assert.Equal(1, json.GetProperty("units")[0].GetProperty("refractoryViolations").GetInt32());
        Assert.Equal(0.0035, json.GetProperty("refractoryPeriod").GetDouble());
    }

    [Fact]
    public async Task Info_Text_HasARowPerUnitWithItsLabels()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("spikes.csv", "unit,time\na,0.5\na,1.5\nb,0.75\n");
        string[] lines = (await CommandRun.Of("info", path, "--observed", "0s..2s")).AssertDone().Output.Split('\n');
        Assert.StartsWith("delimited text", lines[0], StringComparison.Ordinal);
        Assert.Contains("2 units, 3 spikes, observed 2 s", lines[0], StringComparison.Ordinal);
        Assert.Matches(@"^unit +spikes +first \(s\) .* rate \(Hz\)", lines[2]);
        Assert.Matches(@"^a +2 +0\.500 +1\.500 +1\.000 +1000 ", lines[3]);
        Assert.Matches(@"^b +1 +0\.750 +0\.750 +0\.500 +- ", lines[4]);
    }

    [SkippableFact]
    public async Task Info_RealPopulation_HasTheReferenceCounts()
    {
        string alf = Repository.SharedData("ibl_npy_289units", "alf"), phy = Repository.SharedData("ibl_npy_289units", "phy");
        JsonElement fromAlf = (await CommandRun.Of("info", alf, "--json")).AssertDone().Json;
        JsonElement fromPhy = (await CommandRun.Of("info", phy, "--json", "--time-unit", "samples:30000")).AssertDone().Json;
        Assert.All([fromAlf, fromPhy], json =>
        {
            Assert.Equal(289, json.GetProperty("unitCount").GetInt32());
            Assert.Equal(124905, json.GetProperty("spikeCount").GetInt32());
        });
        Assert.Equal(144, fromPhy.GetProperty("units").EnumerateArray().Count(unit => unit.At("labels", "group").GetString() == "good"));
    }

    [SkippableFact]
    public async Task Info_PhyWithoutRate_SaysHowToStateIt()
    {
        string phy = Repository.SharedData("ibl_npy_289units", "phy");
        (await CommandRun.Of("info", phy)).AssertRefused(SpikeStats.Cli.Output.ExitCode.InvalidInput, phy, "--time-unit samples:RATE");
    }
}
