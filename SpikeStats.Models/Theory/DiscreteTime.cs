using SpikeStats.Models.Neurons;

namespace SpikeStats.Models.Theory;

/// <summary>Theory for a simulation in time steps, which fires later and less often than the neuron itself.</summary>
/// <remarks>
/// If the threshold is looked at only every Δ, the voltage oversteps it by a mean of c σ √(Δ/τ), c = -ζ(½)/√(2π) = 0.5826, and the neuron fires like one whose threshold is
/// higher by that and whose interval is longer by Δ/4. A crossing found by the Brownian bridge is written down Δ/2 late on average.
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

    /// <summary>The neuron in continuous time that fires like the simulated one.</summary>
    /// <param name="neuron">The neuron that is simulated.</param>
    /// <param name="sigma">σ of its input, in volts.</param>
    /// <param name="timeStep">Δ, in seconds; not negative.</param>
    /// <param name="test">How crossings are noticed.</param>
    /// <returns>The neuron with another threshold and refractory period: everything that theory says of it holds for the simulation.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public static LeakyIntegrateAndFire Equivalent(LeakyIntegrateAndFire neuron, double sigma, double timeStep, CrossingTest test = CrossingTest.AtSteps)
    {
        ArgumentNullException.ThrowIfNull(neuron);
        if (!(timeStep >= 0) || !double.IsFinite(timeStep)) throw new ArgumentOutOfRangeException(nameof(timeStep), timeStep, "The time step must be finite and not negative, in seconds.");
        double noise = new WhiteNoiseInput(0, sigma).Sigma;
        return test switch
        {
            CrossingTest.AtSteps => neuron with
            {
                Threshold = neuron.Threshold + (Overshoot * noise * Math.Sqrt(timeStep / neuron.TimeConstant)),
                RefractoryPeriod = neuron.RefractoryPeriod + (0.25 * timeStep),
            },
            CrossingTest.WithinSteps => neuron with { RefractoryPeriod = neuron.RefractoryPeriod + (0.5 * timeStep) },
            _ => throw new ArgumentOutOfRangeException(nameof(test), test, "There is no such test of the threshold."),
        };
    }

    /// <summary>The rate of the simulated neuron.</summary>
    /// <param name="neuron">The neuron that is simulated.</param>
    /// <param name="input">Mean and noise.</param>
    /// <param name="timeStep">Δ, in seconds; not negative.</param>
    /// <param name="test">How crossings are noticed.</param>
    /// <returns>Hertz.</returns>
    /// <exception cref="ArgumentException">The reset is not below the threshold.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public static double Rate(LeakyIntegrateAndFire neuron, WhiteNoiseInput input, double timeStep, CrossingTest test = CrossingTest.AtSteps) =>
        Siegert.Rate(Equivalent(neuron, input.Sigma, timeStep, test), input);

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
