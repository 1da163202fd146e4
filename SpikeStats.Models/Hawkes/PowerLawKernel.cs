using MathNet.Numerics;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Hawkes;

/// <summary>The shape of an excitation that dies away by a power law (Omori and Utsu): bursts within bursts, without a time constant.</summary>
/// <remarks>
/// φ(t) = θ c^θ / (t + c)^(1+θ), of integral 1. It is a mixture of exponentials: φ(t) = ∫ β e^(-βt) g(β) dβ with β gamma distributed, of shape θ and rate c.
/// <para><b>Source:</b> Utsu, Ogata and Matsu'ura, J Phys Earth 43:1 (1995), with p = 1 + θ and K = α θ c^θ.</para>
/// </remarks>
public sealed record PowerLawKernel
{
    /// <summary>The relative error that <see cref="Approximate"/> allows unless told otherwise.</summary>
    public const double DefaultAccuracy = 1e-6;

    /// <summary>Creates the kernel.</summary>
    /// <param name="timeScale">c, in seconds; positive. Lags below it are excited alike.</param>
    /// <param name="exponent">θ, dimensionless; positive. The excitation still to come falls as lag^-θ.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not positive and finite.</exception>
    public PowerLawKernel(double timeScale, double exponent)
    {
        if (!(timeScale > 0) || !double.IsFinite(timeScale)) throw new ArgumentOutOfRangeException(nameof(timeScale), timeScale, "The time scale must be positive and finite, in seconds.");
        if (!(exponent > 0) || !double.IsFinite(exponent)) throw new ArgumentOutOfRangeException(nameof(exponent), exponent, "The exponent must be positive and finite; otherwise the kernel has no integral.");
        TimeScale = timeScale;
        Exponent = exponent;
    }

    /// <summary>c, in seconds.</summary>
    public double TimeScale { get; }

    /// <summary>θ, dimensionless.</summary>
    public double Exponent { get; }

    /// <summary>The density of the delay of a triggered spike.</summary>
    /// <param name="lag">Time since the spike that triggers, in seconds; not negative.</param>
    /// <returns>φ, in reciprocal seconds.</returns>
    public double At(double lag) => Exponent / TimeScale * Math.Exp(-(1 + Exponent) * SpecialFunctions.Log1p(lag / TimeScale));

    /// <summary>The part of the excitation that has come within a lag: 1 - (1 + t/c)^-θ.</summary>
    /// <param name="lag">Time since the spike that triggers, in seconds; not negative.</param>
    /// <returns>Between 0 and 1, dimensionless.</returns>
    public double Integral(double lag) => -Exponentials.MinusOne(-Exponent * SpecialFunctions.Log1p(lag / TimeScale));

    /// <summary>Approximates the kernel by exponentials whose decays are evenly spaced on a logarithmic scale.</summary>
    /// <remarks>
    /// The trapezoidal rule for the mixture, on log β; what is slower than the slowest decay is added to it, so that the integral stays 1. The number of exponentials
    /// grows as log(horizon / c) · log(1 / accuracy). <b>Accuracy:</b> the bounds of the result are proved (docs/theory/hawkes.md) and computed, not estimated.
    /// </remarks>
    /// <param name="horizon">The longest lag at which the kernel matters, in seconds; positive. The longest observed interval is always enough.</param>
    /// <param name="accuracy">Largest relative error up to the horizon, dimensionless, 10^-13 to 0.1.</param>
    /// <returns>The mixture with its error bounds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public PowerLawMixture Approximate(double horizon, double accuracy = DefaultAccuracy)
    {
        if (!(horizon > 0) || !double.IsFinite(horizon)) throw new ArgumentOutOfRangeException(nameof(horizon), horizon, "The horizon must be positive and finite, in seconds.");
        ThrowIfInaccurate(accuracy);
        return new PowerLawMixture(this, DecayGrid.For(this, this, horizon, accuracy), horizon);
    }

    internal static void ThrowIfInaccurate(double accuracy)
    {
        if (!(accuracy is >= 1e-13 and <= 0.1)) throw new ArgumentOutOfRangeException(nameof(accuracy), accuracy, "The accuracy must be between 1e-13 and 0.1.");
    }
}
