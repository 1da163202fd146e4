namespace SpikeStats.Models.PointProcesses;

/// <summary>The compensator Λ(t) = ∫ λ of one unit, evaluated at its events, observed interval by observed interval.</summary>
/// <param name="Unit">Identifier of the unit.</param>
/// <param name="IsDiscrete">Whether the model lives on bins, so that <see cref="CompensatorSegment.EventHazard"/> is filled and the
/// discrete-time correction applies.</param>
/// <param name="Segments">One entry per observed interval, in order; intervals without events included.</param>
/// <param name="CoincidentSpikes">Spikes that fell into a bin that already held one; they are not events of their own (0 for a continuous model).</param>
public sealed record Compensator(string Unit, bool IsDiscrete, IReadOnlyList<CompensatorSegment> Segments, int CoincidentSpikes)
{
    /// <summary>The number of events in all segments.</summary>
    public int EventCount => Segments.Sum(segment => segment.AtEvents.Length);
}
