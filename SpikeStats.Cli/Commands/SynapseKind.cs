namespace SpikeStats.Cli.Commands;

/// <summary>The course of a synaptic current.</summary>
internal enum SynapseKind
{
    Exponential = 0,
    Delta = 1,
    Alpha = 2,
    DoubleExponential = 3,
}
