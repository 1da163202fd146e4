using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Documents;

/// <summary>A neuron, and the steps in which it was simulated, if it was.</summary>
/// <param name="Neuron">The neuron.</param>
/// <param name="TimeStep">The step of the simulation, in seconds; null for the neuron itself.</param>
/// <param name="Crossings">How the simulation noticed crossings of the threshold.</param>
internal sealed record SimulatedNeuron(LeakyIntegrateAndFire Neuron, double? TimeStep, CrossingTest Crossings)
{
    /// <summary>The neuron in continuous time that fires like it under noise of a size, in volts; without noise no crossing is missed for long.</summary>
    public LeakyIntegrateAndFire At(double sigma) => TimeStep is { } step && sigma > 0 ? DiscreteTime.Equivalent(Neuron, sigma, step, Crossings) : Neuron;
}
