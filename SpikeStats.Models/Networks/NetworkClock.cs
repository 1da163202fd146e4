namespace SpikeStats.Models.Networks;

/// <summary>The steps of a simulation, and the windows of steps in which no block can reach another. A spike found after step n stands at point n + 1.</summary>
/// <param name="TimeStep">The step, in seconds.</param>
/// <param name="Window">The steps of a window.</param>
/// <param name="Before">The number of steps before time 0.</param>
/// <param name="Steps">The number of all.</param>
/// <param name="Duration">The end, in seconds.</param>
internal sealed record NetworkClock(double TimeStep, int Window, long Before, long Steps, double Duration)
{
    // A duration of 10,000.000000001 steps has 10,000.
    private const double Slack = 1e-6;

    /// <summary>The number of windows.</summary>
    public long Windows => (Steps + Window - 1) / Window;

    public static NetworkClock Of(NetworkSimulationOptions options, int window, double duration)
    {
        double before = Math.Ceiling((options.WarmUp / options.TimeStep) - Slack), after = Math.Ceiling((duration / options.TimeStep) - Slack);
        return new NetworkClock(options.TimeStep, window, checked((long)before), checked((long)(before + after)), duration);
    }

    /// <summary>The first step of a window and the number of its steps.</summary>
    public (long First, int Steps) StepsOf(long windowNumber)
    {
        long first = windowNumber * Window;
        return (first, (int)Math.Min(Window, Steps - first));
    }

    /// <summary>The time of a point, in seconds.</summary>
    public double TimeOf(long point) => (point - Before) * TimeStep;

    /// <summary>Whether a point lies in the simulated time.</summary>
    public bool Contains(long point) => point >= Before && TimeOf(point) < Duration;
}
