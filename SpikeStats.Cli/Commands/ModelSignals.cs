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
    private readonly Option<string[]> stimuli = Parsed.Repeated("--stimulus", "FILE", "Files of the signals that the model needs; may be repeated.", text => text);
    private readonly Option<TimeUnit?> stimulusTimeUnit = Parsed.Option<TimeUnit?>(
        "--stimulus-time-unit", "UNIT", "Unit of the times in the files of signals; default: as they say, else that of --time-unit.", text => TimeUnit.Parse(text));

    public void AddTo(Command command)
    {
        command.Add(stimuli);
        command.Add(stimulusTimeUnit);
    }

    /// <summary>The signals that a model needs; the only signal of the files stands for the only signal of the model, whatever their names.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="model">The model; only GLMs need signals.</param>
    /// <param name="options">How the spikes are read.</param>
    /// <param name="invocation">Reads the files.</param>
    /// <exception cref="UsageException">A signal is missing.</exception>
    public IReadOnlyList<SampledSignal> Read(ParseResult parsed, IPointProcess model, LoadOptions options, Invocation invocation)
    {
        SignalSet set = new(invocation, options with { Observed = null, TimeUnit = parsed.GetValue(stimulusTimeUnit) ?? options.TimeUnit });
        (string Path, SampledSignal Signal)[] supplied = [.. (parsed.GetValue(stimuli) ?? []).SelectMany(path => set.Open(path).Select(signal => (path, signal)))];
        string[] needed = [.. ((model as GlmPopulation)?.Models ?? [])
            .SelectMany(own => own.SignalFilters.Select(filter => filter.Signal).Concat(own.Covariates.Select(covariate => covariate.Signal)))
            .Distinct(StringComparer.Ordinal)];
        List<SampledSignal> found = [];
        foreach (string name in needed)
        {
            SampledSignal? signal = supplied.FirstOrDefault(candidate => candidate.Signal.Name == name || SignalSet.QualifiedName(candidate.Path, candidate.Signal) == name).Signal
                ?? (needed.Length == 1 && supplied.Length == 1 ? supplied[0].Signal : null);
            string held = supplied.Length == 0 ? "" : $" The files hold: {string.Join(", ", supplied.Select(candidate => candidate.Signal.Name))}.";
            found.Add(signal?.Rename(name) ?? throw new UsageException($"The model needs the signal '{name}'; supply it with --stimulus FILE.{held}"));
        }

        return found;
    }
}
