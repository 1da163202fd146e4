using System.Text.Json;
using SpikeStats.Cli;
using SpikeStats.Cli.Output;

namespace SpikeStats.Tests.Cli;

/// <summary>One run of the command within the test: what it printed and how it ended.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    /// <summary>Standard output as the one JSON document that it must be.</summary>
    public JsonElement Json
    {
        get
        {
            using JsonDocument document = JsonDocument.Parse(Output);
            return document.RootElement.Clone();
        }
    }

    public static Task<CommandRun> Of(params string[] arguments) => Of(CancellationToken.None, arguments);

    public static async Task<CommandRun> Of(CancellationToken cancellationToken, params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        Terminal terminal = new(output, error, IsInteractive: false, UsesColor: false);
        int exitCode = await new CommandLine(terminal).RunAsync(arguments, cancellationToken);
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Asserts that nothing came of it, and that the message says where and what to do.</summary>
    public void AssertRefused(ExitCode code, params string[] fragments)
    {
        Assert.True(ExitCode == (int)code, $"Exit code {ExitCode}, not {(int)code}: {Error}");
        Assert.Equal("", Output);
        Assert.All(fragments, fragment => Assert.Contains(fragment, Error, StringComparison.Ordinal));
        Assert.DoesNotContain("   at SpikeStats", Error, StringComparison.Ordinal);
    }

    /// <summary>Asserts success.</summary>
    public CommandRun AssertDone()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}: {Error}");
        return this;
    }
}
