using System.CommandLine;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Models.Renewal;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats simulate renewal MODEL.json</c>: draws spikes from a fitted renewal process, or from one whose distribution is stated.</summary>
internal sealed class SimulateRenewalCommand : Verb
{
    private const string DefaultUnit = "0";

    private readonly Argument<string?> model = new("MODEL")
    {
        Description = "Document of 'spikestats fit renewal --json'; left out if the parameters are stated.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<string> family = new("--family")
    {
        HelpName = "NAME",
        Description = "Family of the intervals, for example gamma; of a document, default the one of smallest AIC.",
    };
    private readonly Option<string> parameters = new("--set") { HelpName = "NAME=VALUE,...", Description = "Parameters of the family, for example shape=2,rate=20Hz." };
    private readonly Option<string> unit = new("--unit") { HelpName = "NAME", Description = $"What the unit is called if the parameters are stated; default {DefaultUnit}." };
    private readonly SimulatedTime time = new();

    public SimulateRenewalCommand(VerbFrame frame)
        : base("renewal", "Draws spikes from a renewal process, in equilibrium from the start.", frame)
    {
        Add(model);
        foreach (Option option in (Option[])[family, parameters, unit]) Add(option);
        time.AddTo(this);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        StoredModel drawn = Model(parsed);
        Recording conditions = time.Read(parsed, drawn.Defined);
        drawn.RequireDefined(conditions.Observed, "--observed");
        return DrawnSpikes.Deliver(drawn.Process, conditions, SimulationDocument.RenewalSchema, output, invocation);
    }

    private StoredModel Model(ParseResult parsed)
    {
        (string? name, string? stated) = (parsed.GetValue(family), parsed.GetValue(parameters));
        if (parsed.GetValue(model) is { } path)
        {
            return stated is null && parsed.GetValue(unit) is null
                ? RenewalFitDocument.Read(path, name)
                : throw new UsageException("Give MODEL, or --family with --set, but not both.");
        }

        if (name is null || stated is null) throw new UsageException("Give MODEL, or --family with --set, for example --family gamma --set shape=2,rate=20Hz.");
        try
        {
            RenewalProcess process = new(parsed.GetValue(unit) ?? DefaultUnit, DistributionSyntax.Parse(name, stated));
            return new StoredModel(RenewalFitDocument.SchemaName, process, new Dictionary<string, double>(StringComparer.Ordinal));
        }
        catch (FormatException error)
        {
            throw new UsageException($"--set: {error.Message.TrimEnd('.')}.");
        }
    }
}
