namespace SpikeStats.Models.Synapses;

/// <summary>A current that rises and decays with one time constant: k(t) = (t/τ_s) e^(1 - t/τ_s), of area e τ_s.</summary>
/// <param name="TimeConstant">τ_s, also the time to the peak, in seconds; positive.</param>
public sealed record AlphaSynapse(double TimeConstant) : SynapticKernel
{
    /// <summary>The time constant τ_s, in seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double TimeConstant { get; init => field = Positive(value, "time constant of the synapse"); } = Positive(TimeConstant, "time constant of the synapse");

    /// <inheritdoc/>
    public override string Name => "alpha";

    /// <inheritdoc/>
    public override double TimeToPeak => TimeConstant;

    internal override SynapticState Jump => new(0, 0, Math.E / TimeConstant);

    internal override double SlowRate => 1 / TimeConstant;

    internal override double FastRate => 1 / TimeConstant;
}
