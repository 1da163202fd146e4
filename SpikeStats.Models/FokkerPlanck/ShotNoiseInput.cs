using SpikeStats.Models.Theory;

namespace SpikeStats.Models.FokkerPlanck;

/// <summary>Poisson input of postsynaptic jumps whose sizes are exponentially distributed, on top of a constant input.</summary>
public readonly record struct ShotNoiseInput
{
    /// <summary>Constant input μ₀, in volts: where the membrane rests between jumps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Mean
    {
        get;
        init => field = double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The constant input must be finite, in volts.");
    }

    /// <summary>Excitatory jumps per second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double ExcitatoryRate { get; init => field = NotNegative(value, "excitatory rate", "hertz"); }

    /// <summary>The mean excitatory jump, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double ExcitatoryJump { get; init => field = NotNegative(value, "mean excitatory jump", "volts"); }

    /// <summary>Inhibitory jumps per second.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double InhibitoryRate { get; init => field = NotNegative(value, "inhibitory rate", "hertz"); }

    /// <summary>The mean size of an inhibitory jump, which goes downwards, in volts; not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double InhibitoryJump { get; init => field = NotNegative(value, "mean size of an inhibitory jump", "volts"); }

    /// <summary>White noise of the same mean and variance, which the jumps tend to as they become small and frequent.</summary>
    /// <param name="timeConstant">τ, in seconds.</param>
    /// <returns>μ = μ₀ + τ (R_e a_e - R_i a_i) and σ² = 2τ (R_e a_e² + R_i a_i²), the mean square of an exponential jump being twice its squared mean.</returns>
    public WhiteNoiseInput DiffusionLimit(double timeConstant) => new(
        Mean + (timeConstant * ((ExcitatoryRate * ExcitatoryJump) - (InhibitoryRate * InhibitoryJump))),
        Math.Sqrt(2 * timeConstant * ((ExcitatoryRate * ExcitatoryJump * ExcitatoryJump) + (InhibitoryRate * InhibitoryJump * InhibitoryJump))));

    private static double NotNegative(double value, string name, string unit) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"The {name} must be finite and not negative, in {unit}.");
}
