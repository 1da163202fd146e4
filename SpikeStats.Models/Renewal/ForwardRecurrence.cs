using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Renewal;

/// <summary>The wait from an arbitrary instant to the next spike of a renewal process in equilibrium.</summary>
internal static class ForwardRecurrence
{
    private const int MaxIterations = 60;
    private const double Precision = 1e-12;

    /// <summary>Draws the wait by inverting its survivor; an ordinary interval if the mean is infinite.</summary>
    public static double Sample(IntervalDistribution intervals, RandomStream stream)
    {
        if (!double.IsFinite(intervals.Mean)) return intervals.Sample(stream);
        double target = -stream.NextExponential(), low = 0, high = intervals.Mean;
        while (intervals.LogEquilibriumSurvivor(high) > target)
        {
            low = high;
            high *= 2;
        }

        // The hazard of the wait is 1 / m(t): Newton's steps, kept within the bracket by halving it.
        double time = 0.5 * (low + high);
        for (int i = 0; i < MaxIterations; i++)
        {
            double residual = intervals.MeanResidualLife(time);
            double excess = intervals.LogSurvivor(time) + Math.Log(residual / intervals.Mean) - target;
            if (excess > 0) low = time;
            else high = time;
            double next = time + (excess * residual);
            if (!(next > low && next < high)) next = 0.5 * (low + high);
            if (Math.Abs(next - time) <= Precision * intervals.Mean) return next;
            time = next;
        }

        return time;
    }
}
