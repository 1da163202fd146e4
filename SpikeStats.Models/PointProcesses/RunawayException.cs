using System.Globalization;

namespace SpikeStats.Models.PointProcesses;

/// <summary>A simulated unit excited itself, or units each other, to a rate that no such unit sustains.</summary>
public sealed class RunawayException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="unit">Identifier of the unit that ran away first.</param>
    /// <param name="time">When its rate passed the limit, in seconds on the axis of the simulated recording.</param>
    /// <param name="rate">Its rate then, in hertz.</param>
    /// <param name="advice">What the reader can do, as full sentences.</param>
    public RunawayException(string unit, double time, double rate, string advice)
        : base(string.Create(CultureInfo.InvariantCulture, $"The simulation ran away at {time:G9} s: unit {unit} fires at {rate:G4} Hz. {advice}"))
    {
        Unit = unit;
        Time = time;
        Rate = rate;
    }

    /// <summary>Identifier of the unit that ran away first.</summary>
    public string Unit { get; }

    /// <summary>When its rate passed the limit, in seconds on the axis of the simulated recording.</summary>
    public double Time { get; }

    /// <summary>Its rate then, in hertz.</summary>
    public double Rate { get; }
}
