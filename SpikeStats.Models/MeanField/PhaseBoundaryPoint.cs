namespace SpikeStats.Models.MeanField;

/// <summary>A point of a line on which the asynchronous state changes.</summary>
/// <param name="RelativeInhibition">g, dimensionless.</param>
/// <param name="RelativeDrive">ν_ext/ν_θ, dimensionless.</param>
/// <param name="Kind">What changes.</param>
/// <param name="Rate">The rate of the fixed point there, in hertz; on a saddle-node line the rate on the side with more fixed points.</param>
/// <param name="Frequency">The frequency of the oscillation that sets in, in hertz; 0 on a saddle-node line.</param>
public readonly record struct PhaseBoundaryPoint(double RelativeInhibition, double RelativeDrive, PhaseBoundaryKind Kind, double Rate, double Frequency);
