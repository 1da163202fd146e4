namespace SpikeStats.Models.Synapses;

/// <summary>How far a synaptic current of fixed weight is from the conductance that it stands for.</summary>
/// <param name="ConductancePeak">The deviation from rest at the peak with the conductance, in volts.</param>
/// <param name="CurrentPeak">The same with the current, in volts.</param>
/// <param name="Threshold">The relative error from which on it warns, dimensionless.</param>
public sealed record EffectiveWeightError(double ConductancePeak, double CurrentPeak, double Threshold)
{
    /// <summary>The relative error of a peak that is not negligible any more, dimensionless.</summary>
    public const double DefaultThreshold = 0.05;

    /// <summary>(current - conductance)/conductance, dimensionless; NaN for a synapse that reverses at rest, which shunts but does not move the membrane.</summary>
    public double RelativeError => (CurrentPeak - ConductancePeak) / ConductancePeak;

    /// <summary>What to tell the user; null if the approximation is good enough.</summary>
    public string? Warning => Math.Abs(RelativeError) < Threshold
        ? null
        : double.IsNaN(RelativeError)
            ? "The synapse reverses at the resting potential: it shunts, which no current of fixed weight does."
            : FormattableString.Invariant(
                $"A current of fixed weight moves the membrane by {1e3 * CurrentPeak:G4} mV where the conductance moves it by {1e3 * ConductancePeak:G4} mV: {RelativeError:P1} off, more than {Threshold:P0}. Use the conductance.");
}
