namespace SpikeStats.Fitting.Renewal;

/// <summary>An estimated level of a rate that is constant in bins.</summary>
/// <param name="Interval">Where the level holds.</param>
/// <param name="Value">The rate, in hertz.</param>
/// <param name="StandardError">Its standard error, in hertz; NaN if the optimum was not reached.</param>
/// <param name="Lower">Lower end of the 95 % interval, in hertz, symmetric for the logarithm.</param>
/// <param name="Upper">Upper end of the 95 % interval, in hertz.</param>
public sealed record RateLevel(TimeInterval Interval, double Value, double StandardError, double Lower, double Upper);
