using System.CommandLine;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Models.Ensembles;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats simulate lif</c>: independent leaky integrate-and-fire neurons under noise.</summary>
internal sealed class SimulateLifCommand : Verb
{
    private readonly InputOptions input = new();
    private readonly EnsembleArguments ensemble = new(defaultCount: 1);
    private readonly Option<double?> correlationTime = Parsed.Option<double?>(
        "--correlation-time", "DURATION", "Correlation time of the noise; default none, white noise.", text => DurationSyntax.Positive(text));

    private readonly Option<double?> duration = Parsed.Option<double?>("--duration", "DURATION", "How long to simulate; default 10s.", text => DurationSyntax.Positive(text));

    public SimulateLifCommand(VerbFrame frame)
        : base("lif", "Simulates independent leaky integrate-and-fire neurons under noise; they start at their reset.", frame)
    {
        input.AddTo(this);
        ensemble.AddTo(this);
        Add(correlationTime);
        Add(duration);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        LeakyIntegrateAndFire neuron = ensemble.Neuron(parsed);
        WhiteNoiseInput noise = input.Read(parsed);
        EnsembleOptions options = ensemble.Read(parsed, invocation);
        Dictionary<string, double> parameters = new(ensemble.Values(neuron, noise), StringComparer.Ordinal) { ["step"] = options.TimeStep };
        IntegrateAndFireEnsemble generator = new(neuron, noise, options);
        if (parsed.GetValue(correlationTime) is { } correlation)
        {
            parameters.Add("correlationTime", correlation);
            generator = new IntegrateAndFireEnsemble(neuron, new ColouredNoiseInput(noise.Mean, noise.Sigma, correlation), options);
        }

        DrawnSpikes.Deliver(generator, parsed.GetValue(duration) ?? SimulatedTime.DefaultDuration, SimulationDocument.LifSchema, parameters, output, invocation);
        return ExitCode.Done;
    }
}
