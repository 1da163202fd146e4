namespace SpikeStats.Models.MeanField;

/// <summary>The fixed points of a network and how sure it is that there are no others.</summary>
/// <param name="Points">The fixed points, by rising rate of the first population.</param>
/// <param name="IsCertified">
/// Whether a scan looked at all rates of the range: for one population every cell of the grid in which Φ(ν) - ν changes its sign or turns towards zero was resolved.
/// False for several populations, where Newton iterations from many starts may miss a point.
/// </param>
public sealed record FixedPointSearch(IReadOnlyList<FixedPoint> Points, bool IsCertified);
