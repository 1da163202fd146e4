using System.CommandLine;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;
using SpikeStats.Models.Networks;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats simulate network</c>: a network of leaky integrate-and-fire neurons.</summary>
internal sealed class SimulateNetworkCommand : Verb
{
    private readonly SpikingNetworkArguments arguments = new();

    public SimulateNetworkCommand(VerbFrame frame)
        : base("network", "Simulates a network of leaky integrate-and-fire neurons, from a file or that of Brunel.", frame) => arguments.AddTo(this);

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        SpikingNetwork network = arguments.Network(parsed);
        NetworkSimulation simulation = new(network, arguments.Options(parsed, invocation));
        Dictionary<string, double> parameters = new(StringComparer.Ordinal) { ["step"] = simulation.Options.TimeStep, ["warmUp"] = simulation.Options.WarmUp };
        Recording drawn = DrawnSpikes.Deliver(simulation, arguments.Duration(parsed), SimulationDocument.NetworkSchema, parameters, output, invocation);
        NetworkActivity activity = NetworkActivity.Of(drawn);
        invocation.Note($"{NumberText.Of(activity.Rate)} Hz, CV {NumberText.Of(activity.CoefficientOfVariation)}, {RegimeWords.Of(activity.Regime)}");
        return ExitCode.Done;
    }
}
