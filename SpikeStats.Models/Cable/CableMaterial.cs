namespace SpikeStats.Models.Cable;

/// <summary>What membrane and cytoplasm are made of, apart from their shape.</summary>
/// <remarks>The defaults are those of many cortical models: R_m = 20,000 Ω cm², R_i = 150 Ω cm, C_m = 1 µF/cm².</remarks>
public sealed record CableMaterial
{
    /// <summary>R_m, the resistance of a unit area of membrane, in ohm square metres.</summary>
    /// <value>2 Ω m² by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double MembraneResistivity { get; init => field = Positive(value, "resistance of a unit area of membrane", "ohm square metres"); } = 2;

    /// <summary>R_i, the resistivity of the cytoplasm, in ohm metres.</summary>
    /// <value>1.5 Ω m by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double AxialResistivity { get; init => field = Positive(value, "resistivity of the cytoplasm", "ohm metres"); } = 1.5;

    /// <summary>C_m, the capacitance of a unit area of membrane, in farads per square metre.</summary>
    /// <value>0.01 F/m² by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double MembraneCapacitance { get; init => field = Positive(value, "capacitance of a unit area of membrane", "farads per square metre"); } = 0.01;

    /// <summary>τ = R_m C_m, in seconds.</summary>
    public double TimeConstant => MembraneResistivity * MembraneCapacitance;

    internal static double Positive(double value, string name, string unit) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"The {name} must be positive and finite, in {unit}.");
}
