using SpikeStats.Models.PointProcesses;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Hawkes;

/// <summary>Simulation by generations: immigrants come at the baselines, and every spike has Poisson many children at exponential delays.</summary>
/// <remarks><b>Source:</b> Hawkes and Oakes, J Appl Prob 11:493 (1974).</remarks>
internal static class ImmigrantClusters
{
    // Generations, unlike time, give no rate to judge by; this many spikes fill a gigabyte.
    private const int Runaway = 50_000_000;

    public static Recording Draw(HawkesModel model, Recording conditions, ulong seed, CancellationToken cancellationToken)
    {
        List<double>[] times = [.. model.Units.Select(_ => new List<double>())];
        for (int s = 0; s < conditions.Observed.Count; s++)
        {
            TimeInterval interval = conditions.Observed[s];
            RandomStream stream = new(seed, unit: 1, trial: (uint)s);
            List<(double Time, int Unit)> spikes = [];
            AddImmigrants(model, interval, stream, spikes);
            // Children join the end of the list and become parents in their turn.
            for (int parent = 0; parent < spikes.Count; parent++)
            {
                if ((parent & 0xFFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
                if (spikes.Count > Runaway) throw HawkesRunaway.Of(model, model.SpectralRadius, interval, spikes);
                AddChildren(model, interval, spikes[parent], stream, spikes);
            }

            foreach ((double time, int unit) in spikes.OrderBy(spike => spike.Time)) times[unit].Add(time);
        }

        return OgataThinning.ToRecording(model, conditions, times);
    }

    private static void AddImmigrants(HawkesModel model, TimeInterval interval, RandomStream stream, List<(double Time, int Unit)> spikes)
    {
        for (int i = 0; i < model.Units.Count; i++)
        {
            // Immigrants come where the integrated level reaches the sums of exponential gaps.
            BaselineCursor baseline = new(model.Baseline, interval.Start);
            double gap = stream.NextExponential();
            for (double time = interval.Start; time < interval.End;)
            {
                double level = model.Level(i, baseline.Piece), end = Math.Min(baseline.Until, interval.End);
                if (level > 0 && time + (gap / level) < end)
                {
                    time += gap / level;
                    spikes.Add((time, i));
                    gap = stream.NextExponential();
                    continue;
                }

                gap = Math.Max(0, gap - (level * (end - time)));
                time = end;
                baseline.MoveTo(time);
            }

            // What the time before left behind is excitation without a parent: so many spikes, at exponential delays from the start.
            for (int u = 0; u < model.Decays.Count; u++)
                AddAfter(interval.Start, model.InitialExcitationOf(i, u) / model.Decays[u], model.Decays[u], i, interval, stream, spikes);
        }
    }

    private static void AddChildren(
        HawkesModel model, TimeInterval interval, (double Time, int Unit) parent, RandomStream stream, List<(double Time, int Unit)> spikes)
    {
        for (int i = 0; i < model.Units.Count; i++)
        {
            for (int u = 0; u < model.Decays.Count; u++)
                AddAfter(parent.Time, model.Branching(i, parent.Unit, u), model.Decays[u], i, interval, stream, spikes);
        }
    }

    private static void AddAfter(
        double origin, double meanCount, double decay, int unit, TimeInterval interval, RandomStream stream, List<(double Time, int Unit)> spikes)
    {
        if (meanCount == 0) return;
        for (int left = stream.NextPoisson(meanCount); left > 0; left--)
        {
            double time = origin + (stream.NextExponential() / decay);
            if (time < interval.End) spikes.Add((time, unit));
        }
    }
}
