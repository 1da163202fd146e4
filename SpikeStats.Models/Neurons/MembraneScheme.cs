namespace SpikeStats.Models.Neurons;

/// <summary>How the equations of a <see cref="SmoothNeuron"/> are solved.</summary>
public enum MembraneScheme
{
    /// <summary>Adaptive Runge-Kutta steps of orders 5 and 4 that stop where the drive jumps, with spikes located on the solution. For every neuron without noise; the default.</summary>
    Exact,

    /// <summary>The scheme printed in Izhikevich 2003: steps of 1 ms, of v in two halves, spikes at whole milliseconds. It is not converged and for <see cref="Izhikevich"/> only.</summary>
    Paper2003,

    /// <summary>Fixed steps in which each variable relaxes exponentially to its momentary target; first order, stable at any step. For <see cref="HodgkinHuxley"/> without noise.</summary>
    ExponentialEuler,

    /// <summary>The classical fourth-order Runge-Kutta method with fixed steps, spikes interpolated linearly. For <see cref="HodgkinHuxley"/> without noise.</summary>
    RungeKutta4,

    /// <summary>Euler's method with fixed steps and white noise (Euler-Maruyama), first order. For every neuron.</summary>
    EulerMaruyama,

    /// <summary>Heun's method with fixed steps and white noise, second order in the drift. For every neuron.</summary>
    Heun,
}
