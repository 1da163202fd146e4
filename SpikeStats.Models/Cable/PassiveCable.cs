using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Cable;

/// <summary>A passive cylinder of membrane: λ² ∂²V/∂x² = τ ∂V/∂t + V, V counted from rest.</summary>
/// <remarks>
/// Closed forms for steady currents and for a step. <b>Accuracy:</b> to rounding, tested against values computed elsewhere and against <see cref="CableNeuron"/>. <b>Source:</b> Rall, in: Handbook of
/// Physiology I (1977); Koch, Biophysics of Computation (1999), chapter 2.
/// </remarks>
public sealed record PassiveCable
{
    /// <summary>States a cable.</summary>
    /// <param name="diameter">d, in metres; positive.</param>
    /// <param name="material">What it is made of; the defaults if omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The diameter is not positive and finite.</exception>
    public PassiveCable(double diameter, CableMaterial? material = null)
    {
        Diameter = CableMaterial.Positive(diameter, "diameter of the cable", "metres");
        Material = material ?? new CableMaterial();
    }

    /// <summary>d, in metres.</summary>
    public double Diameter { get; }

    /// <summary>What it is made of.</summary>
    public CableMaterial Material { get; }

    /// <summary>λ = √(d R_m/(4 R_i)), in metres: over which a steady voltage falls to 1/e of it.</summary>
    public double LengthConstant => Math.Sqrt(Diameter * Material.MembraneResistivity / (4 * Material.AxialResistivity));

    /// <summary>The input resistance of a cable that goes on for ever in one direction, (2/π) √(R_m R_i) d^(-3/2), in ohms.</summary>
    public double SemiInfiniteResistance => 2 / Math.PI * Math.Sqrt(Material.MembraneResistivity * Material.AxialResistivity) * Math.Pow(Diameter, -1.5);

    /// <summary>The input resistance of a cable that goes on for ever in both directions, half the other, in ohms.</summary>
    public double InfiniteResistance => 0.5 * SemiInfiniteResistance;

    /// <summary>The input resistance at one end of a cable whose other end is sealed: R_∞ coth(l/λ).</summary>
    /// <param name="length">l, in metres; positive, may be infinite.</param>
    /// <returns>Ohms.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    public double SealedResistance(double length) => SemiInfiniteResistance / Math.Tanh(Electrotonic(length));

    /// <summary>The input resistance at one end of a cable that is cut open (grounded) at the other: R_∞ tanh(l/λ).</summary>
    /// <param name="length">l, in metres; positive, may be infinite.</param>
    /// <returns>Ohms.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
    public double KilledResistance(double length) => SemiInfiniteResistance * Math.Tanh(Electrotonic(length));

    /// <summary>The steady voltage along a cable with a sealed end, relative to that at its beginning: cosh((l - x)/λ)/cosh(l/λ).</summary>
    /// <param name="position">x, in metres from the beginning, up to the length.</param>
    /// <param name="length">l, in metres; positive, may be infinite.</param>
    /// <returns>Between 0 and 1 (dimensionless); e^(-x/λ) for an infinite cable.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is not positive, or the position not on the cable.</exception>
    public double SealedAttenuation(double position, double length)
    {
        double whole = Electrotonic(length);
        if (!(position >= 0 && position <= length)) throw new ArgumentOutOfRangeException(nameof(position), position, "The position must lie on the cable, in metres from its beginning.");

        // In decaying exponentials, so that a long cable does not overflow.
        double x = position / LengthConstant;
        return double.IsPositiveInfinity(whole) ? Math.Exp(-x) : Math.Exp(-x) * (1 + Math.Exp(-2 * (whole - x))) / (1 + Math.Exp(-2 * whole));
    }

    /// <summary>The voltage of a semi-infinite cable after a current was switched on at its beginning, relative to the final voltage there.</summary>
    /// <remarks>½ (e^(-X) erfc(X/(2√T) - √T) - e^X erfc(X/(2√T) + √T)), X = x/λ, T = t/τ.</remarks>
    /// <param name="position">x, in metres; not negative.</param>
    /// <param name="time">t since the switch, in seconds; 0 before it.</param>
    /// <returns>Between 0 and e^(-x/λ) (dimensionless).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The position is negative or not a number.</exception>
    public double StepResponse(double position, double time)
    {
        if (!(position >= 0)) throw new ArgumentOutOfRangeException(nameof(position), position, "The position must not be negative, in metres.");
        if (!(time > 0)) return 0;
        double x = position / LengthConstant, root = Math.Sqrt(time / Material.TimeConstant), reach = x / (2 * root);

        // The second term by the scaled function: e^X erfc(a + b) = erfcx(a + b) e^(-a² - b²) with 2ab = X.
        double falling = reach >= root
            ? ScaledErrorFunction.Of(reach - root) * Math.Exp(-(reach * reach) - (root * root))
            : (2 * Math.Exp(-x)) - (ScaledErrorFunction.Of(root - reach) * Math.Exp(-(reach * reach) - (root * root)));
        return 0.5 * (falling - (ScaledErrorFunction.Of(reach + root) * Math.Exp(-(reach * reach) - (root * root))));
    }

    private double Electrotonic(double length) => length > 0
        ? length / LengthConstant
        : throw new ArgumentOutOfRangeException(nameof(length), length, "The length of the cable must be positive, in metres.");
}
