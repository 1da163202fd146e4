using SpikeStats.Models.Neurons;

namespace SpikeStats.Models.Synapses;

/// <summary>What one spike does to a membrane through a synapse in current form: C dV/dt = -(V - E_L)/R + w k(t).</summary>
/// <remarks><b>Accuracy:</b> closed form, 10⁻¹² relative as tested, at and near equal time constants too.</remarks>
/// <param name="Kernel">The kernel k.</param>
/// <param name="Weight">w: the peak of the current, in amperes; of a delta its charge, in coulombs.</param>
/// <param name="Membrane">The membrane; C = τ/R.</param>
public sealed record PostsynapticPotential(SynapticKernel Kernel, double Weight, PassiveMembrane Membrane)
{
    /// <summary>When it is farthest from rest, in seconds after the spike.</summary>
    public double TimeToPeak => Kernel.ResponseTimeToPeak(Membrane.TimeConstant);

    /// <summary>The deviation from rest at the peak, in volts.</summary>
    public double Peak => At(TimeToPeak);

    /// <summary>The area w R ∫ k, in volt seconds.</summary>
    public double Area => Weight * Membrane.Resistance * Kernel.Area;

    /// <summary>The deviation from rest.</summary>
    /// <param name="lag">Time after the spike, in seconds.</param>
    /// <returns>Volts; 0 before the spike.</returns>
    public double At(double lag) => Weight * Membrane.Resistance / Membrane.TimeConstant * Kernel.ResponseAt(lag, Membrane.TimeConstant);
}
