using System.Runtime.Intrinsics;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.ScalarFunctions;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.Networks;

/// <summary>An exact step of a leaky membrane, or of what is left of a step when a refractory period ends: V' = a V + b + c z with a standard normal z.</summary>
internal readonly struct MembraneStep
{
    // A refractory period of 20.000000001 steps has 20.
    private const double Slack = 1e-6;

    /// <summary>Computes the coefficients.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="background">Mean and noise.</param>
    /// <param name="time">How long, in seconds.</param>
    public MembraneStep(LeakyIntegrateAndFire neuron, WhiteNoiseInput background, double time)
    {
        double steps = time / neuron.TimeConstant;
        Decay = Vector512.Create(Math.Exp(-steps));
        Constant = Vector512.Create(background.Mean * Exponentials.OneMinusExp(steps));
        Noise = Vector512.Create(background.Sigma * Math.Sqrt(0.5 * Exponentials.OneMinusExp(2 * steps)));
    }

    /// <summary>a.</summary>
    public Vector512<double> Decay { get; }

    /// <summary>b, in volts.</summary>
    public Vector512<double> Constant { get; }

    /// <summary>c, in volts.</summary>
    public Vector512<double> Noise { get; }

    /// <summary>How long a neuron that fired is held, in whole steps, and the share of the step after those in which it is free.</summary>
    public static (int Held, double FreeShare) Refractory(LeakyIntegrateAndFire neuron, double timeStep)
    {
        double steps = neuron.RefractoryPeriod / timeStep, whole = Math.Floor(steps + Slack);
        return ((int)whole, Math.Min(1, 1 - (steps - whole)));
    }
}
