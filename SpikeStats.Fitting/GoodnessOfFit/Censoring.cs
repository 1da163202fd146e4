namespace SpikeStats.Fitting.GoodnessOfFit;

/// <summary>How the end of an observed interval, which cuts off long waits, is taken into account.</summary>
public enum Censoring
{
    /// <summary>Not at all: u = 1 - e^-z. Right when intervals of observation hold many spikes.</summary>
    None,

    /// <summary>
    /// u = (1 - e^-z) / (1 - e^-Z), Z the compensator that was left until the end of the interval (Wiener 2003). Needed for short trials,
    /// in which only short waits can end.
    /// </summary>
    /// <remarks>
    /// <b>Assumption:</b> a rate without memory. Z is taken along the spikes that followed; in a model with a history filter these change it,
    /// so that such a model is rejected even if it is true.
    /// </remarks>
    Truncation,
}
