using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli;

/// <summary>The command as a process of its own, as a shell sees it.</summary>
public sealed class ProcessTests
{
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Process_InfoJson_PrintsOneDocumentAndExitsWith0()
    {
        using TemporaryFolder folder = new();
        using Process process = Start("info", folder.Write("spikes.csv", "unit,time\nä,0.5\nä,1.5\n"), "--json");
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(patience);
        Assert.Equal(0, process.ExitCode);
        Assert.EndsWith("}\n", output, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(output);
        Assert.Equal("ä", document.RootElement.GetProperty("units")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Process_BadInput_PrintsOneMessageAndExitsWith3()
    {
        using TemporaryFolder folder = new();
        using Process process = Start("info", folder.Write("empty.csv", ""));
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(patience);
        Assert.Equal(3, process.ExitCode);
        Assert.Equal("", await process.StandardOutput.ReadToEndAsync());
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [SkippableFact]
    public async Task Process_Interrupted_ExitsWith130AndLeavesNoFile()
    {
        Repository.RequireOrSkip(!OperatingSystem.IsWindows(), "there is no SIGINT on Windows");
        using TemporaryFolder folder = new();
        string spikes = folder.Write("spikes.csv", LongRecording());

        // 12 million bins and 300 columns: minutes, if nobody interrupts.
        using Process process = Start(
            "fit", "glm", spikes, "--target", "a", "--observed", "0s..1200s", "--bin", "0.1ms", "--history-basis", "lags:300", "--threads", "1", "--out", folder.PathOf("fit.json"));
        string? line = await process.StandardError.ReadLineAsync().WaitAsync(patience);
        Assert.StartsWith("note:", line, StringComparison.Ordinal);
        await Task.Delay(TimeSpan.FromMilliseconds(500));
        Assert.False(process.HasExited);

        using Process kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        string error = await process.StandardError.ReadToEndAsync().WaitAsync(patience);
        await process.WaitForExitAsync().WaitAsync(patience);
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("Cancelled", error, StringComparison.Ordinal);
        Assert.Equal([spikes], Directory.GetFiles(folder.Path));
    }

    // The same spikes whatever the width of vectors: those of this machine, half of it, and none at all, where every operation is done lane by lane.
    [Fact]
    public async Task Process_SimulateLif_DoesNotDependOnTheVectorsOfTheMachine()
    {
        string[] arguments = ["simulate", "lif", "--mu", "22mV", "--sigma", "5mV", "--count", "20", "--duration", "0.2s", "--quiet"];
        string expected = await Printed(arguments);
        Assert.True(expected.Split('\n').Length > 50);
        foreach (string variable in (string[])["DOTNET_EnableAVX512", "DOTNET_EnableAVX512F", "DOTNET_EnableAVX2", "DOTNET_EnableHWIntrinsic"]) Assert.Equal(expected, await Printed(arguments, variable));

        static async Task<string> Printed(string[] arguments, string? switchedOff = null)
        {
            using Process process = Start(arguments, switchedOff);
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(patience);
            Assert.Equal(0, process.ExitCode);
            return output;
        }
    }

    private static string LongRecording()
    {
        RandomStream random = new(seed: 1);
        StringBuilder text = new("unit,time_s\n");
        for (double time = 0.01; time < 1200; time += 0.002 + (0.05 * random.NextExponential())) text.Append(CultureInfo.InvariantCulture, $"a,{time}\n");
        return text.ToString();
    }

    private static Process Start(params string[] arguments) => Start(arguments, switchedOff: null);

    private static Process Start(string[] arguments, string? switchedOff)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "SpikeStats.Cli.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        if (switchedOff is not null) start.Environment[switchedOff] = "0";
        return Process.Start(start)!;
    }
}
