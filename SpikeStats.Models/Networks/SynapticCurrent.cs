using System.Runtime.Intrinsics;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Networks;

/// <summary>The exponential synaptic currents of one time constant in a block: τ_s dI/dt = -I, in volts of the membrane's input.</summary>
internal sealed class SynapticCurrent
{
    private readonly double[] current;

    /// <summary>Starts without current.</summary>
    /// <param name="synaptic">τ_s, in seconds.</param>
    /// <param name="membrane">τ, in seconds.</param>
    /// <param name="timeStep">Δ, in seconds.</param>
    /// <param name="freeShare">The share of a step that a neuron whose refractory period ends in it is free.</param>
    /// <param name="slots">The longest delay, in steps.</param>
    /// <param name="width">The number of neurons, a multiple of the lanes of a vector.</param>
    public SynapticCurrent(double synaptic, double membrane, double timeStep, double freeShare, int slots, int width)
    {
        TimeConstant = synaptic;
        Decay = Math.Exp(-timeStep / synaptic);
        Effect = EffectOver(timeStep);
        LateEffect = Math.Exp(-(1 - freeShare) * timeStep / synaptic) * EffectOver(freeShare * timeStep);
        Arrivals = new ArrivalRing(slots, width);
        current = new double[width];

        // (τ_s/(τ_s - τ)) (e^(-t/τ_s) - e^(-t/τ)), written so that nothing cancels where τ_s nears τ.
        double EffectOver(double time)
        {
            double difference = (time / membrane) - (time / synaptic);
            double mean = difference == 0 ? 1 : Exponentials.MinusOne(difference) / difference;
            return time / membrane * Math.Exp(-time / membrane) * mean;
        }
    }

    /// <summary>τ_s, in seconds.</summary>
    public double TimeConstant { get; }

    /// <summary>What is left of a current after a step.</summary>
    public double Decay { get; }

    /// <summary>What a current of 1 adds to the voltage in a step.</summary>
    public double Effect { get; }

    /// <summary>The same in a step of which the neuron is free only at the end.</summary>
    public double LateEffect { get; }

    /// <summary>The steps of the current that will arrive.</summary>
    public ArrivalRing Arrivals { get; }

    /// <summary>Moves the currents of eight neurons by a step.</summary>
    /// <returns>What they were before.</returns>
    public Vector512<double> Advance(int slot, int lane)
    {
        Vector512<double> before = Vector512.LoadUnsafe(ref current[lane]);
        ((before * Vector512.Create(Decay)) + Arrivals.Take(slot, lane)).StoreUnsafe(ref current[lane]);
        return before;
    }
}
