using SpikeStats.Models.Neurons;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Theory;

/// <summary>Theory for a simulation in time steps, which fires later and less often than the neuron itself.</summary>
/// <remarks>
/// If the threshold is looked at only every Δ, the voltage oversteps it by a mean of c σ √(Δ/τ), c = -ζ(½)/√(2π) = 0.5826, and the neuron fires like one whose threshold is
/// higher by that and whose interval is longer by Δ/4.
/// <para><b>Assumptions:</b> the membrane itself is stepped exactly, and noise prevails within a step: see <see cref="IsAccurate"/>.</para>
/// <para><b>Accuracy:</b> the next term is of order Δ^(3/2); tested against simulations.</para>
/// <para><b>Source:</b> the mean overshoot: Chernoff, Ann Math Stat 36:55 (1965), Siegmund, Adv Appl Prob 11:701 (1979), Broadie, Glasserman and Kou, Math Finance 7:325 (1997); the
/// delay of Δ/4 is ours, see docs/theory/integrate-and-fire.md.</para>
/// </remarks>
public static class DiscreteTime
{
    // -ζ(1/2)/√(2π).
    private const double Overshoot = 0.58259715793901068;

    private const double LargestStep = 0.02;
    private const double LargestDrift = 0.3;
    private const double LargestShift = 0.1;

    /// <summary>The neuron and the input in continuous time that fire like the simulated ones.</summary>
    /// <remarks>
    /// A step of Euler and Maruyama is an exact step of a membrane of time constant -Δ/log(1 - Δ/τ) under noise of σ/√(1 - Δ/2τ), so that <see cref="SteppingScheme.Euler"/> is
    /// <see cref="SteppingScheme.Grid"/> for that membrane. <see cref="SteppingScheme.Bridge"/> needs no correction of this order.
    /// </remarks>
    /// <param name="neuron">The neuron that is simulated.</param>
    /// <param name="input">Mean and noise of its input.</param>
    /// <param name="timeStep">Δ, in seconds; not negative, and for <see cref="SteppingScheme.Euler"/> shorter than τ.</param>
    /// <param name="scheme">How it is simulated.</param>
    /// <returns>Everything that theory says of them holds for the simulation.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public static (LeakyIntegrateAndFire Neuron, WhiteNoiseInput Input) Equivalent(
        LeakyIntegrateAndFire neuron, WhiteNoiseInput input, double timeStep, SteppingScheme scheme = SteppingScheme.Grid)
    {
        ArgumentNullException.ThrowIfNull(neuron);
        if (!(timeStep >= 0) || !double.IsFinite(timeStep)) throw new ArgumentOutOfRangeException(nameof(timeStep), timeStep, "The time step must be finite and not negative, in seconds.");
        return scheme switch
        {
            SteppingScheme.Grid => (neuron with
            {
                Threshold = neuron.Threshold + (Overshoot * input.Sigma * Math.Sqrt(timeStep / neuron.TimeConstant)),
                RefractoryPeriod = neuron.RefractoryPeriod + (0.25 * timeStep),
            }, input),
            SteppingScheme.Bridge => (neuron, input),
            SteppingScheme.Euler when timeStep == 0 => (neuron, input),
            SteppingScheme.Euler when timeStep < neuron.TimeConstant => Equivalent(
                neuron with { TimeConstant = -timeStep / Exponentials.LogOnePlus(-timeStep / neuron.TimeConstant) },
                input with { Sigma = input.Sigma / Math.Sqrt(1 - (0.5 * timeStep / neuron.TimeConstant)) },
                timeStep),
            SteppingScheme.Euler => throw new ArgumentOutOfRangeException(nameof(timeStep), timeStep, "A step of Euler's scheme must be shorter than the time constant, in seconds."),
            _ => throw new ArgumentOutOfRangeException(nameof(scheme), scheme, "There is no such scheme."),
        };
    }

    /// <summary>The rate of the simulated neuron.</summary>
    /// <param name="neuron">The neuron that is simulated.</param>
    /// <param name="input">Mean and noise.</param>
    /// <param name="timeStep">Δ, in seconds; not negative, and for <see cref="SteppingScheme.Euler"/> shorter than τ.</param>
    /// <param name="scheme">How it is simulated.</param>
    /// <returns>Hertz.</returns>
    /// <exception cref="ArgumentException">The reset is not below the threshold.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public static double Rate(LeakyIntegrateAndFire neuron, WhiteNoiseInput input, double timeStep, SteppingScheme scheme = SteppingScheme.Grid)
    {
        (LeakyIntegrateAndFire equivalent, WhiteNoiseInput noise) = Equivalent(neuron, input, timeStep, scheme);
        return Siegert.Rate(equivalent, noise);
    }

    /// <summary>Whether steps are so short that the correction can be trusted: Δ ≤ τ/50, |μ - θ| √(Δ/τ) ≤ 0.3 σ, and a shift below a tenth of θ - V_r.</summary>
    /// <param name="neuron">The neuron that is simulated.</param>
    /// <param name="input">Mean and noise.</param>
    /// <param name="timeStep">Δ, in seconds.</param>
    /// <returns>False for longer steps, and where drift prevails over noise within a step; the delay then tends to Δ/2.</returns>
    public static bool IsAccurate(LeakyIntegrateAndFire neuron, WhiteNoiseInput input, double timeStep)
    {
        ArgumentNullException.ThrowIfNull(neuron);
        double step = timeStep / neuron.TimeConstant, root = Math.Sqrt(step);
        return step <= LargestStep
            && Math.Abs(input.Mean - neuron.Threshold) * root <= LargestDrift * input.Sigma
            && Overshoot * input.Sigma * root <= LargestShift * (neuron.Threshold - neuron.Reset);
    }
}
