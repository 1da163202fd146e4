using System.CommandLine;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.IntegrateAndFire;
using SpikeStats.Models.Networks;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats validate network</c>: a simulated network beside its mean-field theory.</summary>
internal sealed class ValidateNetworkCommand : Verb
{
    private readonly SpikingNetworkArguments arguments = new();
    private readonly Option<double?> bound = Parsed.Option<double?>("--bound", "Z", "The largest |z| that counts as agreement; default 4.", text => NumberSyntax.Positive(text));
    private readonly Option<double?> rateTolerance = Parsed.Option<double?>("--rate-tolerance", "NUMBER", "The relative difference of a rate that counts as agreement; default 0.03.", text => NumberSyntax.Positive(text));
    private readonly Option<double?> variationTolerance = Parsed.Option<double?>("--cv-tolerance", "NUMBER", "The same of a coefficient of variation; default 0.05.", text => NumberSyntax.Positive(text));

    public ValidateNetworkCommand(VerbFrame frame)
        : base("network", "Holds a simulated network against mean-field theory: rate and regularity of each population, and the state.", frame)
    {
        arguments.AddTo(this);
        foreach (Option option in (Option[])[bound, rateTolerance, variationTolerance]) Add(option);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        SpikingNetwork network = arguments.Network(parsed);
        NetworkSimulationOptions simulation = arguments.Options(parsed, invocation);
        NetworkValidationOptions options = new();
        options = options with
        {
            Bound = parsed.GetValue(bound) ?? options.Bound,
            RateTolerance = parsed.GetValue(rateTolerance) ?? options.RateTolerance,
            VariationTolerance = parsed.GetValue(variationTolerance) ?? options.VariationTolerance,
        };
        (double duration, ulong seed) = (arguments.Duration(parsed), invocation.Settings.Seed);
        foreach (string warning in new NetworkSimulation(network, simulation).Warnings) invocation.Warn(warning);
        NetworkValidation validation = invocation.Watch("simulating", progress => NetworkValidation.Run(network, duration, seed, simulation, options, progress, invocation.CancellationToken));
        NetworkValidationDocument document = NetworkValidationDocument.Of(validation, seed, duration, simulation.TimeStep);
        invocation.Deliver(document, DocumentJson.Default.NetworkValidationDocument, () => Text(document), output);
        return validation.IsPassed ? ExitCode.Done : ExitCode.AnalysisFailed;
    }

    private static string Text(NetworkValidationDocument document)
    {
        AlignedTable table = new(new TableColumn("quantity", IsNumber: false), "theory", "simulation", "standard error", new TableColumn("unit", IsNumber: false), "z", "relative difference");
        foreach (LifValidationDocument.Row row in document.Rows)
        {
            table.Add(
                row.Quantity, NumberText.Of(row.Theory, 6), NumberText.Of(row.Simulated, 6), NumberText.Of(row.StandardError, 2), row.Unit, NumberText.Fixed(row.Z, 2),
                NumberText.Fixed((row.Simulated / row.Theory) - 1, 4));
        }

        NetworkValidationDocument.ActivityEntry activity = document.Activity;
        return $"""
            {table}
            State: {activity.Regime}, modulation depth {NumberText.Of(activity.ModulationDepth)}, highest peak at {NumberText.Of(activity.PeakFrequency)} Hz, pair correlation {NumberText.Of(activity.PairCorrelation)}
            {(document.Passed ? "Agreement" : "Disagreement")}: |z| up to {NumberText.Of(document.Bound)}, or {NumberText.Of(document.RateTolerance)} of a rate and {NumberText.Of(document.VariationTolerance)} of a CV, are allowed in an asynchronous state.

            """;
    }
}
