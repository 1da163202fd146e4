namespace SpikeStats.Fitting.Decoding;

/// <summary>An uninterrupted stay in one hidden state.</summary>
/// <param name="State">Position of the state.</param>
/// <param name="Interval">When it began and ended.</param>
public sealed record StateRun(int State, TimeInterval Interval);
