using System.Globalization;
using SpikeStats.Units;

namespace SpikeStats.Cli.Options;

/// <summary>What a parameter of a simulated model is measured in, and how it is read from text.</summary>
internal sealed record ParameterUnit(string Name, Func<string, double> Parse)
{
    private static readonly QuantitySyntax current = new("current", "500pA", ("nA", value => value.nA), ("pA", value => value.pA), ("uA", value => value / 1e6), ("A", value => value));
    private static readonly QuantitySyntax capacitance = new("capacitance", "200pF", ("pF", value => value.pF), ("nF", value => value.nF), ("F", value => value));
    private static readonly QuantitySyntax conductance = new("conductance", "10nS", ("nS", value => value.nS), ("uS", value => value.uS), ("mS", value => value / 1e3), ("S", value => value));

    public static ParameterUnit Voltage { get; } = new("V", VoltageSyntax.Parse);

    public static ParameterUnit Time { get; } = new("s", DurationSyntax.NotNegative);

    public static ParameterUnit Rate { get; } = new("Hz", RateSyntax.NotNegative);

    public static ParameterUnit Current { get; } = new("A", current.Parse);

    public static ParameterUnit Capacitance { get; } = new("F", capacitance.Parse);

    public static ParameterUnit Conductance { get; } = new("S", conductance.Parse);

    /// <summary>A number without a unit.</summary>
    public static ParameterUnit Number { get; } = new("1", text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
        ? value
        : throw new FormatException($"'{text}' is no number; this parameter has no unit."));
}
