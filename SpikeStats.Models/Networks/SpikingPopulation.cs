using SpikeStats.Models.MeanField;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.Networks;

/// <summary>Like neurons of a spiking network with like inputs from outside.</summary>
/// <param name="Name">What projections call it; its neurons are the units <c>Name.0</c>, <c>Name.1</c>, ….</param>
/// <param name="Size">The number of neurons; positive.</param>
/// <param name="Neuron">The neuron.</param>
public sealed record SpikingPopulation(string Name, int Size, LeakyIntegrateAndFire Neuron)
{
    /// <summary>Input besides spikes: a constant mean, and noise that is independent between neurons.</summary>
    /// <value>None by default.</value>
    public WhiteNoiseInput Background { get; init; } = new(0, 0);

    /// <summary>Poisson inputs from outside, independent between neurons.</summary>
    /// <value>None by default.</value>
    public IReadOnlyList<PoissonDrive> Drives { get; init; } = [];

    /// <summary>The voltage from which all its neurons start, in volts; null for voltages that are spread evenly from reset to threshold.</summary>
    /// <value>Null by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double? InitialVoltage
    {
        get;
        init => field = value is null || double.IsFinite(value.Value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The initial voltage must be finite, in volts.");
    }
}
