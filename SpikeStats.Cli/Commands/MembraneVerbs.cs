using System.CommandLine;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Models.Neurons;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats simulate adex</c>, <c>izhikevich</c> and <c>hh</c>: one verb with three neurons.</summary>
internal static class MembraneVerbs
{
    public static Command Adex(VerbFrame frame) => new SimulateMembraneCommand<AdaptiveExponential>(
        new MembraneVerb<AdaptiveExponential>(
            "adex", "An adaptive exponential integrate-and-fire neuron under a current.", SimulationDocument.AdexSchema, new AdaptiveExponential(),
            new ParameterTable<AdaptiveExponential>(
                new("C", ParameterUnit.Capacitance, neuron => neuron.Capacitance, (neuron, value) => neuron with { Capacitance = value }),
                new("gL", ParameterUnit.Conductance, neuron => neuron.LeakConductance, (neuron, value) => neuron with { LeakConductance = value }),
                new("EL", ParameterUnit.Voltage, neuron => neuron.LeakReversal, (neuron, value) => neuron with { LeakReversal = value }),
                new("VT", ParameterUnit.Voltage, neuron => neuron.Onset, (neuron, value) => neuron with { Onset = value }),
                new("DeltaT", ParameterUnit.Voltage, neuron => neuron.Sharpness, (neuron, value) => neuron with { Sharpness = value }),
                new("a", ParameterUnit.Conductance, neuron => neuron.AdaptationConductance, (neuron, value) => neuron with { AdaptationConductance = value }),
                new("tauw", ParameterUnit.Time, neuron => neuron.AdaptationTime, (neuron, value) => neuron with { AdaptationTime = value }),
                new("b", ParameterUnit.Current, neuron => neuron.AdaptationStep, (neuron, value) => neuron with { AdaptationStep = value }),
                new("Vr", ParameterUnit.Voltage, neuron => neuron.ResetVoltage, (neuron, value) => neuron with { ResetVoltage = value }),
                new("cut", ParameterUnit.Voltage, neuron => neuron.Cut, (neuron, value) => neuron with { Cut = value })),
            WaveformSyntax.Current, NaudPatterns.All),
        frame);

    public static Command Izhikevich(VerbFrame frame) => new SimulateMembraneCommand<Izhikevich>(
        new MembraneVerb<Izhikevich>(
            "izhikevich", "An Izhikevich neuron; the paper's I = 10 is --current 10V/s, its a = 0.02 is 0.02/ms.", SimulationDocument.IzhikevichSchema, new Izhikevich(),
            new ParameterTable<Izhikevich>(
                new("a", ParameterUnit.SignedRate, neuron => neuron.RecoveryRate, (neuron, value) => neuron with { RecoveryRate = value }),
                new("b", ParameterUnit.SignedRate, neuron => neuron.RecoveryCoupling, (neuron, value) => neuron with { RecoveryCoupling = value }),
                new("c", ParameterUnit.Voltage, neuron => neuron.ResetVoltage, (neuron, value) => neuron with { ResetVoltage = value }),
                new("d", ParameterUnit.VoltageSlope, neuron => neuron.RecoveryStep, (neuron, value) => neuron with { RecoveryStep = value }),
                new("peak", ParameterUnit.Voltage, neuron => neuron.Peak, (neuron, value) => neuron with { Peak = value })),
            WaveformSyntax.VoltageSlope, IzhikevichCells.All),
        frame);

    public static Command HodgkinHuxley(VerbFrame frame) => new SimulateMembraneCommand<HodgkinHuxley>(
        new MembraneVerb<HodgkinHuxley>(
            "hh", "Hodgkin and Huxley's squid axon under a current density; voltages count from rest.", SimulationDocument.HodgkinHuxleySchema, new HodgkinHuxley(),
            new ParameterTable<HodgkinHuxley>(
                new("C", ParameterUnit.CapacitanceDensity, neuron => neuron.Capacitance, (neuron, value) => neuron with { Capacitance = value }),
                new("gNa", ParameterUnit.ConductanceDensity, neuron => neuron.SodiumConductance, (neuron, value) => neuron with { SodiumConductance = value }),
                new("gK", ParameterUnit.ConductanceDensity, neuron => neuron.PotassiumConductance, (neuron, value) => neuron with { PotassiumConductance = value }),
                new("gL", ParameterUnit.ConductanceDensity, neuron => neuron.LeakConductance, (neuron, value) => neuron with { LeakConductance = value }),
                new("ENa", ParameterUnit.Voltage, neuron => neuron.SodiumReversal, (neuron, value) => neuron with { SodiumReversal = value }),
                new("EK", ParameterUnit.Voltage, neuron => neuron.PotassiumReversal, (neuron, value) => neuron with { PotassiumReversal = value }),
                new("EL", ParameterUnit.Voltage, neuron => neuron.LeakReversal, (neuron, value) => neuron with { LeakReversal = value }),
                new("level", ParameterUnit.Voltage, neuron => neuron.CountingLevel, (neuron, value) => neuron with { CountingLevel = value })),
            WaveformSyntax.CurrentDensity, []),
        frame);
}
