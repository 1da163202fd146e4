namespace SpikeStats.Models.Drives;

/// <summary>A conductance that opens and closes in time: it pulls the membrane towards its reversal potential and makes it faster.</summary>
/// <param name="Conductance">g, in siemens; not negative at any time.</param>
/// <param name="Reversal">The reversal potential, in volts; finite.</param>
public sealed record ConductanceDrive(Waveform Conductance, double Reversal)
{
    /// <summary>The reversal potential, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Reversal { get; init => field = Finite(value); } = Finite(Reversal);

    private static double Finite(double value) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The reversal potential must be finite, in volts.");
}
