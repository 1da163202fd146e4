using System.CommandLine;
using SpikeStats.Loading;

namespace SpikeStats.Cli.Options;

/// <summary>Which signal is the stimulus.</summary>
internal sealed class SignalOptions
{
    private readonly Option<string> stimulus = new("--stimulus") { HelpName = "FILE", Description = "File of the stimulus: a column of times and one of values." };
    private readonly Option<string> stimulusSignal = new("--stimulus-signal") { HelpName = "NAME", Description = "Which signal of the stimulus file, if it holds several." };
    private readonly Option<TimeUnit?> stimulusTimeUnit = Parsed.Option<TimeUnit?>(
        "--stimulus-time-unit", "UNIT", "Unit of the times in the files of signals; default: that of --time-unit.", text => TimeUnit.Parse(text));

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[stimulus, stimulusSignal, stimulusTimeUnit]) command.Add(option);
    }

    /// <summary>The file of the stimulus; null if there is none.</summary>
    public string? Path(ParseResult parsed) => parsed.GetValue(stimulus);

    /// <summary>The signal of that file; null for its only one.</summary>
    public string? Name(ParseResult parsed) => parsed.GetValue(stimulusSignal);

    /// <summary>How files of signals are read, given how the spikes are.</summary>
    public LoadOptions Loading(ParseResult parsed, LoadOptions spikes) =>
        spikes with { Observed = null, TimeUnit = parsed.GetValue(stimulusTimeUnit) ?? spikes.TimeUnit };
}
