namespace SpikeStats.Models.Logic;

/// <summary>A McCulloch-Pitts unit: it fires one tick after its excitatory synapses reached the threshold while no inhibitory input was active.</summary>
/// <remarks>
/// y(t + 1) = 1 if Σ m_j x_j(t) ≥ θ and no inhibitory x_k(t) is active. Inhibition is absolute: one active input vetoes any excitation. A single unit of this kind realises fewer functions than
/// one with signed weights (of four inputs 265 against 1882), but networks of two layers realise all.
/// <para><b>Source:</b> McCulloch and Pitts, Bull Math Biophys 5:115 (1943); Minsky, Computation: Finite and Infinite Machines (1967), chapter 3.</para>
/// </remarks>
public sealed record LogicUnit
{
    /// <summary>States a unit.</summary>
    /// <param name="name">What it is called; unique among lines and units of its network.</param>
    /// <param name="threshold">θ, in active synapses; not negative. With 0 it fires whenever nothing vetoes it.</param>
    /// <param name="excitatory">Its excitatory inputs.</param>
    /// <param name="inhibitory">The lines and units that veto it; none if omitted.</param>
    /// <exception cref="ArgumentException">A source appears twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is negative.</exception>
    public LogicUnit(string name, int threshold, IEnumerable<LogicInput> excitatory, IEnumerable<string>? inhibitory = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegative(threshold);
        ArgumentNullException.ThrowIfNull(excitatory);
        Name = name;
        Threshold = threshold;
        Excitatory = [.. excitatory];
        Inhibitory = [.. inhibitory ?? []];
        if (Excitatory.Select(input => input.Source).Concat(Inhibitory).GroupBy(source => source, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
            throw new ArgumentException($"'{twice.Key}' is an input of '{name}' twice; give one excitatory input its multiplicity, and let a source either excite or inhibit.", nameof(excitatory));
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>θ, in active synapses.</summary>
    public int Threshold { get; }

    /// <summary>The excitatory inputs.</summary>
    public IReadOnlyList<LogicInput> Excitatory { get; }

    /// <summary>The lines and units that veto it.</summary>
    public IReadOnlyList<string> Inhibitory { get; }

    /// <summary>A unit that fires when all inputs were active.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="inputs">The inputs.</param>
    /// <returns>The unit.</returns>
    public static LogicUnit And(string name, params IReadOnlyList<string> inputs) => new(name, inputs.Count, inputs.Select(input => new LogicInput(input)));

    /// <summary>A unit that fires when any input was active.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="inputs">The inputs.</param>
    /// <returns>The unit.</returns>
    public static LogicUnit Or(string name, params IReadOnlyList<string> inputs) => new(name, 1, inputs.Select(input => new LogicInput(input)));

    /// <summary>A unit that fires when no input was active; of one input, its negation.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="inputs">The inputs, all inhibitory.</param>
    /// <returns>The unit.</returns>
    public static LogicUnit Nor(string name, params IReadOnlyList<string> inputs) => new(name, 0, [], inputs);
}
