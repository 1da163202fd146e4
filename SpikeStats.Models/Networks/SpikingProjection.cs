namespace SpikeStats.Models.Networks;

/// <summary>Synapses from one population of a spiking network to another, or to itself.</summary>
/// <param name="Source">The name of the population that sends.</param>
/// <param name="Target">The name of the population that receives.</param>
/// <param name="Rule">Who is connected to whom.</param>
/// <param name="Weight">
/// J, in volts; negative for inhibition. A spike moves the voltage by it at once or, with a synaptic time constant, in the long run: τ/τ_s J is then the step of the current, so that mean-field
/// theory has the same mean τ K J ν.
/// </param>
/// <param name="Delay">The time from a spike to its effect, in seconds; a whole number of time steps, at least one.</param>
public sealed record SpikingProjection(string Source, string Target, Connectivity Rule, double Weight, double Delay)
{
    /// <summary>τ_s, the time constant with which a synaptic current decays, in seconds.</summary>
    /// <value>0 by default: the voltage jumps.</value>
    public double SynapticTimeConstant { get; init; }
}
