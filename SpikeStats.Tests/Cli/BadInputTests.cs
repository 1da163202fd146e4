using System.Globalization;
using SpikeStats.Cli.Output;
using SpikeStats.Loading;
using SpikeStats.Tests.Loading;

namespace SpikeStats.Tests.Cli;

/// <summary>Data that cannot be used: a message that names the place and the remedy, an exit code, and no half-written output.</summary>
public sealed class BadInputTests
{
    private const string Good = "unit,time\na,0.5\na,1.25\na,2.5\nb,0.75\n";

    public static TheoryData<string, string, string[]> BadTexts => new()
    {
        { "empty file", "", ["the file is empty", "write the recording again"] },
        { "header only", "unit,time\n", ["it holds no spike", "check that it is the right file"] },
        { "NaN", "unit,time\na,0.5\na,NaN\n", ["row 3", "unit a", "--on-nan drop"] },
        { "negative interval", "unit,time\na,0.5\na,0.25\n", ["row 3", "unit a", "--on-unsorted"] },
        { "unsorted", "time\n0.5\n1.5\n1.0\n", ["row 4", "--on-unsorted"] },
        { "duplicate", "unit,time\na,0.5\na,0.5\n", ["row 3", "unit a", "--on-duplicate"] },
        { "words", "unit,time\na,0.5\na,soon\n", ["row 3", "'soon' is not a number"] },
        { "decimal comma", "unit;time\na;0,5\na;0,75\n", ["row 2", "decimal comma"] },
    };

    [Theory]
    [MemberData(nameof(BadTexts))]
    public async Task TextFile_Bad_IsRefusedWithPlaceAndRemedy(string name, string text, string[] fragments)
    {
        _ = name;
        await AssertRefused("spikes.csv", System.Text.Encoding.UTF8.GetBytes(text), fragments);
    }

    [Fact]
    public async Task Npy_Truncated_IsRefusedWithPlaceAndRemedy()
    {
        using MemoryStream stream = new();
        NpyArray.Write(stream, [0.5, 1.0, 1.5, 2.0]);
        await AssertRefused("spikes.npy", stream.ToArray()[..^8], ["spikes.npy", "Remedy:"]);
        await AssertRefused("spikes.npy", stream.ToArray()[..20], ["spikes.npy", "Remedy:"]);
    }

    [Fact]
    public async Task File_Missing_IsRefused()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("nothing.csv");
        (await CommandRun.Of("info", path)).AssertRefused(ExitCode.InvalidInput, path, "there is no such file or folder", "check the path");
    }

    [Fact]
    public async Task Folder_WithoutKnownLayout_IsRefused()
    {
        using TemporaryFolder folder = new();
        (await CommandRun.Of("info", folder.Path)).AssertRefused(ExitCode.InvalidInput, folder.Path, "no known layout", "Remedy:");
        (await CommandRun.Of("simulate", "glm", folder.Path)).AssertRefused(ExitCode.InvalidInput, folder.Path);
    }

    [Fact]
    public async Task Times_ThatLookLikeMilliseconds_AreTakenAsSecondsWithAWarning()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("spikes.csv", "time\n" + string.Concat(Enumerable.Range(1, 50).Select(i => string.Create(CultureInfo.InvariantCulture, $"{(i * 37) + (0.5 * (i % 3))}\n"))));
        CommandRun run = (await CommandRun.Of("info", path)).AssertDone();
        Assert.Contains("warning: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("--time-unit", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Target_Unknown_IsAnErrorOfUsageThatListsTheUnits()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("spikes.csv", Good), output = folder.PathOf("fit.json");
        (await CommandRun.Of("fit", "glm", path, "--target", "z", "--out", output)).AssertRefused(ExitCode.Usage, "'z'", "a, b");
        (await CommandRun.Of("fit", "glm", path, "--target", "a", "--coupling", "z", "--out", output)).AssertRefused(ExitCode.Usage, "'z'", "a, b");
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Target_WithoutSpikes_IsDescribedButNotFitted()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("spikes.csv", Good);
        string[] loading = ["--observed", "1s..3s", "--on-outside", "drop"];
        CommandRun info = (await CommandRun.Of(["info", path, "--json", .. loading])).AssertDone();
        Assert.Equal("NaN", info.Json.GetProperty("units")[1].GetProperty("firstSpike").GetString());
        (await CommandRun.Of(["fit", "glm", path, "--target", "b", "--out", folder.PathOf("fit.json"), .. loading]))
            .AssertRefused(ExitCode.InvalidInput, "unit b", "no spike", "Remedy:");
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Stimulus_ShorterThanTheRecording_IsRefusedWithWhatItCovers()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("spikes.csv", Good), stimulus = folder.Write("stimulus.csv", "time,value\n0,1\n0.5,2\n1,3\n");
        CommandRun run = await CommandRun.Of(
            "fit", "glm", path, "--target", "a", "--stimulus", stimulus, "--stimulus-time-unit", "s", "--stimulus-basis", "lags:2", "--bin", "100ms", "--observed", "0s..3s",
            "--out", folder.PathOf("fit.json"));
        run.AssertRefused(ExitCode.InvalidInput, stimulus, "signal value", "[0 s, 1.5 s)", "--observed 0s..1.5s");
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public async Task Filter_LongerThanTheRecording_IsRefused()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("spikes.csv", Good);
        (await CommandRun.Of("fit", "glm", path, "--target", "a", "--history-basis", "lags:4000"))
            .AssertRefused(ExitCode.InvalidInput, "no bin has a full history", "--edge zero");
        (await CommandRun.Of("fit", "glm", path, "--target", "a", "--history-basis", "windows:0.1ms,0.2ms"))
            .AssertRefused(ExitCode.Usage, "Window 1", "widen it");
    }

    [Theory]
    [InlineData("--penalty", "history=smooth:1", "no term 'history'")]
    [InlineData("--penalty", "coupling=smooth:1", "no term 'coupling'")]
    [InlineData("--stimulus-basis", "lags:2", "need --stimulus FILE")]
    [InlineData("--coupling-basis", "lags:2", "needs --coupling")]
    public async Task Option_ThatDoesNotFitTheOthers_IsRefused(string option, string value, string fragment)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("spikes.csv", Good);
        (await CommandRun.Of("fit", "glm", path, "--target", "a", option, value)).AssertRefused(ExitCode.Usage, fragment);
    }

    [Fact]
    public async Task Covariate_UnknownSignal_IsRefusedWithThoseThereAre()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("spikes.csv", Good), position = folder.Write("position.csv", "time,x,y\n0.0,1,2\n1.5,2,3\n3.0,3,4\n");
        (await CommandRun.Of("fit", "glm", path, "--target", "a", "--covariate", $"{position}:z^2")).AssertRefused(ExitCode.Usage, position, "'z'", "x, y");
        (await CommandRun.Of("fit", "glm", path, "--target", "a", "--stimulus", position)).AssertRefused(ExitCode.Usage, "several signals", "--stimulus-signal", "x, y");
    }

    private static async Task AssertRefused(string name, byte[] content, string[] fragments)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write(name, content);
        (await CommandRun.Of("info", path, "--json", "--out", folder.PathOf("info.json"))).AssertRefused(ExitCode.InvalidInput, [path, "Remedy:", .. fragments]);
        (await CommandRun.Of("fit", "glm", path, "--target", "a", "--out", folder.PathOf("fit.json"))).AssertRefused(ExitCode.InvalidInput, [path, .. fragments]);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }
}
