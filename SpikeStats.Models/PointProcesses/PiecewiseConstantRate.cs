using SpikeStats.RandomStreams;

namespace SpikeStats.Models.PointProcesses;

/// <summary>A rate that is constant in each bin of one observed interval.</summary>
/// <remarks>The rate of the last bin holds on beyond it: a grid leaves out the last fraction of a bin, the process does not.</remarks>
internal readonly ref struct PiecewiseConstantRate(double start, double binWidth, ReadOnlySpan<double> rates)
{
    private readonly BinSegment segment = new(start, 0, rates.Length);
    private readonly ReadOnlySpan<double> rates = rates;

    /// <summary>The rate at an instant, in hertz.</summary>
    public double At(double time) => rates[BinOf(time)];

    /// <summary>∫ λ from one instant to a later one.</summary>
    public double Integrate(double from, double to)
    {
        int first = BinOf(from), last = BinOf(to);
        if (first == last) return rates[first] * (to - from);
        return (rates[first] * (EndOf(first) - from)) + (Summation.Of(rates[(first + 1)..last]) * binWidth) + (rates[last] * (to - EndOf(last - 1)));
    }

    /// <summary>The instant at which the integral from an earlier one reaches an amount; the limit if it does not before.</summary>
    public double After(double time, double amount, double limit)
    {
        int last = BinOf(limit);
        for (int bin = BinOf(time); bin <= last; bin++)
        {
            double end = bin == last ? limit : Math.Min(EndOf(bin), limit);
            double mass = rates[bin] * (end - time);

            // Rounding must not carry the instant over the end, which no longer belongs to the interval.
            if (amount < mass) return Math.Min(time + (amount / rates[bin]), Math.BitDecrement(end));
            amount -= mass;
            time = end;
        }

        return limit;
    }

    /// <summary>Adds the events of an interval: the instants at which the integrated rate reaches the sums of exponential gaps.</summary>
    public void Draw(TimeInterval interval, RandomStream stream, List<double> events)
    {
        for (double time = After(interval.Start, stream.NextExponential(), interval.End); time < interval.End; time = After(time, stream.NextExponential(), interval.End))
            events.Add(time);
    }

    private int BinOf(double time) => (int)Math.Clamp(segment.BinOf(time, binWidth), 0, rates.Length - 1);

    private double EndOf(int bin) => segment.Start + ((bin + 1) * binWidth);
}
