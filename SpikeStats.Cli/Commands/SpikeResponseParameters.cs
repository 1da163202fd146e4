using SpikeStats.Cli.Options;
using SpikeStats.Models.SpikeResponses;
using SpikeStats.Models.Synapses;

namespace SpikeStats.Cli.Commands;

/// <summary>The parameters of a spike response neuron with one kind of synapse, as the command line states them; defaults are those of a leaky integrate-and-fire neuron.</summary>
internal sealed record SpikeResponseParameters
{
    public double Threshold { get; init; } = 15e-3;

    public double MeanInput { get; init; } = 16e-3;

    public double MembraneTime { get; init; } = 20e-3;

    public double AfterPotential { get; init; } = -15e-3;

    public double AfterTime { get; init; } = 20e-3;

    public double RefractoryPeriod { get; init; }

    public double Weight { get; init; } = 1e-3;

    public double SynapseTime { get; init; } = 5e-3;

    public double RiseTime { get; init; } = 1e-3;

    public double Leak { get; init; } = 10e-9;

    public double EscapeRate { get; init; } = 50;

    public double Softness { get; init; } = 1e-3;

    /// <summary>How the command line names them; every command has its own table, because options belong to one command.</summary>
    public static ParameterTable<SpikeResponseParameters> NewTable() => new(
        new("threshold", ParameterUnit.Voltage, model => model.Threshold, (model, value) => model with { Threshold = value }),
        new("meanInput", ParameterUnit.Voltage, model => model.MeanInput, (model, value) => model with { MeanInput = value }),
        new("tau", ParameterUnit.Time, model => model.MembraneTime, (model, value) => model with { MembraneTime = value }),
        new("afterPotential", ParameterUnit.Voltage, model => model.AfterPotential, (model, value) => model with { AfterPotential = value }),
        new("tauAfter", ParameterUnit.Time, model => model.AfterTime, (model, value) => model with { AfterTime = value }),
        new("refractoryPeriod", ParameterUnit.Time, model => model.RefractoryPeriod, (model, value) => model with { RefractoryPeriod = value }),
        new("weight", ParameterUnit.Voltage, model => model.Weight, (model, value) => model with { Weight = value }),
        new("tauSynapse", ParameterUnit.Time, model => model.SynapseTime, (model, value) => model with { SynapseTime = value }),
        new("tauRise", ParameterUnit.Time, model => model.RiseTime, (model, value) => model with { RiseTime = value }),
        new("leak", ParameterUnit.Conductance, model => model.Leak, (model, value) => model with { Leak = value }),
        new("escapeRate", ParameterUnit.Rate, model => model.EscapeRate, (model, value) => model with { EscapeRate = value }),
        new("softness", ParameterUnit.Voltage, model => model.Softness, (model, value) => model with { Softness = value }));

    /// <summary>The soft threshold.</summary>
    public EscapeNoise Noise() => new(EscapeRate, Softness);

    /// <summary>The neuron: every unit of the input through the same synapse, every current through the membrane.</summary>
    public SpikeResponseNeuron Neuron(string unit, SynapseKind synapse, IEnumerable<string> sources, IEnumerable<string> signals) => new()
    {
        Unit = unit,
        Threshold = Threshold,
        MeanInput = MeanInput,
        RefractoryPeriod = RefractoryPeriod,
        AfterPotential = AfterPotential == 0 ? null : new ExponentialResponse(AfterPotential, AfterTime),
        Inputs = [.. sources.Select(source => new SpikeInfluence(source, new SynapticResponse(Kernel(synapse), Weight, MembraneTime)))],
        Currents = [.. signals.Select(signal => new CurrentInfluence(signal, 1 / Leak, MembraneTime))],
    };

    private SynapticKernel Kernel(SynapseKind synapse) => synapse switch
    {
        SynapseKind.Delta => new DeltaSynapse(),
        SynapseKind.Alpha => new AlphaSynapse(SynapseTime),
        SynapseKind.DoubleExponential => new DoubleExponentialSynapse(RiseTime, SynapseTime),
        _ => new ExponentialSynapse(SynapseTime),
    };
}
