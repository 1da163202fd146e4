namespace SpikeStats.Models.Ensembles;

/// <summary>The steps of a simulation: some before time 0, the others until its end. Instants within it are counted in steps from the first.</summary>
/// <param name="TimeStep">The step, in seconds.</param>
/// <param name="Before">The number of steps before time 0.</param>
/// <param name="Steps">The number of all.</param>
/// <param name="Duration">The end, in seconds.</param>
internal sealed record EnsembleClock(double TimeStep, long Before, long Steps, double Duration)
{
    // A duration of 10,000.000000001 steps has 10,000.
    private const double Slack = 1e-6;

    public static EnsembleClock Of(EnsembleOptions options, double duration)
    {
        double before = Math.Ceiling((options.WarmUp / options.TimeStep) - Slack), after = Math.Ceiling((duration / options.TimeStep) - Slack);
        return new EnsembleClock(options.TimeStep, checked((long)before), checked((long)(before + after)), duration);
    }

    /// <summary>The time of an instant, in seconds.</summary>
    public double TimeOf(double position) => (position - Before) * TimeStep;

    /// <summary>The time at which an input is looked at for a step: its middle, or 0 for the steps before.</summary>
    public double MiddleOf(long step) => step < Before ? 0 : Math.Min((step - Before + 0.5) * TimeStep, Duration);

    /// <summary>Writes a spike down if it lies in the simulated time.</summary>
    public void Record(double position, List<double> spikes)
    {
        double time = TimeOf(position);
        if (time >= 0 && time < Duration) spikes.Add(time);
    }
}
