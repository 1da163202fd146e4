namespace SpikeStats.Fitting.Optimization;

/// <summary>Neighbouring variables that are zero together or not at all.</summary>
/// <param name="First">The first variable.</param>
/// <param name="Count">Their number.</param>
/// <param name="Strength">Factor of their norm in the objective.</param>
internal sealed record SparsityGroup(int First, int Count, double Strength)
{
    public ReadOnlySpan<double> Of(ReadOnlySpan<double> variables) => variables.Slice(First, Count);
}
