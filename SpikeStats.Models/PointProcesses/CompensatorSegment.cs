namespace SpikeStats.Models.PointProcesses;

/// <summary>The compensator within one observed interval; every value counts from the start of the interval.</summary>
/// <param name="Interval">The interval; for a model on bins, the bins on which it is defined.</param>
/// <param name="AtEvents">Λ at each event, dimensionless, ascending. For a model on bins: the expected count summed up to and including the event's own bin.</param>
/// <param name="AtEnd">Λ at the end of the interval: the expected number of events in it.</param>
/// <param name="HazardAtEvents">For a model on bins: Σ q up to and including the event's own bin, where q = -log P(no spike in the bin),
/// dimensionless; empty for a continuous model.</param>
/// <param name="EventHazard">For a model on bins: q of the event's own bin, dimensionless; empty for a continuous model.</param>
/// <param name="HazardAtEnd">For a model on bins: Σ q over the interval, dimensionless; equal to <paramref name="AtEnd"/> for a continuous model.</param>
public sealed record CompensatorSegment(
    TimeInterval Interval,
    ReadOnlyMemory<double> AtEvents,
    double AtEnd,
    ReadOnlyMemory<double> HazardAtEvents,
    ReadOnlyMemory<double> EventHazard,
    double HazardAtEnd);
