using System.Globalization;
using SpikeStats.Units;

namespace SpikeStats.Cli.Options;

/// <summary>What a parameter of a simulated model is measured in, and how it is read from text.</summary>
internal sealed record ParameterUnit(string Name, Func<string, double> Parse)
{
    private static readonly QuantitySyntax current = new("current", "500pA", ("nA", value => value.nA), ("pA", value => value.pA), ("uA", value => value / 1e6), ("A", value => value));
    private static readonly QuantitySyntax capacitance = new("capacitance", "200pF", ("pF", value => value.pF), ("nF", value => value.nF), ("F", value => value));
    private static readonly QuantitySyntax conductance = new("conductance", "10nS", ("nS", value => value.nS), ("uS", value => value.uS), ("mS", value => value / 1e3), ("S", value => value));

    // 1 uF/cm² is 0.01 F/m², 1 mS/cm² is 10 S/m², 1 uA/cm² is 0.01 A/m².
    private static readonly QuantitySyntax currentDensity = new("current density", "10uA/cm2", ("uA/cm2", value => value / 1e2), ("A/m2", value => value));
    private static readonly QuantitySyntax capacitanceDensity = new("capacitance of an area", "1uF/cm2", ("uF/cm2", value => value / 1e2), ("F/m2", value => value));
    private static readonly QuantitySyntax conductanceDensity = new("conductance of an area", "120mS/cm2", ("mS/cm2", value => value * 10), ("S/m2", value => value));
    private static readonly QuantitySyntax voltageSlope = new("slope of a voltage", "10V/s or 10mV/ms", ("mV/ms", value => value), ("V/s", value => value));
    private static readonly QuantitySyntax signedRate = new("rate", "0.2/ms or 200/s", ("/ms", value => value.kHz), ("/s", value => value), ("Hz", value => value));

    public static ParameterUnit Voltage { get; } = new("V", VoltageSyntax.Parse);

    public static ParameterUnit Time { get; } = new("s", DurationSyntax.NotNegative);

    public static ParameterUnit Rate { get; } = new("Hz", RateSyntax.NotNegative);

    public static ParameterUnit Current { get; } = new("A", current.Parse);

    public static ParameterUnit Capacitance { get; } = new("F", capacitance.Parse);

    public static ParameterUnit Conductance { get; } = new("S", conductance.Parse);

    public static ParameterUnit CurrentDensity { get; } = new("A/m2", currentDensity.Parse);

    public static ParameterUnit CapacitanceDensity { get; } = new("F/m2", capacitanceDensity.Parse);

    public static ParameterUnit ConductanceDensity { get; } = new("S/m2", conductanceDensity.Parse);

    public static ParameterUnit VoltageSlope { get; } = new("V/s", voltageSlope.Parse);

    /// <summary>A rate that may be negative.</summary>
    public static ParameterUnit SignedRate { get; } = new("1/s", signedRate.Parse);

    /// <summary>A number without a unit.</summary>
    public static ParameterUnit Number { get; } = new("1", text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
        ? value
        : throw new FormatException($"'{text}' is no number; this parameter has no unit."));
}
