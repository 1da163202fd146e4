namespace SpikeStats.Models.Synapses;

/// <summary>A synapse that delivers its charge at once: k(t) = δ(t), of area 1.</summary>
public sealed record DeltaSynapse : SynapticKernel
{
    /// <inheritdoc/>
    public override string Name => "delta";

    /// <inheritdoc/>
    public override double TimeToPeak => 0;

    internal override SynapticState Jump => new(1, 0, 0);

    internal override double SlowRate => 1;

    internal override double FastRate => 1;
}
