using SpikeStats.Models.PointProcesses;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Hawkes;

/// <summary>Simulation by thinning under a bound that holds until the next spike.</summary>
internal static class SoftplusThinning
{
    public static Recording Draw(SoftplusHawkesModel model, Recording conditions, ulong seed, CancellationToken cancellationToken)
    {
        TimeIntervals observed = conditions.Observed;
        List<double>[] times = [.. model.Units.Select(_ => new List<double>())];
        for (int s = 0; s < observed.Count; s++)
            Draw(model, observed[s], new RandomStream(seed, unit: 0, trial: (uint)s), times, cancellationToken);
        return OgataThinning.ToRecording(model, conditions, times);
    }

    private static void Draw(SoftplusHawkesModel model, TimeInterval interval, RandomStream stream, List<double>[] times, CancellationToken cancellationToken)
    {
        int unitCount = model.Units.Count, decayCount = model.Decays.Count;
        double[,] effects = new double[unitCount, decayCount];
        double[] rates = new double[unitCount];

        // The softplus rises by no more than its drive: where the excitation alone has a spectral radius below 1, every cascade ends.
        Lazy<bool> isCritical = new(() => ExcitationOf(model).SpectralRadius >= 1);
        double time = interval.Start;
        for (long candidate = 0; ; candidate++)
        {
            if ((candidate & 0xFFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            double bound = Total(model, effects, rates, onlyExcitation: true);
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
            if (HawkesRunaway.IndexOf(rates, i => model.Link.Rate(model.Baselines[i])) is >= 0 and int runaway && isCritical.Value)
                throw new RunawayException(model.Units[runaway], time, rates[runaway], "Excitation that outweighs the inhibition, each spike adding one or more, grows without bound.");
            int unit = 0;
            while (unit < unitCount - 1 && mark >= rates[unit]) mark -= rates[unit++];
            times[unit].Add(time);
            for (int i = 0; i < unitCount; i++)
            {
                for (int u = 0; u < decayCount; u++) effects[i, u] += model.Branching(i, unit, u) * model.Decays[u];
            }
        }
    }

    private static HawkesModel ExcitationOf(SoftplusHawkesModel model)
    {
        int units = model.Units.Count;
        double[,,] excitation = new double[units, units, model.Decays.Count];
        for (int i = 0; i < units; i++)
        {
            for (int j = 0; j < units; j++)
            {
                for (int u = 0; u < model.Decays.Count; u++) excitation[i, j, u] = Math.Max(0, model.Branching(i, j, u));
            }
        }

        return new HawkesModel(model.Units, new double[units], model.Decays, excitation);
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
