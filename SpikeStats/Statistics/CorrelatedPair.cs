namespace SpikeStats.Statistics;

/// <summary>A pair of units and where its cross-correlogram departs most from that of independent trains.</summary>
/// <param name="Correlogram">The cross-correlogram.</param>
/// <param name="Lag">The middle of the bin of the largest departure, in seconds.</param>
/// <param name="Z">The departure, in standard deviations of independent trains; negative where spikes are missing; dimensionless.</param>
public sealed record CorrelatedPair(Correlogram Correlogram, double Lag, double Z);
