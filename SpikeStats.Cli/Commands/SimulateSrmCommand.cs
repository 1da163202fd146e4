using System.CommandLine;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Loading;
using SpikeStats.Models.SpikeResponses;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats simulate srm</c>: a spike response neuron under given spikes and currents, with a hard threshold or with escape noise.</summary>
internal sealed class SimulateSrmCommand : Verb
{
    private const string DefaultUnit = "0";

    private readonly Option<double?> duration = Parsed.Option<double?>(
        "--duration", "DURATION", "How long to simulate, from 0 s; default 10s.", text => DurationSyntax.Positive(text));
    private readonly Option<string> input = new("--input") { HelpName = "FILE", Description = "Recording of the presynaptic spikes; every unit has the same synapse." };
    private readonly Option<string> current = new("--current") { HelpName = "FILE", Description = "File of an input current, in amperes: a column of times and one of values." };
    private readonly Option<SynapseKind?> synapse = Parsed.Choice(
        "--synapse", "Course of the synaptic current; default exponential.",
        ("exponential", SynapseKind.Exponential), ("delta", SynapseKind.Delta), ("alpha", SynapseKind.Alpha), ("double-exponential", SynapseKind.DoubleExponential));
    private readonly Option<bool> escape = new("--escape") { Description = "A soft threshold: spikes at the rate escapeRate e^((u - threshold)/softness)." };
    private readonly Option<double?> timeStep = Parsed.Option<double?>("--step", "DURATION", "Longest step of the search for crossings, or of the integral of the rate; default 0.1ms.", text => DurationSyntax.Positive(text));
    private readonly Option<string> unit = new("--unit") { HelpName = "NAME", Description = $"What the neuron is called; default {DefaultUnit}." };
    private readonly ParameterTable<SpikeResponseParameters> parameters = SpikeResponseParameters.NewTable();
    private readonly LoadingOptions loading = new();

    public SimulateSrmCommand(VerbFrame frame)
        : base("srm", "Simulates a neuron of the spike response model.", frame)
    {
        parameters.AddTo(this);
        foreach (Option option in (Option[])[duration, input, synapse, current, escape, timeStep, unit]) Add(option);
        loading.AddTo(this);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        SpikeResponseParameters model = parameters.Read(parsed, new SpikeResponseParameters());
        LoadOptions options = loading.Read(parsed);
        Recording given = parsed.GetValue(input) is { } path
            ? invocation.Open(path, options)
            : Recording.FromFlat(new UnitTable([]), [], [0], TimeIntervals.Of(0, SimulatedTime.DefaultDuration));
        IReadOnlyList<SampledSignal> currents = parsed.GetValue(current) is { } file ? new SignalSet(invocation, options with { Observed = null }).Open(file) : [];
        SpikeResponseGenerator generator = Generator(parsed, model, given.WithSignals([.. currents]));
        DrawnSpikes.Deliver(generator, parsed.GetValue(duration) ?? SimulatedTime.DefaultDuration, SimulationDocument.SrmSchema, parameters.Values(model), output, invocation);
        return ExitCode.Done;
    }

    private SpikeResponseGenerator Generator(ParseResult parsed, SpikeResponseParameters model, Recording given)
    {
        try
        {
            SpikeResponseNeuron neuron = model.Neuron(
                parsed.GetValue(unit) ?? DefaultUnit, parsed.GetValue(synapse) ?? SynapseKind.Exponential, given.Units.Ids, given.Signals.Select(signal => signal.Name));
            return new SpikeResponseGenerator(neuron, given, parsed.GetValue(escape) ? model.Noise() : null) { TimeStep = parsed.GetValue(timeStep) ?? SpikeResponseGenerator.DefaultTimeStep };
        }
        catch (ArgumentException error)
        {
            throw new UsageException($"--set: {error.Message}");
        }
    }
}
