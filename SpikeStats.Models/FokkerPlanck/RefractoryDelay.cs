namespace SpikeStats.Models.FokkerPlanck;

/// <summary>The neurons between spike and reset: what fires returns after the refractory period, which need not be a number of steps.</summary>
/// <remarks>
/// Within a step the rate counts as constant. If the period is shorter than a step, a share of what fires in a step returns in it, which the implicit step takes into account;
/// the rest is known from earlier steps.
/// </remarks>
internal sealed class RefractoryDelay
{
    private readonly double[] fired;
    private readonly double steadyRate, timeStep;
    private readonly int whole;
    private readonly double part;

    /// <summary>Creates the delay; before the beginning the neurons fired at a steady rate.</summary>
    public RefractoryDelay(double refractoryPeriod, double timeStep, int steps, double steadyRate)
    {
        fired = new double[steps];
        this.steadyRate = steadyRate;
        this.timeStep = timeStep;
        double position = refractoryPeriod / timeStep;
        whole = (int)Math.Min(Math.Floor(position), int.MaxValue - 1);
        part = position - whole;
        ReturningAtOnce = whole == 0 ? 1 - part : 0;
        Mass = steadyRate * refractoryPeriod;
    }

    /// <summary>The share of the neurons firing in a step that return in it.</summary>
    public double ReturningAtOnce { get; }

    /// <summary>The share of the neurons that is refractory.</summary>
    public double Mass { get; private set; }

    /// <summary>The mass that fired earlier and returns in a step.</summary>
    public double Returning(int step) => (whole == 0 ? 0 : (1 - part) * Fired(step - whole)) + (part * Fired(step - whole - 1));

    /// <summary>Records what fired in a step.</summary>
    public void Record(int step, double mass)
    {
        Mass += (mass * (1 - ReturningAtOnce)) - Returning(step);
        fired[step] = mass;
    }

    private double Fired(int step) => step >= 0 ? fired[step] : steadyRate * timeStep;
}
