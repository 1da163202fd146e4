using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Synapses;

/// <summary>The exact step of a membrane with one synapse, for a fixed time: the matrix e^(Ah) of the linear equations of <see cref="SynapticState"/>.</summary>
/// <remarks>
/// Steps add up without error but rounding, whatever their length; equal time constants are no special case.
/// <b>Accuracy:</b> 10⁻¹² relative against the closed form, also at equal time constants. <b>Cost:</b> six multiplications a step.
/// <b>Source:</b> Rotter and Diesmann, Biol Cybern 81:381 (1999), for exact integration.
/// </remarks>
public sealed class SynapticPropagator
{
    private readonly SynapticState jump;
    private readonly double voltage, current, rise, currentToVoltage, riseToCurrent, riseToVoltage;

    /// <summary>Prepares a step.</summary>
    /// <param name="kernel">The kernel of the synapse.</param>
    /// <param name="membraneTime">The time constant τ of the membrane, in seconds; positive.</param>
    /// <param name="step">The time h of a step, in seconds; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time constant is not positive, or the step negative or not finite.</exception>
    public SynapticPropagator(SynapticKernel kernel, double membraneTime, double step)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        if (!(membraneTime > 0) || !double.IsFinite(membraneTime))
            throw new ArgumentOutOfRangeException(nameof(membraneTime), membraneTime, "The time constant of the membrane must be positive and finite, in seconds.");
        if (!(step >= 0) || !double.IsFinite(step)) throw new ArgumentOutOfRangeException(nameof(step), step, "The step must be finite and not negative, in seconds.");
        jump = kernel.Jump;
        double leak = -step / membraneTime, slow = -step * kernel.SlowRate, fast = -step * kernel.FastRate;
        (voltage, current, rise) = (Math.Exp(leak), Math.Exp(slow), Math.Exp(fast));
        currentToVoltage = step * DividedExponentials.Of(slow, leak);
        riseToCurrent = step * DividedExponentials.Of(fast, slow);
        riseToVoltage = step * step * DividedExponentials.Of(fast, slow, leak);
    }

    /// <summary>The state a step later, if no spike arrives.</summary>
    /// <param name="state">The state now.</param>
    /// <returns>The state after the step.</returns>
    public SynapticState Advance(SynapticState state) => new(
        (voltage * state.Voltage) + (currentToVoltage * state.Current) + (riseToVoltage * state.Rise),
        (current * state.Current) + (riseToCurrent * state.Rise),
        rise * state.Rise);

    /// <summary>The state right after a spike arrived.</summary>
    /// <param name="state">The state right before.</param>
    /// <param name="weight">The weight over the capacitance, in volts per second; of a delta the voltage that it adds, in volts.</param>
    /// <returns>The state with the spike.</returns>
    public SynapticState Receive(SynapticState state, double weight) => new(
        state.Voltage + (weight * jump.Voltage), state.Current + (weight * jump.Current), state.Rise + (weight * jump.Rise));
}
