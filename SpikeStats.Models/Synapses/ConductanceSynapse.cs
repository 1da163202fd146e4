using MathNet.Numerics.Integration;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Synapses;

/// <summary>A synapse in conductance form: C dV/dt = -(V - E_L)/R + g k(t) (E - V).</summary>
/// <remarks>
/// V - E_L = (E - E_L) (g/C) ∫ k(s) exp(-(t - s)/τ - (g/C) ∫ₛᵗ k) ds: the inner integral has a closed form, the outer one is a quadrature.
/// <b>Accuracy:</b> 10⁻¹⁰ relative, tested against an adaptive integration of the equation by another tool and one of our own.
/// </remarks>
/// <param name="Kernel">The kernel k; not a delta, whose conductance would be infinite.</param>
/// <param name="PeakConductance">g, in siemens; not negative.</param>
/// <param name="ReversalPotential">E, in volts.</param>
public sealed record ConductanceSynapse(SynapticKernel Kernel, double PeakConductance, double ReversalPotential)
{
    private const double QuadratureTolerance = 1e-13;
    private const int QuadratureDepth = 12;

    /// <summary>The kernel.</summary>
    /// <exception cref="ArgumentException">It is a delta.</exception>
    public SynapticKernel Kernel { get; init => field = Lasting(value); } = Lasting(Kernel);

    /// <summary>The conductance at its peak, in siemens.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double PeakConductance { get; init => field = NotNegative(value); } = NotNegative(PeakConductance);

    /// <summary>The voltage towards which it pulls, in volts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double ReversalPotential { get; init => field = Finite(value); } = Finite(ReversalPotential);

    /// <summary>The weight g (E - E_L) of the current that it is at rest, in amperes: the effective-weight approximation.</summary>
    /// <param name="membrane">The membrane.</param>
    /// <returns>The synapse in current form.</returns>
    public PostsynapticPotential InCurrentForm(PassiveMembrane membrane)
    {
        ArgumentNullException.ThrowIfNull(membrane);
        return new PostsynapticPotential(Kernel, PeakConductance * (ReversalPotential - membrane.RestingPotential), membrane);
    }

    /// <summary>The deviation from rest after one spike.</summary>
    /// <param name="lag">Time after the spike, in seconds.</param>
    /// <param name="membrane">The membrane.</param>
    /// <returns>Volts; 0 before the spike.</returns>
    public double PotentialAt(double lag, PassiveMembrane membrane)
    {
        ArgumentNullException.ThrowIfNull(membrane);
        if (lag <= 0) return 0;
        double opening = PeakConductance * membrane.Resistance / membrane.TimeConstant, area = Kernel.AreaTo(lag);
        double Weighted(double s) => Kernel.At(s) * Math.Exp(((s - lag) / membrane.TimeConstant) + (opening * (Kernel.AreaTo(s) - area)));
        double edge = Math.Min(lag, Math.Max(Kernel.TimeToPeak, Kernel.Area / Math.E));
        double sum = GaussKronrodRule.Integrate(Weighted, 0, edge, out _, out _, QuadratureTolerance * Kernel.Area, QuadratureDepth);
        if (edge < lag) sum += GaussKronrodRule.Integrate(Weighted, edge, lag, out _, out _, QuadratureTolerance * Kernel.Area, QuadratureDepth);
        return (ReversalPotential - membrane.RestingPotential) * opening * sum;
    }

    /// <summary>When the membrane is farthest from rest after one spike.</summary>
    /// <param name="membrane">The membrane.</param>
    /// <returns>Seconds after the spike.</returns>
    public double TimeToPeak(PassiveMembrane membrane)
    {
        ArgumentNullException.ThrowIfNull(membrane);
        double driving = ReversalPotential - membrane.RestingPotential;

        // Without driving force or conductance nothing moves; the limit of weak synapses stands for it. The conductance only makes the membrane faster.
        double late = Kernel.ResponseTimeToPeak(membrane.TimeConstant);
        if (driving == 0 || PeakConductance == 0) return late;
        return IncreasingRoot.Find(lag => (Fall(lag), double.NaN), Kernel.TimeToPeak, late);

        double Fall(double lag)
        {
            double moved = PotentialAt(lag, membrane) / driving;
            return moved - (PeakConductance * membrane.Resistance * Kernel.At(lag) * (1 - moved));
        }
    }

    /// <summary>How far the effective-weight approximation, a current w k(t) with w = g (E - E_L), is from this synapse.</summary>
    /// <param name="membrane">The membrane, at rest before the spike.</param>
    /// <param name="threshold">The relative error of the peak from which on it warns, dimensionless; positive.</param>
    /// <returns>Both peaks and their relative difference.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not positive.</exception>
    public EffectiveWeightError CompareWithCurrent(PassiveMembrane membrane, double threshold = EffectiveWeightError.DefaultThreshold)
    {
        if (!(threshold > 0)) throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "The threshold of the warning must be positive.");
        return new EffectiveWeightError(PotentialAt(TimeToPeak(membrane), membrane), InCurrentForm(membrane).Peak, threshold);
    }

    private static SynapticKernel Lasting(SynapticKernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return kernel is DeltaSynapse ? throw new ArgumentException("A delta has no conductance; take a kernel that lasts.", nameof(kernel)) : kernel;
    }

    private static double NotNegative(double value) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "The peak conductance must be finite and not negative, in siemens.");

    private static double Finite(double value) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The reversal potential must be finite, in volts.");
}
