using System.CommandLine;
using SpikeStats.Cli.Output;
using SpikeStats.Cli.Reporting;
using SpikeStats.Loading;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats demo</c>: the way from spikes to a judged model, on the sample data or, without them, on a simulated pair of cells.</summary>
internal sealed class DemoCommand(VerbFrame frame) : Verb(
    "demo", $"Analyses the sample recording of a retina, or simulated cells if it is not there, and writes a report (--out, default {DefaultOutput}).", frame)
{
    private const string DefaultOutput = "spikestats-demo.html", SampleFolder = "sample-data", SampleSpikes = "retina.csv", SampleStimulus = "retina-stimulus.csv";

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using ReportFiles files = ReportFiles.At(invocation.Settings.Out ?? DefaultOutput, invocation.Settings.Force);
        string? folder = FindSample();
        Recording recording = folder is null ? DemoCells.Simulate(invocation.Settings.Seed, invocation.CancellationToken) : Load(folder, invocation);
        string origin = folder is null
            ? $"A refractory cell driven by a flicker, and a second one that it excites, were simulated for {NumberText.Seconds(DemoCells.Duration)} (seed {invocation.Settings.Seed})."
            : $"The four cells of {Path.Combine(folder, SampleSpikes)} were read; their truth is known, and lies beside them.";
        ReportOptions options = new()
        {
            Title = "A demonstration",
            Stimulus = recording.Signals[0].Name,
            HasCouplings = true,
            Seed = invocation.Settings.Seed,
            Threads = invocation.Settings.Threads,
        };
        RecordingReport report = invocation.Watch("analysing", progress => RecordingReport.Create(recording, options, progress, invocation.CancellationToken));
        string json = files.Save(report, invocation);
        invocation.Print(json, () => $"""
            {origin}
            Each was fitted with a point-process GLM (stimulus, own spikes, spikes of the others) and judged by time rescaling.

            {ReportText.Of(report, files)}
            """);
        return ExitCode.Done;
    }

    // Beside the program, as in a clone, or where the user stands.
    private static string? FindSample()
    {
        foreach (string origin in (string[])[Directory.GetCurrentDirectory(), AppContext.BaseDirectory])
        {
            for (DirectoryInfo? folder = new(origin); folder is not null; folder = folder.Parent)
            {
                string sample = Path.Combine(folder.FullName, SampleFolder);
                if (File.Exists(Path.Combine(sample, SampleSpikes)) && File.Exists(Path.Combine(sample, SampleStimulus))) return sample;
            }
        }

        return null;
    }

    private static Recording Load(string folder, Invocation invocation)
    {
        Recording spikes = invocation.Open(Path.Combine(folder, SampleSpikes), new LoadOptions());
        return spikes.WithSignals(new SignalSet(invocation, new LoadOptions()).Open(Path.Combine(folder, SampleStimulus)));
    }
}
