namespace SpikeStats.Models.Networks;

/// <summary>The voltage of a neuron, written down at each point in time.</summary>
/// <param name="name">The unit.</param>
/// <param name="neuron">The neuron within its block.</param>
/// <param name="clock">The steps of the simulation.</param>
internal sealed class VoltageTrace(string name, int neuron, NetworkClock clock)
{
    private readonly double[] values = new double[clock.Steps - clock.Before];

    /// <summary>The neuron within its block.</summary>
    public int Neuron { get; } = neuron;

    /// <summary>Writes the voltage at a point down, in volts.</summary>
    public void Write(long point, double voltage)
    {
        long sample = point - clock.Before;
        if (sample >= 0 && sample < values.Length) values[sample] = voltage;
    }

    public SampledSignal ToSignal() => SampledSignal.Regular(name, values, 0, 1 / clock.TimeStep);
}
