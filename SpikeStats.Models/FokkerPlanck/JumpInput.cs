namespace SpikeStats.Models.FokkerPlanck;

/// <summary>Poisson input that makes the voltage jump, for the Fokker-Planck equation.</summary>
/// <param name="Rate">Jumps per second; finite and not negative.</param>
/// <param name="Size">The mean jump, in volts; negative for inhibition, not zero.</param>
/// <param name="Sizes">How the jumps are distributed about their mean.</param>
public sealed record JumpInput(double Rate, double Size, JumpSizes Sizes = JumpSizes.Exponential)
{
    /// <summary>Jumps per second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double Rate { get; init => field = RateOf(value); } = RateOf(Rate);

    /// <summary>The mean jump, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or not finite.</exception>
    public double Size { get; init => field = SizeOf(value); } = SizeOf(Size);

    private static double RateOf(double value) =>
        value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The rate of the jumps must be finite and not negative, in hertz.");

    private static double SizeOf(double value) =>
        value != 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The mean jump must be finite and not zero, in volts.");
}
