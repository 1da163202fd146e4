using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Documents;

/// <summary>A neuron, and the steps in which it was simulated, if it was.</summary>
/// <param name="Neuron">The neuron.</param>
/// <param name="TimeStep">The step of the simulation, in seconds; null for the neuron itself.</param>
/// <param name="Scheme">How it was simulated.</param>
internal sealed record SimulatedNeuron(LeakyIntegrateAndFire Neuron, double? TimeStep, SteppingScheme Scheme)
{
    /// <summary>The neuron in continuous time, and the noise in volts, that fire like it; without noise no crossing is missed for long.</summary>
    public (LeakyIntegrateAndFire Neuron, double Sigma) At(double sigma)
    {
        if (TimeStep is not { } step || sigma == 0) return (Neuron, sigma);

        // The correction does not depend on the mean.
        (LeakyIntegrateAndFire neuron, WhiteNoiseInput input) = DiscreteTime.Equivalent(Neuron, new WhiteNoiseInput(0, sigma), step, Scheme);
        return (neuron, input.Sigma);
    }
}
