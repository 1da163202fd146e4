namespace SpikeStats.Fitting.GoodnessOfFit;

/// <summary>What becomes of the wait that the end of an observed interval cuts off.</summary>
public enum Censoring
{
    /// <summary>
    /// It goes on in the next observed interval: rescaled time runs on from the end of one to the start of the next. Exact for every
    /// model, with memory or without, because the rescaled spikes of all intervals together are one Poisson process of rate 1.
    /// </summary>
    CarryOver = 0,

    /// <summary>It is left out, which favours short waits: right only when observed intervals hold many spikes.</summary>
    None = 1,
}
