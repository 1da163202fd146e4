using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Synapses;

/// <summary>The course k(t) of a synaptic current, or conductance, after one presynaptic spike.</summary>
/// <remarks>
/// Every kernel is the output of a chain of at most two first-order stages, so that all it does to a membrane is a divided difference of exponentials:
/// (e^(-at) * e^(-bt))(t) = t exp[-at, -bt], and with the membrane t² exp[-at, -bt, -t/τ]. These have no singularity where time constants are equal.
/// A kernel has the peak 1, so that its weight is the peak of the current in amperes, or of the conductance in siemens; a <see cref="DeltaSynapse"/> has the area 1 and its weight is a charge.
/// <para><b>Accuracy:</b> 10⁻¹² relative, tested against quadrature and at, near and far from equal time constants.</para>
/// </remarks>
public abstract record SynapticKernel
{
    private protected SynapticKernel()
    {
    }

    /// <summary>The name of the kernel, in small letters with dashes.</summary>
    public abstract string Name { get; }

    /// <summary>When the kernel is largest, in seconds after the spike.</summary>
    public abstract double TimeToPeak { get; }

    /// <summary>The area ∫ k(t) dt, in seconds; 1 without a unit for a delta.</summary>
    public double Area => Jump.Voltage + (Jump.Current / SlowRate) + (Jump.Rise / (SlowRate * FastRate));

    /// <summary>What a spike of weight 1 adds at once to a membrane (delta), to the current, and to the stage before it.</summary>
    internal abstract SynapticState Jump { get; }

    /// <summary>The rate at which the current decays, in hertz; any positive number if the kernel has none.</summary>
    internal abstract double SlowRate { get; }

    /// <summary>The rate at which the stage before the current decays, in hertz; any positive number if the kernel has none.</summary>
    internal abstract double FastRate { get; }

    /// <summary>The kernel at a lag.</summary>
    /// <param name="lag">t, in seconds after the spike.</param>
    /// <returns>k(t), dimensionless; 0 before the spike, and always 0 for a delta.</returns>
    public double At(double lag) => lag < 0
        ? 0
        : (Jump.Current * Math.Exp(-SlowRate * lag)) + (Jump.Rise * lag * DividedExponentials.Of(-SlowRate * lag, -FastRate * lag));

    /// <summary>The area up to a lag.</summary>
    /// <param name="lag">t, in seconds after the spike.</param>
    /// <returns>∫ k from 0 to t, in seconds; 1 without a unit for a delta; 0 before the spike.</returns>
    public double AreaTo(double lag) => Filtered(lag, 0);

    /// <summary>The kernel as a membrane sees it: ∫ k(s) e^(-(t - s)/τ) ds from 0 to t.</summary>
    /// <remarks>A current w k(t) into a capacitance C moves a membrane by w/C times this, in closed form.</remarks>
    /// <param name="lag">t, in seconds after the spike.</param>
    /// <param name="membraneTime">The time constant τ of the membrane, in seconds; positive.</param>
    /// <returns>Seconds; without a unit for a delta; 0 before the spike.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time constant is not positive and finite.</exception>
    public double ResponseAt(double lag, double membraneTime) => Filtered(lag, 1 / Positive(membraneTime, "time constant of the membrane"));

    /// <summary>When a membrane that is driven by the kernel is farthest from rest.</summary>
    /// <param name="membraneTime">The time constant τ of the membrane, in seconds; positive.</param>
    /// <returns>Seconds after the spike.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time constant is not positive and finite.</exception>
    public double ResponseTimeToPeak(double membraneTime)
    {
        Positive(membraneTime, "time constant of the membrane");
        if (Jump.Voltage > 0) return 0;
        if (Jump.Rise == 0) return PeakOfTwo(1 / SlowRate, membraneTime);
        double low = TimeToPeak, high = 2 * low;
        while (Fall(high).Value < 0) high *= 2;
        return IncreasingRoot.Find(Fall, low, high);

        // The response rises as long as the kernel is larger than the leak; at the kernel's own peak it still does.
        (double Value, double Slope) Fall(double lag)
        {
            double kernel = At(lag), leak = ResponseAt(lag, membraneTime) / membraneTime;
            double kernelSlope = (Jump.Rise * Math.Exp(-FastRate * lag)) - (SlowRate * kernel);
            return (leak - kernel, ((kernel - leak) / membraneTime) - kernelSlope);
        }
    }

    /// <summary>Where the difference of two exponentials peaks: τ₁ log(1 + q)/q with q = τ₁/τ₂ - 1, which is τ₁ if they are equal.</summary>
    private protected static double PeakOfTwo(double first, double second)
    {
        double excess = (first - second) / second;
        return excess == 0 ? first : first * Exponentials.LogOnePlus(excess) / excess;
    }

    private protected static double Positive(double value, string name) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"The {name} must be positive and finite, in seconds.");

    private double Filtered(double lag, double leak)
    {
        if (lag < 0) return 0;
        double membrane = -leak * lag, slow = -SlowRate * lag;
        double response = Jump.Voltage * Math.Exp(membrane);
        if (Jump.Current > 0) response += Jump.Current * lag * DividedExponentials.Of(slow, membrane);
        if (Jump.Rise > 0) response += Jump.Rise * lag * lag * DividedExponentials.Of(-FastRate * lag, slow, membrane);
        return response;
    }
}
