using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.MeanField;

/// <summary>Like neurons of a network with like inputs.</summary>
public sealed record NetworkPopulation
{
    /// <summary>States the neurons of a population.</summary>
    /// <param name="transfer">How a neuron turns its input into a rate.</param>
    /// <param name="timeConstant">The time constant τ of the membrane, in seconds; positive. A weight J on K inputs of rate ν adds τ K J ν to μ and τ K J² ν to σ².</param>
    /// <exception cref="ArgumentOutOfRangeException">The time constant is not positive and finite.</exception>
    public NetworkPopulation(IRateTransfer transfer, double timeConstant)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        Transfer = transfer;
        TimeConstant = Require.Positive(timeConstant, nameof(timeConstant), "The time constant of the membrane", "in seconds");
    }

    /// <summary>States a population of leaky integrate-and-fire neurons.</summary>
    /// <param name="transfer">The neuron.</param>
    public NetworkPopulation(LeakyTransfer transfer) : this(transfer, transfer?.Neuron.TimeConstant ?? throw new ArgumentNullException(nameof(transfer)))
    {
    }

    /// <summary>How a neuron turns its input into a rate.</summary>
    public IRateTransfer Transfer { get; }

    /// <summary>The time constant of the membrane, in seconds.</summary>
    public double TimeConstant { get; }

    /// <summary>Input besides the spikes that are listed: a constant current, or white noise.</summary>
    /// <value>None by default.</value>
    public WhiteNoiseInput Background { get; init; } = new(0, 0);

    /// <summary>Poisson inputs from outside.</summary>
    /// <value>None by default.</value>
    public IReadOnlyList<PoissonDrive> Drives { get; init; } = [];
}
