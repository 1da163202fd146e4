using System.CommandLine;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Loading;
using SpikeStats.Models.Glm;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats simulate glm MODEL.json</c>: draws spikes from a fitted model or from a population that was written down.</summary>
internal sealed class SimulateGlmCommand : Verb
{
    private readonly Argument<string> model = new("MODEL") { Description = "Document of 'spikestats fit glm --json', or of the schema spikestats.model.glm/1." };
    private readonly Option<double?> duration = Parsed.Option<double?>(
        "--duration", "DURATION", "How long to simulate, from 0 s; default 10s, or the time of --given or --observed.", text => DurationSyntax.Positive(text));
    private readonly ModelSignals signals = new();
    private readonly Option<string> given = new("--given") { HelpName = "FILE", Description = "Recording of the units that act on the modelled ones without being modelled." };
    private readonly LoadingOptions loading = new();

    public SimulateGlmCommand(VerbFrame frame)
        : base("glm", "Draws spikes from generalised linear models, which may act on each other.", frame)
    {
        Add(model);
        Add(duration);
        signals.AddTo(this);
        Add(given);
        loading.AddTo(this);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        GlmPopulation population = GlmModelDocument.Read(parsed.GetRequiredValue(model));
        DrawnSpikes.RequireRoom(output, population.Units);
        LoadOptions options = loading.Read(parsed);
        Recording conditions = Conditions(parsed, population, options, invocation);
        conditions = conditions.WithSignals(signals.Read(parsed, population, options, invocation));
        return DrawnSpikes.Deliver(population, conditions, SimulationDocument.GlmSchema, output, invocation);
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
            return Recording.FromFlat(new UnitTable([]), [], [0], asked ?? TimeIntervals.Of(0, SimulatedTime.DefaultDuration));
        }

        // A stated duration says to stop there, so that later spikes are left out on purpose.
        LoadOptions loading = length is null ? options : options with { Observed = asked, OnOutside = IrregularityPolicy.Drop };
        Recording spikes = invocation.Open(path, loading);
        foreach (string unit in missing) _ = spikes.Units.IndexOf(unit);
        return spikes;
    }
}
