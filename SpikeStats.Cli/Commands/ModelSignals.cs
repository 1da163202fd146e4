using System.CommandLine;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Loading;
using SpikeStats.Models.Glm;
using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Cli.Commands;

/// <summary>The signals that a stored model depends on, found by name in files.</summary>
internal sealed class ModelSignals
{
    private const string Stimulus = "--stimulus";

    private readonly Option<string[]> stimuli = Parsed.Repeated(Stimulus, "FILE", "Files of the signals that the model needs; may be repeated.", text => text);
    private readonly Option<TimeUnit?> stimulusTimeUnit = Parsed.Option<TimeUnit?>(
        "--stimulus-time-unit", "UNIT", "Unit of the times in the files of signals; default: as they say, else that of --time-unit.", text => TimeUnit.Parse(text));

    public void AddTo(Command command)
    {
        command.Add(stimuli);
        command.Add(stimulusTimeUnit);
    }

    /// <summary>The signals that a model needs.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="model">The model; only GLMs need signals.</param>
    /// <param name="options">How the spikes are read.</param>
    /// <param name="invocation">Reads the files.</param>
    /// <exception cref="UsageException">A signal is missing.</exception>
    public IReadOnlyList<SampledSignal> Read(ParseResult parsed, IPointProcess model, LoadOptions options, Invocation invocation)
    {
        SignalSet set = new(invocation, options with { Observed = null, TimeUnit = parsed.GetValue(stimulusTimeUnit) ?? options.TimeUnit });
        return Find(NeededBy(model), parsed.GetValue(stimuli) ?? [], set, Stimulus);
    }

    /// <summary>The names of the signals that a model needs; only GLMs need some.</summary>
    public static string[] NeededBy(IPointProcess model) => [.. ((model as GlmPopulation)?.Models ?? []).SelectMany(own => own.Signals).Distinct(StringComparer.Ordinal)];

    /// <summary>Finds signals by name, or by that of their file and theirs; the only signal of the files stands for the only signal of the model, whatever their names.</summary>
    /// <param name="needed">Names of the signals.</param>
    /// <param name="paths">The files.</param>
    /// <param name="set">Opens them.</param>
    /// <param name="option">The option that states the files, for messages.</param>
    /// <exception cref="UsageException">A signal is missing.</exception>
    public static IReadOnlyList<SampledSignal> Find(IReadOnlyList<string> needed, IReadOnlyList<string> paths, SignalSet set, string option)
    {
        (string Path, SampledSignal Signal)[] supplied = [.. paths.SelectMany(path => set.Open(path).Select(signal => (path, signal)))];
        List<SampledSignal> found = [];
        foreach (string name in needed)
        {
            SampledSignal? signal = supplied.FirstOrDefault(candidate => candidate.Signal.Name == name || SignalSet.QualifiedName(candidate.Path, candidate.Signal) == name).Signal
                ?? (needed.Count == 1 && supplied.Length == 1 ? supplied[0].Signal : null);
            string held = supplied.Length == 0 ? "" : $" The files hold: {string.Join(", ", supplied.Select(candidate => candidate.Signal.Name))}.";
            found.Add(signal?.Rename(name) ?? throw new UsageException($"The model needs the signal '{name}'; supply it with {option} FILE.{held}"));
        }

        return found;
    }
}
