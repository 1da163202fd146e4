using System.CommandLine;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Loading;
using SpikeStats.Statistics;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats info FILE</c>: what is in a recording.</summary>
internal sealed class InfoCommand : Verb
{
    private readonly Argument<string> file = new("FILE") { Description = "File or folder of the recording; its format is recognised by content." };
    private readonly Option<double?> refractory = Parsed.Option<double?>(
        "--refractory", "DURATION", "Refractory period whose violations are counted; default 1.5ms.", text => DurationSyntax.Positive(text));

    private readonly LoadingOptions loading = new();
    private readonly SignalOptions signals = new();

    public InfoCommand(VerbFrame frame)
        : base("info", "Describes a recording: format, units, rates, interspike intervals, and what the loader assumed.", frame)
    {
        Add(file);
        Add(refractory);
        signals.AddTo(this);
        loading.AddTo(this);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        LoadOptions options = loading.Read(parsed);
        Recording recording = invocation.Open(parsed.GetRequiredValue(file), options);
        if (signals.Path(parsed) is { } stimulus)
            recording = recording.WithSignals(new SignalSet(invocation, signals.Loading(parsed, options)).Open(stimulus));
        double refractoryPeriod = parsed.GetValue(refractory) ?? RefractoryViolations.DefaultRefractoryPeriod;
        UnitSummaryTable summaries = UnitSummaryTable.Of(recording, refractoryPeriod, invocation.Settings.Threads, invocation.CancellationToken);
        InfoDocument document = InfoDocument.Of(recording, summaries, refractoryPeriod);
        invocation.Deliver(document, DocumentJson.Default.InfoDocument, () => InfoText.Of(document, recording.Observed), output);
        return ExitCode.Done;
    }
}
