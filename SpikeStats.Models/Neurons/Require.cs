namespace SpikeStats.Models.Neurons;

/// <summary>Checks of the numbers that describe neurons and networks.</summary>
internal static class Require
{
    public static double Finite(double value, string parameter, string name, string unit) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(parameter, value, $"{name} must be finite, {unit}.");

    public static double NotNegative(double value, string parameter, string name, string unit) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(parameter, value, $"{name} must be finite and not negative, {unit}.");

    public static double Positive(double value, string parameter, string name, string unit) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(parameter, value, $"{name} must be finite and positive, {unit}.");
}
