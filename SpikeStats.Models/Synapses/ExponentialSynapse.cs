namespace SpikeStats.Models.Synapses;

/// <summary>A current that starts at its peak and decays: k(t) = e^(-t/τ_s), of area τ_s.</summary>
/// <param name="TimeConstant">τ_s, in seconds; positive.</param>
public sealed record ExponentialSynapse(double TimeConstant) : SynapticKernel
{
    /// <summary>The time constant τ_s, in seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double TimeConstant { get; init => field = Positive(value, "time constant of the synapse"); } = Positive(TimeConstant, "time constant of the synapse");

    /// <inheritdoc/>
    public override string Name => "exponential";

    /// <inheritdoc/>
    public override double TimeToPeak => 0;

    internal override SynapticState Jump => new(0, 1, 0);

    internal override double SlowRate => 1 / TimeConstant;

    internal override double FastRate => 1 / TimeConstant;
}
