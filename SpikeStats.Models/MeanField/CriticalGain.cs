namespace SpikeStats.Models.MeanField;

/// <summary>Where a loop begins to oscillate.</summary>
/// <param name="LoopGain">The static loop gain, dimensionless; infinite if the loop is stable at any.</param>
/// <param name="Frequency">The frequency, in hertz; NaN if the loop is stable at any gain.</param>
public readonly record struct CriticalGain(double LoopGain, double Frequency);
