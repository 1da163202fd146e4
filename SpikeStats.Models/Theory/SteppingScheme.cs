namespace SpikeStats.Models.Theory;

/// <summary>How a simulation in time steps moves the voltage and notices that it crossed the threshold.</summary>
public enum SteppingScheme
{
    /// <summary>The exact law of the voltage after a step; the threshold is looked at only then. Crossings up and down within a step are missed, and spikes are late.</summary>
    Grid = 0,

    /// <summary>The same, and a draw with the probability that the path between both ends crosses. The instant of the crossing is drawn too.</summary>
    Bridge = 1,

    /// <summary>Steps of Euler and Maruyama, the threshold looked at after each. It is unstable for steps of two time constants and more.</summary>
    Euler = 2,
}
