namespace SpikeStats.Models.Synapses;

/// <summary>What is left of earlier spikes: each adds 1 (or sets to 1, for nearest neighbours), which decays.</summary>
internal sealed class PlasticityTrace(double timeConstant, SpikePairing pairing)
{
    private double value, time = double.NegativeInfinity;

    /// <summary>The trace right before an instant.</summary>
    public double Before(double now) => value == 0 ? 0 : value * Math.Exp((time - now) / timeConstant);

    public void Add(double now)
    {
        value = pairing == SpikePairing.AllToAll ? Before(now) + 1 : 1;
        time = now;
    }
}
