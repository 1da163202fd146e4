namespace SpikeStats.Models.Neurons;

/// <summary>The leaky integrate-and-fire neuron: F(V) = -V.</summary>
/// <remarks>The defaults are those of Brunel, J Comput Neurosci 8:183 (2000).</remarks>
public sealed record LeakyIntegrateAndFire : IntegrateAndFireNeuron
{
    /// <inheritdoc/>
    public override double Drift(double voltage) => -voltage;
}
