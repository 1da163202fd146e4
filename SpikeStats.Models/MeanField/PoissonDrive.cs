using SpikeStats.Models.Neurons;

namespace SpikeStats.Models.MeanField;

/// <summary>Independent Poisson inputs from outside the network.</summary>
/// <param name="InDegree">The number of inputs per neuron; not negative.</param>
/// <param name="Weight">The jump of the voltage at a spike, in volts; negative for inhibition.</param>
/// <param name="Rate">The rate of one input, in hertz; not negative.</param>
public readonly record struct PoissonDrive(double InDegree, double Weight, double Rate)
{
    /// <summary>The number of inputs per neuron.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double InDegree { get; init => field = Require.NotNegative(value, nameof(InDegree), "The in-degree", "as a number of inputs"); } = Require.NotNegative(InDegree, nameof(InDegree), "The in-degree", "as a number of inputs");

    /// <summary>The jump of the voltage at a spike, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Weight { get; init => field = Require.Finite(value, nameof(Weight), "The weight", "in volts"); } = Require.Finite(Weight, nameof(Weight), "The weight", "in volts");

    /// <summary>The rate of one input, in hertz.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double Rate { get; init => field = Require.NotNegative(value, nameof(Rate), "The rate of an input", "in hertz"); } = Require.NotNegative(Rate, nameof(Rate), "The rate of an input", "in hertz");
}
