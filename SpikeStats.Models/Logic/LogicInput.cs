namespace SpikeStats.Models.Logic;

/// <summary>An excitatory input of a <see cref="LogicUnit"/>.</summary>
/// <param name="Source">The line or unit that it comes from.</param>
/// <param name="Multiplicity">How many synapses it makes; positive, dimensionless.</param>
public readonly record struct LogicInput(string Source, int Multiplicity = 1)
{
    /// <summary>How many synapses it makes, dimensionless.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public int Multiplicity { get; init => field = Positive(value, nameof(Multiplicity)); } = Positive(Multiplicity, nameof(Multiplicity));

    private static int Positive(int value, string name) => value > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "The multiplicity of an excitatory input must be positive; inhibition has a list of its own.");
}
