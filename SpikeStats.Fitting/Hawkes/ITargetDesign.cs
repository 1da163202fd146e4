namespace SpikeStats.Fitting.Hawkes;

/// <summary>What the past looked like at each spike of one target: the excitation by each source through each exponential, for α = 1.</summary>
/// <remarks>
/// Column u·D + j of D sources holds r = Σ_(s of j, s &lt; t) β_u e^(-β_u (t - s)) at the spikes t of the target, row after row; if asked for, there are also dr/dβ and d²r/dβ².
/// </remarks>
internal interface ITargetDesign : IDisposable
{
    /// <summary>Spikes of the target.</summary>
    int Rows { get; }

    int Sources { get; }

    int Columns { get; }

    BaselineRuns Baseline { get; }

    /// <summary>Whether columns are made anew each time they are read, so that everything they are for is best summed at once.</summary>
    bool IsStreamed { get; }

    /// <summary>Reads rows, block after block.</summary>
    /// <param name="row">The first row; a multiple of <see cref="OrderedSum.PartLength"/>.</param>
    IDesignReader ReadFrom(int row);
}
