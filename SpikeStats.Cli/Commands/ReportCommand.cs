using System.CommandLine;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Cli.Reporting;
using SpikeStats.Loading;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats report FILE</c>: one page about a recording, every unit described, fitted and judged.</summary>
internal sealed class ReportCommand : Verb
{
    private const string DefaultOutput = "report.html";

    private readonly Argument<string> file = new("FILE") { Description = "File or folder of the recording." };
    private readonly ReportArguments arguments = new();
    private readonly SignalOptions signals = new();
    private readonly LoadingOptions loading = new();

    public ReportCommand(VerbFrame frame)
        : base("report", $"Writes a page about a recording (--out, default {DefaultOutput}) and a JSON document beside it: every unit described, fitted and judged.", frame)
    {
        Add(file);
        arguments.AddTo(this);
        signals.AddTo(this);
        loading.AddTo(this);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using ReportFiles files = ReportFiles.At(invocation.Settings.Out ?? DefaultOutput, invocation.Settings.Force);
        LoadOptions options = loading.Read(parsed);
        ReportOptions reportOptions = arguments.Read(parsed, invocation.Settings);
        if (signals.Path(parsed) is null && (reportOptions.StimulusBasis is not null || signals.Name(parsed) is not null))
            throw new UsageException("--stimulus-basis and --stimulus-signal need --stimulus FILE.");

        Recording recording = invocation.Open(parsed.GetRequiredValue(file), options);
        SignalSet signalSet = new(invocation, signals.Loading(parsed, options));
        if (signals.Path(parsed) is { } path)
            reportOptions = reportOptions with { Stimulus = signalSet.Take(path, signals.Name(parsed), recording.Observed, reportOptions.BinWidth).Name };
        reportOptions = reportOptions with { SmoothTerms = [.. arguments.Smooth(parsed).Select(asked => SmoothTerms.Of(asked, signalSet, recording.Observed, reportOptions.BinWidth))] };
        if (signalSet.Taken.Count > 0) recording = recording.WithSignals(signalSet.Taken);
        RecordingReport report = invocation.Watch("analysing", progress => RecordingReport.Create(recording, reportOptions, progress, invocation.CancellationToken));
        string json = files.Save(report, invocation);
        invocation.Print(json, () => ReportText.Of(report, files));
        return ExitCode.Done;
    }
}
