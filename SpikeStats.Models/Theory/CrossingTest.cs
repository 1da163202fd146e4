namespace SpikeStats.Models.Theory;

/// <summary>How a simulation in time steps notices that a voltage crossed the threshold; the spike is written down at the end of the step in both cases.</summary>
public enum CrossingTest
{
    /// <summary>The voltage is above the threshold at the end of a step. Crossings up and down within a step are missed.</summary>
    AtSteps = 0,

    /// <summary>A draw with the probability that a Brownian bridge between both ends crosses, so that none is missed.</summary>
    WithinSteps = 1,
}
