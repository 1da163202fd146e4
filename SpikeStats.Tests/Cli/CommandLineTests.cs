using SpikeStats.Cli.Output;
using SpikeStats.Tests.Loading;

namespace SpikeStats.Tests.Cli;

public sealed class CommandLineTests
{
    private const string Spikes = "unit,time\na,0.5\na,1.25\nb,0.75\n";

    [Fact]
    public async Task Version_IsThatOfTheAssembly()
    {
        CommandRun run = (await CommandRun.Of("--version")).AssertDone();
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\s$", run.Output);
        Assert.Equal("", run.Error);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("info", "--help")]
    [InlineData("fit", "glm", "--help")]
    [InlineData("fit", "hmm", "--help")]
    [InlineData("fit", "hawkes", "--help")]
    [InlineData("gof", "--help")]
    [InlineData("simulate", "hawkes", "--help")]
    [InlineData("simulate", "renewal", "--help")]
    [InlineData("decode", "--help")]
    [InlineData("simulate", "glm", "-h")]
    public async Task Help_NamesCommonOptionsAndExitCodes(params string[] arguments)
    {
        CommandRun run = (await CommandRun.Of(arguments)).AssertDone();
        Assert.Contains("spikestats", run.Output, StringComparison.Ordinal);
        string[] expected = ["--json", "--seed", "--threads", "--out", "--force", "--quiet", "Exit codes:", "130", "cancelled"];
        Assert.All(expected, text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("fit")]
    [InlineData("nonsense")]
    [InlineData("info")]
    [InlineData("info x --nonsense")]
    [InlineData("info x --seed -1")]
    [InlineData("info x --seed 1.5")]
    [InlineData("info x --threads 0")]
    [InlineData("info x --refractory 2")]
    [InlineData("info x --refractory -2ms")]
    [InlineData("info x --time-unit hours")]
    [InlineData("info x --observed 0s-42s")]
    [InlineData("info x --on-unsorted keep")]
    [InlineData("info x --on-nan sort")]
    [InlineData("info x --layout square")]
    [InlineData("info x --sampling-rate fast")]
    [InlineData("info x --observed 0s..1s --observed 2s..3s")]
    [InlineData("fit glm x")]
    [InlineData("fit glm x --target a --bin 1")]
    [InlineData("fit glm x --target a --observation gauss")]
    [InlineData("fit glm x --target a --history-basis cubes:3")]
    [InlineData("fit glm x --target a --coupling a,,b")]
    [InlineData("fit glm x --target a --covariate position.csv")]
    [InlineData("fit glm x --target a --covariate position.csv:value^0")]
    [InlineData("fit glm x --target a --penalty history")]
    [InlineData("fit glm x --target a --penalty history=rough:1")]
    [InlineData("fit glm x --target a --penalty history=smooth:-1")]
    [InlineData("fit glm x --target a --edge wrap")]
    [InlineData("fit glm x --target a --window 5s..1s")]
    [InlineData("fit hawkes x --decay 5")]
    [InlineData("fit hawkes x --kernel gauss")]
    [InlineData("gof m.json")]
    [InlineData("gof m.json x --bootstrap many")]
    [InlineData("simulate glm m --duration 0s")]
    [InlineData("simulate hawkes m --observed 5s")]
    public async Task WrongUsage_AnyKind_IsRefusedBeforeAnyFileIsRead(string line)
    {
        CommandRun run = await CommandRun.Of(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        run.AssertRefused(ExitCode.Usage, "error: ", "Try: spikestats", "--help");
    }

    [Fact]
    public async Task WrongUsage_OfAValue_NamesOptionValueAndRemedy()
    {
        CommandRun run = await CommandRun.Of("info", "x", "--time-unit", "hours");
        run.AssertRefused(ExitCode.Usage, "--time-unit", "'hours'", "samples:30000", "Try: spikestats info --help");
    }

    [Fact]
    public async Task Argument_WithAnAtSign_IsAFileAndNoResponseFile()
    {
        (await CommandRun.Of("info", "@recording.csv")).AssertRefused(ExitCode.InvalidInput, "@recording.csv", "there is no such file");
    }

    [Fact]
    public async Task Notes_GoToStandardError_UnlessQuiet()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("spikes.csv", Spikes);
        CommandRun told = (await CommandRun.Of("info", path)).AssertDone(), quiet = (await CommandRun.Of("info", path, "--quiet")).AssertDone();
        Assert.Contains("--observed", told.Error, StringComparison.Ordinal);
        Assert.Equal("", quiet.Error);
        Assert.Equal(told.Output, quiet.Output);
    }

    [Fact]
    public async Task Out_FileThatExists_IsReplacedOnlyWithForce()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("spikes.csv", Spikes), output = folder.Write("info.json", "precious");
        (await CommandRun.Of("info", path, "--out", output)).AssertRefused(ExitCode.Usage, output, "exists", "--force");
        Assert.Equal("precious", File.ReadAllText(output));

        CommandRun forced = (await CommandRun.Of("info", path, "--json", "--out", output, "--force")).AssertDone();
        Assert.Equal(forced.Output, File.ReadAllText(output));
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public async Task Out_IntoNoFolderOrOntoOne_IsRefused()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("spikes.csv", Spikes);
        (await CommandRun.Of("info", path, "--out", folder.PathOf("missing/info.json"))).AssertRefused(ExitCode.Usage, "there is no folder", "Create it");
        (await CommandRun.Of("info", path, "--out", folder.Path)).AssertRefused(ExitCode.Usage, "is a folder");
    }

    [Fact]
    public async Task Cancellation_BeforeTheWork_ExitsWith130AndWritesNothing()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("spikes.csv", Spikes);
        CommandRun run = await CommandRun.Of(new CancellationToken(canceled: true), "info", path, "--out", folder.PathOf("info.json"));
        run.AssertRefused(ExitCode.Cancelled, "Cancelled");
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }
}
