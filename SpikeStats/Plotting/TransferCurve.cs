namespace SpikeStats.Plotting;

/// <summary>The rate of a neuron over its mean input, and, if there are any, the rates that were simulated.</summary>
/// <param name="Label">Which noise or which neuron, for the legend; may be empty if there is only one curve.</param>
/// <param name="Means">Mean inputs, in volts, ascending; length n.</param>
/// <param name="Rates">Rates of the theory, in spikes per second; length n. NaN leaves a gap.</param>
public sealed record TransferCurve(string Label, ReadOnlyMemory<double> Means, ReadOnlyMemory<double> Rates)
{
    /// <summary>How the line is drawn.</summary>
    /// <value>Default: solid.</value>
    public LineStyle Style { get; init; }

    /// <summary>Simulated rates to hold against the theory.</summary>
    /// <value>Default: null, none.</value>
    public TransferPoints? Simulated { get; init; }
}
