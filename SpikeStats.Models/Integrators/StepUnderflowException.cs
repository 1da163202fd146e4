namespace SpikeStats.Models.Integrators;

/// <summary>The solution of a differential equation has a pole: no step was short enough to go on.</summary>
internal sealed class StepUnderflowException(double time)
    : InvalidOperationException(FormattableString.Invariant($"The solution runs away at {time} s: no step is short enough to follow it. Check the parameters and the drive."))
{
    /// <summary>The instant beyond which the solution could not be followed.</summary>
    public double Time { get; } = time;
}
