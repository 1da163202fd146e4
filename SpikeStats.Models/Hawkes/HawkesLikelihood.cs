using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpikeStats.Models.Hawkes;

/// <summary>The log-likelihood of a <see cref="HawkesModel"/>: Σ log λ at the spikes minus ∫ λ.</summary>
internal static class HawkesLikelihood
{
    // Large enough that scanning the past again at the start of a part costs little, small enough for several threads.
    private const int PartLength = 1 << 17;

    public static double Of(HawkesModel model, MarkedEvents events)
    {
        int unitCount = model.Units.Count;
        double[] intensity = new double[events.Count];
        for (int k = 0; k < intensity.Length; k++) intensity[k] = model.Baselines[events.Marks[k]];
        double integral = events.Observed.Duration * model.Baselines.Sum();
        double[] exposure = new double[unitCount];
        for (int u = 0; u < model.Decays.Count; u++)
        {
            DecayScan scan = new(events, model.Decays[u]);
            double[] weights = WeightsBySource(model, u);
            int parts = (events.Count + PartLength - 1) / PartLength;
            Parallel.For(0, parts, part => AddExcitation(scan, weights, unitCount, part * PartLength, Math.Min((part + 1) * PartLength, events.Count), intensity));
            AddInitialExcitation(model, events, u, intensity);
            Array.Clear(exposure);
            scan.AddExposure(exposure, [], []);
            for (int i = 0; i < unitCount; i++)
            {
                for (int j = 0; j < unitCount; j++) integral += model.Branching(i, j, u) * exposure[j];
                foreach (TimeInterval interval in events.Observed)
                    integral += model.InitialExcitationOf(i, u) / model.Decays[u] * Exponentials.OneMinusExp(model.Decays[u] * interval.Duration);
            }
        }

        TensorPrimitives.Log(intensity, intensity);
        return TensorPrimitives.Sum<double>(intensity) - integral;
    }

    // α β of each target (row) and source (column).
    private static double[] WeightsBySource(HawkesModel model, int decay)
    {
        int unitCount = model.Units.Count;
        double[] weights = new double[unitCount * unitCount];
        for (int i = 0; i < unitCount; i++)
        {
            for (int j = 0; j < unitCount; j++) weights[(i * unitCount) + j] = model.Branching(i, j, decay) * model.Decays[decay];
        }

        return weights;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddExcitation(DecayScan scan, double[] weights, int unitCount, int from, int to, double[] intensity)
    {
        MarkedEvents events = scan.Events;
        double[] times = events.Times;
        int[] marks = events.Marks;
        double[] growth = scan.Growth;
        DecayScan.Rebase[] rebases = scan.Rebases;
        double[] state = new double[unitCount];
        int next = scan.WarmStart(from), added = rebases[next].Event;
        for (int k = added; k < to; k++)
        {
            // Spikes at the same instant do not excite each other: they join the state only when time has moved on.
            while (added < k && times[added] < times[k])
            {
                state[marks[added]] += growth[added];
                added++;
            }

            if (next < rebases.Length && rebases[next].Event == k)
            {
                DecayScan.Rebase rebase = rebases[next++];
                TensorPrimitives.Multiply(state, rebase.Factor, state);
                if (rebase.IsStart) added = k;
            }

            if (k < from) continue;
            intensity[k] += Dot(ref weights[marks[k] * unitCount], ref state[0], unitCount) / growth[k];
        }
    }

    // A call per spike of a general product would cost more than its work.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Dot(ref double row, ref double state, int length)
    {
        int j = 0;
        double sum = 0;
        if (length >= Vector256<double>.Count)
        {
            Vector256<double> partial = Vector256<double>.Zero;
            for (; j + Vector256<double>.Count <= length; j += Vector256<double>.Count)
                partial += Vector256.LoadUnsafe(ref row, (nuint)j) * Vector256.LoadUnsafe(ref state, (nuint)j);
            sum = Vector256.Sum(partial);
        }

        for (; j < length; j++) sum += Unsafe.Add(ref row, j) * Unsafe.Add(ref state, j);
        return sum;
    }

    private static void AddInitialExcitation(HawkesModel model, MarkedEvents events, int decay, double[] intensity)
    {
        if (model.InitialExcitation is null) return;
        for (int s = 0; s < events.Observed.Count; s++)
        {
            for (int k = events.StretchStarts[s]; k < events.StretchStarts[s + 1]; k++)
                intensity[k] += model.InitialExcitationOf(events.Marks[k], decay) * Math.Exp(-model.Decays[decay] * (events.Times[k] - events.Observed[s].Start));
        }
    }
}
