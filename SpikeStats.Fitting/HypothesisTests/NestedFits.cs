using SpikeStats.Fitting.Glm;
using SpikeStats.Models.Glm;

namespace SpikeStats.Fitting.HypothesisTests;

/// <summary>Fits smaller models to exactly the bins of a larger one, although their filters are shorter.</summary>
internal sealed class NestedFits
{
    private readonly GlmSpecification full;
    private readonly Recording recording;
    private readonly GlmFitOptions options;
    private readonly GlmDesign design;

    public NestedFits(GlmSpecification full, Recording recording, GlmFitOptions options)
    {
        this.full = full;
        this.recording = recording;
        this.options = options;
        design = GlmLayout.Of(full, recording).Design;
    }

    /// <summary>Fits the model with some of the terms.</summary>
    public GlmFit Fit(Func<GlmTerm, bool> keep, CancellationToken cancellationToken)
    {
        GlmSpecification restricted = full with { Terms = [.. full.Terms.Where(keep)] };
        return restricted.Fit(Aligned(restricted), options, null, cancellationToken);
    }

    // A model with shorter filters drops fewer bins at the start of an interval: the interval then begins that much later.
    private Recording Aligned(GlmSpecification restricted)
    {
        if (full.Edge == EdgePolicy.Zero) return recording;
        int missing = design.DroppedBins - GlmLayout.Of(restricted, recording).Design.DroppedBins;
        List<TimeInterval> intervals = [];
        foreach (BinSegment segment in design.Grid.Segments)
        {
            if (segment.BinCount <= missing) continue;
            intervals.Add(new TimeInterval(segment.Start + (missing * full.BinWidth), segment.Start + (segment.BinCount * full.BinWidth)));
        }

        return recording.Restrict(TimeIntervals.FromSorted([.. intervals]));
    }
}
