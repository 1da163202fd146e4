using SpikeStats.Models.PointProcesses;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Hawkes;

/// <summary>Simulation by thinning: candidates at the present total intensity, accepted with the ratio of what is left of it.</summary>
/// <remarks><b>Source:</b> Ogata, IEEE Trans Inf Theory 27:23 (1981).</remarks>
internal static class OgataThinning
{
    public static Recording Draw(HawkesModel model, Recording conditions, ulong seed, CancellationToken cancellationToken)
    {
        TimeIntervals observed = conditions.Observed;
        List<double>[] times = [.. model.Units.Select(_ => new List<double>())];
        for (int s = 0; s < observed.Count; s++)
            Draw(model, observed[s], new RandomStream(seed, unit: 0, trial: (uint)s), times, cancellationToken);
        return ToRecording(model, conditions, times);
    }

    /// <summary>A recording of drawn spikes.</summary>
    public static Recording ToRecording(IPointProcess model, Recording conditions, List<double>[] times) => Recording.FromTrains(
        times.Select((drawn, unit) => SpikeTrain.FromSorted(drawn.ToArray(), conditions.Observed, model.Units[unit])), conditions.Trials, conditions.Signals);

    private static void Draw(HawkesModel model, TimeInterval interval, RandomStream stream, List<double>[] times, CancellationToken cancellationToken)
    {
        int unitCount = model.Units.Count, decayCount = model.Decays.Count;

        // Below a spectral radius of 1 every cascade ends, however high the rates that were asked for.
        Lazy<bool> isCritical = new(() => model.SpectralRadius >= 1);
        double[] excitation = new double[unitCount * decayCount], intensity = new double[unitCount];
        for (int i = 0; i < excitation.Length; i++) excitation[i] = model.InitialExcitationOf(i / decayCount, i % decayCount);
        BaselineCursor baseline = new(model.Baseline, interval.Start);
        double time = interval.Start, total = Total(model, baseline.Piece, excitation, intensity);
        for (long candidate = 0; total > 0 || baseline.Until < interval.End; candidate++)
        {
            if ((candidate & 0xFFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            double wait = total > 0 ? stream.NextExponential() / total : double.PositiveInfinity;
            if (!(time + wait < baseline.Until))
            {
                // The total bounds the intensity only up to the next change of the baseline; from there the wait, which has no memory, begins anew.
                if (!(baseline.Until < interval.End)) return;
                Decay(model, excitation, baseline.Until - time);
                time = baseline.Until;
                baseline.MoveTo(time);
                total = Total(model, baseline.Piece, excitation, intensity);
                continue;
            }

            time += wait;
            if (!(time < interval.End)) return;
            Decay(model, excitation, wait);
            double mark = stream.NextDouble() * total;
            total = Total(model, baseline.Piece, excitation, intensity);
            if (mark >= total) continue;
            int unit = 0;
            while (unit < unitCount - 1 && mark >= intensity[unit]) mark -= intensity[unit++];
            times[unit].Add(time);
            for (int i = 0; i < excitation.Length; i++)
                excitation[i] += model.Branching(i / decayCount, unit, i % decayCount) * model.Decays[i % decayCount];
            total = Total(model, baseline.Piece, excitation, intensity);
            int piece = baseline.Piece;
            if (HawkesRunaway.IndexOf(intensity, i => model.Level(i, piece)) is >= 0 and int runaway && isCritical.Value)
                throw HawkesRunaway.At(model.Units[runaway], time, intensity[runaway], model.SpectralRadius);
        }
    }

    private static void Decay(HawkesModel model, double[] excitation, double elapsed)
    {
        for (int u = 0; u < model.Decays.Count; u++)
        {
            double left = Math.Exp(-model.Decays[u] * elapsed);
            for (int i = u; i < excitation.Length; i += model.Decays.Count) excitation[i] *= left;
        }
    }

    private static double Total(HawkesModel model, int piece, double[] excitation, double[] intensity)
    {
        int decayCount = model.Decays.Count;
        double total = 0;
        for (int i = 0; i < intensity.Length; i++)
        {
            double sum = model.Level(i, piece);
            for (int u = 0; u < decayCount; u++) sum += excitation[(i * decayCount) + u];
            intensity[i] = sum;
            total += sum;
        }

        return total;
    }
}
