using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Neurons;

/// <summary>Lapicque's law of the weakest rectangular pulse that makes a membrane fire: I(d) = I_rh / (1 - e^(-d/τ)).</summary>
/// <remarks>
/// The strength may be a current, or the power of a light whose current is proportional to it. <b>Assumptions:</b> a passive membrane at rest before the pulse, and a spike
/// only during it. <b>Source:</b> Lapicque, J Physiol Pathol Gen 9:620 (1907); Blair, J Gen Physiol 15:709 (1932).
/// </remarks>
/// <param name="Rheobase">I_rh, the weakest strength that suffices if it lasts, in any unit; positive.</param>
/// <param name="TimeConstant">τ, in seconds; positive.</param>
public readonly record struct StrengthDurationCurve(double Rheobase, double TimeConstant)
{
    /// <summary>I_rh, in the unit of the strength.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Rheobase { get; init => field = Positive(value, nameof(Rheobase)); } = Positive(Rheobase, nameof(Rheobase));

    /// <summary>τ, in seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double TimeConstant { get; init => field = Positive(value, nameof(TimeConstant)); } = Positive(TimeConstant, nameof(TimeConstant));

    /// <summary>The duration for which twice the rheobase suffices, τ log 2, in seconds.</summary>
    public double Chronaxie => TimeConstant * Math.Log(2);

    /// <summary>The weakest pulse of a duration.</summary>
    /// <param name="duration">d, in seconds; positive, may be infinite.</param>
    /// <returns>In the unit of the rheobase.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The duration is not positive.</exception>
    public double Strength(double duration) => duration > 0
        ? Rheobase / -Exponentials.MinusOne(-duration / TimeConstant)
        : throw new ArgumentOutOfRangeException(nameof(duration), duration, "The duration of the pulse must be positive, in seconds.");

    /// <summary>The shortest pulse of a strength, -τ log(1 - I_rh/I).</summary>
    /// <param name="strength">I, in the unit of the rheobase.</param>
    /// <returns>Seconds; infinite up to the rheobase.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The strength is not a number.</exception>
    public double Duration(double strength)
    {
        if (double.IsNaN(strength)) throw new ArgumentOutOfRangeException(nameof(strength), strength, "The strength of the pulse is not a number.");
        return strength <= Rheobase ? double.PositiveInfinity : -TimeConstant * Exponentials.LogOnePlus(-Rheobase / strength);
    }

    private static double Positive(double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "Rheobase and time constant must be positive and finite.");
}
