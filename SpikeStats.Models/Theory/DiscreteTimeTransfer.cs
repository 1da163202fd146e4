using System.Numerics;
using SpikeStats.Models.Neurons;

namespace SpikeStats.Models.Theory;

/// <summary>Rate, regularity and response of the leaky integrate-and-fire neuron as a simulation in time steps computes them: <see cref="DiscreteTime"/> at every input.</summary>
/// <remarks><b>Accuracy:</b> that of <see cref="DiscreteTime"/>; see <see cref="DiscreteTime.IsAccurate"/>.</remarks>
public sealed class DiscreteTimeTransfer : IRateTransfer
{
    /// <summary>Creates the transfer of a simulated neuron.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="timeStep">Δ, in seconds; not negative.</param>
    /// <param name="scheme">How it is simulated.</param>
    /// <exception cref="ArgumentException">The reset is not below the threshold.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative or not finite, or there is no such scheme.</exception>
    public DiscreteTimeTransfer(LeakyIntegrateAndFire neuron, double timeStep, SteppingScheme scheme = SteppingScheme.Grid)
    {
        ArgumentNullException.ThrowIfNull(neuron);
        neuron.Validate();
        DiscreteTime.Equivalent(neuron, new WhiteNoiseInput(0, 0), timeStep, scheme);
        Neuron = neuron;
        TimeStep = timeStep;
        Scheme = scheme;
    }

    /// <summary>The neuron.</summary>
    public LeakyIntegrateAndFire Neuron { get; }

    /// <summary>The time step Δ, in seconds.</summary>
    public double TimeStep { get; }

    /// <summary>How it is simulated.</summary>
    public SteppingScheme Scheme { get; }

    /// <inheritdoc/>
    public double Rate(WhiteNoiseInput input) => DiscreteTime.Rate(Neuron, input, TimeStep, Scheme);

    /// <inheritdoc/>
    public double CoefficientOfVariation(WhiteNoiseInput input) => At(input, (transfer, noise) => transfer.CoefficientOfVariation(noise));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no noise.</exception>
    public Complex Susceptibility(WhiteNoiseInput input, double frequency) => At(input, (transfer, noise) => transfer.Susceptibility(noise, frequency));

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no noise.</exception>
    public double PowerSpectrum(WhiteNoiseInput input, double frequency) => At(input, (transfer, noise) => transfer.PowerSpectrum(noise, frequency));

    private T At<T>(WhiteNoiseInput input, Func<LeakyTransfer, WhiteNoiseInput, T> value)
    {
        (LeakyIntegrateAndFire neuron, WhiteNoiseInput noise) = DiscreteTime.Equivalent(Neuron, input, TimeStep, Scheme);
        return value(new LeakyTransfer(neuron), noise);
    }
}
