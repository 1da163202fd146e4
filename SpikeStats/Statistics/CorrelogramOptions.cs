namespace SpikeStats.Statistics;

/// <summary>Lags, bins and threads of a correlogram.</summary>
public sealed record CorrelogramOptions
{
    /// <summary>Largest lag, in seconds; a whole number of bins.</summary>
    /// <value>50 ms unless set.</value>
    public double Window { get; init; } = 0.05;

    /// <summary>Width of a bin, in seconds.</summary>
    /// <value>1 ms unless set.</value>
    public double BinWidth { get; init; } = 0.001;

    /// <summary>Whether a bin is centred on lag 0.</summary>
    /// <value>
    /// False unless set: an edge lies at lag 0, and the 2·Window/BinWidth bins cover [-Window, Window). If true, the bins are shifted by
    /// half a bin, and the 2·Window/BinWidth + 1 bins cover [-Window - BinWidth/2, Window + BinWidth/2); a peak of synchronous spikes then
    /// stays in one bin.
    /// </value>
    public bool CentredOnZero { get; init; }

    /// <summary>Largest number of threads for all pairs of a recording; -1 for one per processor.</summary>
    /// <value>-1 unless set; results do not depend on it.</value>
    public int Threads { get; init; } = -1;
}
