using System.CommandLine;
using System.Text;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Loading;
using SpikeStats.Models.Glm;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats simulate glm MODEL.json</c>: draws spikes from a fitted model or from a population that was written down.</summary>
internal sealed class SimulateGlmCommand : Verb
{
    private const double DefaultDuration = 10;

    private readonly Argument<string> model = new("MODEL") { Description = "Document of 'spikestats fit glm --json', or of the schema spikestats.model.glm/1." };
    private readonly Option<double?> duration = Parsed.Option<double?>(
        "--duration", "DURATION", "How long to simulate, from 0 s; default 10s, or the time of --given or --observed.", text => DurationSyntax.Positive(text));
    private readonly Option<string[]> stimuli = Parsed.Repeated("--stimulus", "FILE", "Files of the signals that the model needs; may be repeated.", text => text);
    private readonly Option<TimeUnit?> stimulusTimeUnit = Parsed.Option<TimeUnit?>(
        "--stimulus-time-unit", "UNIT", "Unit of the times in the files of signals; default: as they say, else that of --time-unit.", text => TimeUnit.Parse(text));
    private readonly Option<string> given = new("--given") { HelpName = "FILE", Description = "Recording of the units that act on the modelled ones without being modelled." };
    private readonly LoadingOptions loading = new();

    public SimulateGlmCommand(VerbFrame frame)
        : base("glm", "Draws spikes from generalised linear models, which may act on each other.", frame)
    {
        Add(model);
        Add(duration);
        Add(stimuli);
        Add(stimulusTimeUnit);
        Add(given);
        loading.AddTo(this);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        GlmPopulation population = GlmModelDocument.Read(parsed.GetRequiredValue(model));
        if (output is not null && SpikeFile.IsNpy(output.Path) && population.Units.Count > 1)
            throw new UsageException($"A .npy file holds the times of one unit, but the model has {population.Units.Count}. Write --out FILE.csv.");

        LoadOptions options = loading.Read(parsed);
        Recording conditions = Conditions(parsed, population, options, invocation);
        IReadOnlyList<SampledSignal> signals = Signals(parsed, population, options, invocation);
        Recording drawn = population.Simulate(conditions.WithSignals(signals), invocation.Settings.Seed, invocation.CancellationToken);

        if (output is not null) invocation.Save((output, stream => Write(drawn, output.Path, stream)));
        SimulationDocument document = SimulationDocument.Of(drawn, invocation.Settings.Seed, withSpikes: output is null);
        invocation.Print(document, DocumentJson.Default.SimulationDocument, () => output is null ? Csv(drawn) : Summary(document));
        return ExitCode.Done;
    }

    private Recording Conditions(ParseResult parsed, GlmPopulation population, LoadOptions options, Invocation invocation)
    {
        double? length = parsed.GetValue(duration);
        if (length is not null && options.Observed is not null) throw new UsageException("--duration and --observed both say how long to simulate; give one of them.");
        TimeIntervals? asked = length is { } seconds ? TimeIntervals.Of(0, seconds) : options.Observed;
        string[] missing = [.. population.Models.SelectMany(model => model.SpikeFilters).Select(filter => filter.Source).Distinct(StringComparer.Ordinal).Except(population.Units)];
        if (parsed.GetValue(given) is not { } path)
        {
            if (missing.Length > 0)
                throw new UsageException($"Spikes of {string.Join(", ", missing)} act on the modelled units but are not modelled; supply them with --given FILE.");
            return Recording.FromFlat(new UnitTable([]), [], [0], asked ?? TimeIntervals.Of(0, DefaultDuration));
        }

        // A stated duration says to stop there, so that later spikes are left out on purpose.
        LoadOptions loading = length is null ? options : options with { Observed = asked, OnOutside = IrregularityPolicy.Drop };
        Recording spikes = invocation.Open(path, loading);
        foreach (string unit in missing) _ = spikes.Units.IndexOf(unit);
        return spikes;
    }

    // The only signal of the files stands for the only signal of the model, whatever their names.
    private List<SampledSignal> Signals(ParseResult parsed, GlmPopulation population, LoadOptions options, Invocation invocation)
    {
        SignalSet set = new(invocation, options with { Observed = null, TimeUnit = parsed.GetValue(stimulusTimeUnit) ?? options.TimeUnit });
        (string Path, SampledSignal Signal)[] supplied = [.. (parsed.GetValue(stimuli) ?? []).SelectMany(path => set.Open(path).Select(signal => (path, signal)))];
        string[] needed = [.. population.Models
            .SelectMany(model => model.SignalFilters.Select(filter => filter.Signal).Concat(model.Covariates.Select(covariate => covariate.Signal)))
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

    private static void Write(Recording drawn, string path, Stream stream)
    {
        if (SpikeFile.IsNpy(path))
        {
            NpyArray.Write(stream, drawn[0].Times);
            return;
        }

        using StreamWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        SpikeFile.WriteCsv(drawn, writer);
    }

    private static string Csv(Recording drawn)
    {
        using StringWriter writer = new();
        SpikeFile.WriteCsv(drawn, writer);
        return writer.ToString();
    }

    private static string Summary(SimulationDocument document)
    {
        AlignedTable table = new(new TableColumn("unit", IsNumber: false), "spikes", "rate (Hz)");
        foreach (SimulationDocument.TrainEntry unit in document.Units) table.Add(unit.Id, NumberText.Count(unit.SpikeCount), NumberText.Fixed(unit.Rate, 3));
        return $"{document.SpikeCount} spikes in {NumberText.Seconds(document.Duration)}, seed {document.Seed}\n\n{table}";
    }
}
