using SpikeStats.Models.Neurons;

namespace SpikeStats.Models.MeanField;

/// <summary>Random connections from one population of a network to another, or to itself.</summary>
/// <remarks>Each target has the same number of inputs, so few of each source that their spikes are independent; a spike moves the voltage by the weight at once.</remarks>
/// <param name="Target">The index of the population that receives.</param>
/// <param name="Source">The index of the population that sends.</param>
/// <param name="InDegree">The number of inputs per target neuron; not negative.</param>
/// <param name="Weight">The jump of the voltage at a spike, in volts; negative for inhibition.</param>
/// <param name="Delay">The time from a spike to its effect, in seconds; not negative, and positive for the eigenvalues.</param>
public readonly record struct Projection(int Target, int Source, double InDegree, double Weight, double Delay = 0)
{
    /// <summary>The number of inputs per target neuron.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double InDegree { get; init => field = Require.NotNegative(value, nameof(InDegree), "The in-degree", "as a number of inputs"); } = Require.NotNegative(InDegree, nameof(InDegree), "The in-degree", "as a number of inputs");

    /// <summary>The jump of the voltage at a spike, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Weight { get; init => field = Require.Finite(value, nameof(Weight), "The weight", "in volts"); } = Require.Finite(Weight, nameof(Weight), "The weight", "in volts");

    /// <summary>The time from a spike to its effect, in seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double Delay { get; init => field = Require.NotNegative(value, nameof(Delay), "The delay", "in seconds"); } = Require.NotNegative(Delay, nameof(Delay), "The delay", "in seconds");
}
