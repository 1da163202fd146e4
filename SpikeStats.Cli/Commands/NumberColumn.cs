namespace SpikeStats.Cli.Commands;

/// <summary>A column of a table of numbers.</summary>
/// <param name="Name">Its header.</param>
/// <param name="Demand">What a value must be, with its unit, for messages.</param>
/// <param name="Holds">Whether a value is so.</param>
internal sealed record NumberColumn(string Name, string Demand, Func<double, bool> Holds)
{
    /// <summary>A column of voltages.</summary>
    public static NumberColumn Voltage(string name) => new(name, "finite, in volts", double.IsFinite);

    /// <summary>A column of positive values.</summary>
    public static NumberColumn Positive(string name, string unit) => new(name, $"finite and positive, in {unit}", value => value > 0 && double.IsFinite(value));

    /// <summary>A column of values that may be zero.</summary>
    public static NumberColumn NotNegative(string name, string unit) => new(name, $"finite and not negative, in {unit}", value => value >= 0 && double.IsFinite(value));
}
