using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Models.Renewal;

/// <summary>The time in which a renewal process lives within one observed interval: seconds, or the integral of a rate.</summary>
internal readonly ref struct OperationalTime
{
    private readonly PiecewiseConstantRate rate;
    private readonly bool isSeconds;

    private OperationalTime(PiecewiseConstantRate rate, bool isSeconds)
    {
        this.rate = rate;
        this.isSeconds = isSeconds;
    }

    /// <summary>The time of an observed interval; seconds if there is no rate.</summary>
    public static OperationalTime Of(PoissonProcess? rate, TimeInterval interval) => rate is null ? new OperationalTime(default, isSeconds: true) : new OperationalTime(rate.RateIn(interval), isSeconds: false);

    /// <summary>What passes from one instant to a later one.</summary>
    public double Between(double from, double to) => isSeconds ? to - from : rate.Integrate(from, to);

    /// <summary>The logarithm of how fast it passes: what turns a density in operational time into one in seconds.</summary>
    public double LogSpeed(double time) => isSeconds ? 0 : Math.Log(rate.At(time));

    /// <summary>The instant at which an amount has passed; the limit if it does not before.</summary>
    public double After(double time, double amount, double limit) => isSeconds ? time + amount : rate.After(time, amount, limit);
}
