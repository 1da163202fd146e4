using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Models.Hawkes;

/// <summary>What is said when a simulated Hawkes process grows without bound.</summary>
internal static class HawkesRunaway
{
    // No tissue fires like this, and a process that excites itself to it from a low baseline has left the range in which it means anything.
    private const double Rate = 1e5;
    private const double Factor = 100;

    /// <summary>The first unit whose rate is far beyond both any neuron's and its own without excitation; -1 if there is none.</summary>
    /// <param name="rates">Present rates, in hertz.</param>
    /// <param name="alone">The rate of a unit without excitation, in hertz.</param>
    public static int IndexOf(double[] rates, Func<int, double> alone)
    {
        if (rates.Sum() <= Rate) return -1;
        for (int unit = 0; unit < rates.Length; unit++)
        {
            if (rates[unit] > Math.Max(Rate, Factor * alone(unit))) return unit;
        }

        return -1;
    }

    /// <summary>A unit that fires too fast at an instant.</summary>
    public static RunawayException At(string unit, double time, double rate, double spectralRadius) => new(unit, time, rate, FormattableString.Invariant(
        $"The branching matrix has spectral radius {spectralRadius:G4}; from 1 on rates grow without bound. Fit with a bound on it, or draw shorter intervals."));

    /// <summary>Clusters without end: the unit with most spikes, its mean rate and the time of the last one drawn stand for a moment that generations do not have.</summary>
    public static RunawayException Of(IPointProcess model, double spectralRadius, TimeInterval interval, List<(double Time, int Unit)> spikes)
    {
        int[] counts = new int[model.Units.Count];
        foreach ((_, int unit) in spikes) counts[unit]++;
        int most = Array.IndexOf(counts, counts.Max());
        return At(model.Units[most], spikes[^1].Time, counts[most] / interval.Duration, spectralRadius);
    }
}
