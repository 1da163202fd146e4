using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Documents;

/// <summary>A neuron, and the steps in which it was simulated, if it was.</summary>
/// <param name="Neuron">The neuron.</param>
/// <param name="TimeStep">The step of the simulation, in seconds; null for the neuron itself.</param>
/// <param name="Scheme">How it moved the voltage and noticed crossings of the threshold.</param>
internal sealed record SimulatedNeuron(LeakyIntegrateAndFire Neuron, double? TimeStep, SteppingScheme Scheme)
{
    /// <summary>The neuron in continuous time that fires like it under noise of a size, in volts; without noise no crossing is missed for long.</summary>
    public LeakyIntegrateAndFire At(double sigma)
    {
        if (TimeStep is not { } step || sigma == 0) return Neuron;

        // Simulations that only decide whether a step crossed write the spike down at its end, half a step late on average.
        return Scheme == SteppingScheme.Bridge
            ? Neuron with { RefractoryPeriod = Neuron.RefractoryPeriod + (0.5 * step) }
            : DiscreteTime.Equivalent(Neuron, new WhiteNoiseInput(0, sigma), step, Scheme).Neuron;
    }
}
