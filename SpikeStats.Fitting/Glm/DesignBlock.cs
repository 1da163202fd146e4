namespace SpikeStats.Fitting.Glm;

/// <summary>Some successive bins of one segment: the unit in which the design is generated and reduced.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="FirstBin">First bin, in the numbering of the grid.</param>
/// <param name="Rows">Number of bins; at most <see cref="GlmDesign.BlockRows"/>.</param>
internal readonly record struct DesignBlock(BinSegment Segment, int FirstBin, int Rows);
