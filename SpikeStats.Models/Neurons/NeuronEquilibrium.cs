using System.Numerics;

namespace SpikeStats.Models.Neurons;

/// <summary>A state in which a neuron stays under a constant drive, and whether it comes back to it.</summary>
/// <param name="Voltage">The membrane voltage, in volts.</param>
/// <param name="LeadingEigenvalue">
/// The eigenvalue of the linearised equations with the largest real part, per second: its real part is the rate at which a small disturbance grows, its imaginary part 2π times the
/// frequency at which it rings.
/// </param>
public sealed record NeuronEquilibrium(double Voltage, Complex LeadingEigenvalue)
{
    /// <summary>Whether small disturbances die out.</summary>
    public bool IsStable => LeadingEigenvalue.Real < 0;
}
