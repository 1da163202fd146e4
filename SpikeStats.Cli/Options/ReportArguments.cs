using System.CommandLine;
using SpikeStats.Cli.Reporting;
using SpikeStats.Models.Bases;

namespace SpikeStats.Cli.Options;

/// <summary>The options that shape a report.</summary>
internal sealed class ReportArguments
{
    private static readonly ReportOptions defaults = new();

    private readonly Option<CouplingChoice> coupling = Parsed.Option("--coupling", "all|none", "Whether the models have coupling filters from the other units; default none.", AllOrNone);
    private readonly Option<double?> bin = Parsed.Option<double?>("--bin", "DURATION", "Width of the bins of the models; default 1ms.", text => DurationSyntax.Positive(text));
    private readonly Option<Basis> historyBasis = Parsed.Option("--history-basis", "BASIS", "Basis of the post-spike filters; default raised cosines of log time.", BasisSyntax.Parse);
    private readonly Option<Basis> stimulusBasis = Parsed.Option(
        "--stimulus-basis", "BASIS", "Basis of the stimulus filters; default raised cosines as long as the signal is fast.", BasisSyntax.Parse);
    private readonly Option<Basis> couplingBasis = Parsed.Option("--coupling-basis", "BASIS", "Basis of the coupling filters; default four raised cosines of log time over 50ms.", BasisSyntax.Parse);
    private readonly Option<SmoothArgument[]> smooth = Parsed.Repeated(
        "--smooth", SmoothArgument.Words, "A smooth effect of the value of a signal, or of several together, in every model, for example position.csv:x,y; may be repeated.", SmoothArgument.Parse);
    private readonly Option<double?> refractory = Parsed.Option<double?>(
        "--refractory", "DURATION", "Refractory period whose violations are counted; default 1.5ms.", text => DurationSyntax.Positive(text));
    private readonly Option<string> title = new("--title") { HelpName = "TEXT", Description = "Heading of the page; default the name of the recording." };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[coupling, bin, historyBasis, stimulusBasis, couplingBasis, smooth, refractory, title]) command.Add(option);
    }

    /// <summary>The smooth effects that are asked for.</summary>
    public SmoothArgument[] Smooth(ParseResult parsed) => parsed.GetValue(smooth) ?? [];

    /// <summary>The options of the report, without its signals.</summary>
    public ReportOptions Read(ParseResult parsed, CommonSettings settings) => new()
    {
        Title = parsed.GetValue(title) ?? defaults.Title,
        HasCouplings = parsed.GetValue(coupling)?.All ?? defaults.HasCouplings,
        BinWidth = parsed.GetValue(bin) ?? defaults.BinWidth,
        HistoryBasis = parsed.GetValue(historyBasis),
        StimulusBasis = parsed.GetValue(stimulusBasis),
        CouplingBasis = parsed.GetValue(couplingBasis),
        RefractoryPeriod = parsed.GetValue(refractory) ?? defaults.RefractoryPeriod,
        Seed = settings.Seed,
        Threads = settings.Threads,
    };

    private static CouplingChoice AllOrNone(string text) => CouplingChoice.Parse(text) is { Units.Count: 0 } choice
        ? choice
        : throw new FormatException($"'{text}' is not one of all|none. For chosen units use: spikestats fit glm FILE --coupling {text}.");
}
