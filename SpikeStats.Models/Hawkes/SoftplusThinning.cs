using SpikeStats.Models.PointProcesses;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Hawkes;

/// <summary>Simulation by thinning under a bound that holds until the next spike.</summary>
internal static class SoftplusThinning
{
    // No tissue fires like this: ten thousand units at ten kilohertz.
    private const double RunawayRate = 1e8;

    public static Recording Draw(SoftplusHawkesModel model, Recording conditions, ulong seed, CancellationToken cancellationToken)
    {
        TimeIntervals observed = conditions.Observed;
        List<double>[] times = [.. model.Units.Select(_ => new List<double>())];
        for (int s = 0; s < observed.Count; s++)
            Draw(model, observed[s], new RandomStream(seed, unit: 0, trial: (uint)s), times, cancellationToken);
        return Recording.FromTrains(times.Select((drawn, unit) => SpikeTrain.FromSorted(drawn.ToArray(), observed, model.Units[unit])), conditions.Trials, conditions.Signals);
    }

    private static void Draw(SoftplusHawkesModel model, TimeInterval interval, RandomStream stream, List<double>[] times, CancellationToken cancellationToken)
    {
        int unitCount = model.Units.Count, decayCount = model.Decays.Count;
        double[,] effects = new double[unitCount, decayCount];
        double[] rates = new double[unitCount];
        double time = interval.Start;
        for (long candidate = 0; ; candidate++)
        {
            if ((candidate & 0xFFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            double bound = Total(model, effects, rates, onlyExcitation: true);
            if (bound > RunawayRate)
            {
                int fastest = Array.IndexOf(rates, rates.Max());
                throw new RunawayException(
                    model.Units[fastest], time, rates[fastest], "Excitation that outweighs the inhibition, each spike adding one or more, grows without bound.");
            }

            if (bound == 0) return;
            double wait = stream.NextExponential() / bound;
            time += wait;
            if (!(time < interval.End)) return;
            for (int u = 0; u < decayCount; u++)
            {
                double left = Math.Exp(-model.Decays[u] * wait);
                for (int i = 0; i < unitCount; i++) effects[i, u] *= left;
            }

            double mark = stream.NextDouble() * bound;
            if (mark >= Total(model, effects, rates, onlyExcitation: false)) continue;
            int unit = 0;
            while (unit < unitCount - 1 && mark >= rates[unit]) mark -= rates[unit++];
            times[unit].Add(time);
            for (int i = 0; i < unitCount; i++)
            {
                for (int u = 0; u < decayCount; u++) effects[i, u] += model.Branching(i, unit, u) * model.Decays[u];
            }
        }
    }

    // The rates of all units now; or, if only what is above zero counts, bounds of them until the next spike.
    private static double Total(SoftplusHawkesModel model, double[,] effects, double[] rates, bool onlyExcitation)
    {
        double total = 0;
        for (int i = 0; i < rates.Length; i++)
        {
            double drive = model.Baselines[i];
            for (int u = 0; u < effects.GetLength(1); u++) drive += onlyExcitation ? Math.Max(0, effects[i, u]) : effects[i, u];
            rates[i] = model.Link.Rate(drive);
            total += rates[i];
        }

        return total;
    }
}
