using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Hawkes;

/// <summary>The log-likelihood of a <see cref="HawkesModel"/>: Σ log λ at the spikes minus ∫ λ.</summary>
/// <remarks>
/// Spikes are taken in blocks whose exponentials and logarithms are vectorised; nothing as long as the recording is stored. The state is the
/// excitation of every target, S ← (S + column of the last spike) e^(-βΔ). Fixed parts of the spikes run in parallel: what a part leaves behind is
/// summed first, and the states at the starts of all parts follow from these sums.
/// </remarks>
internal static class HawkesLikelihood
{
    // Results do not depend on it but by rounding: large enough that a part is worth a task, small enough to busy several threads.
    private const int PartLength = 1 << 15;

    private const int BlockLength = 512;

    public static double Of(HawkesModel model, MarkedEvents events)
    {
        int[] parts = Parts(events);
        double[][] columns = [.. Enumerable.Range(0, model.Decays.Count).Select(u => Columns(model, u))];
        double[][][] states = [.. model.Decays.Select((decay, u) => States(events, decay, parts, columns[u]))];
        double[] sums = new double[parts.Length - 1];
        Parallel.For(0, sums.Length, part => sums[part] = SumOfLogs(model, events, parts[part], parts[part + 1], columns, Array.ConvertAll(states, state => state[part])));
        double sum = 0;
        foreach (double part in sums) sum += part;
        return sum - Integral(model, events);
    }

    private static double Integral(HawkesModel model, MarkedEvents events)
    {
        int unitCount = model.Units.Count;
        double integral = 0;
        double[] durations = model.Baseline.Durations(events.Observed);
        for (int i = 0; i < unitCount; i++)
        {
            for (int piece = 0; piece < durations.Length; piece++) integral += model.Level(i, piece) * durations[piece];
        }

        for (int u = 0; u < model.Decays.Count; u++)
        {
            double[] exposure = new double[unitCount];
            new DecayScan(events, model.Decays[u]).AddExposure(exposure, [], []);
            for (int i = 0; i < unitCount; i++)
            {
                for (int j = 0; j < unitCount; j++) integral += model.Branching(i, j, u) * exposure[j];
                if (model.InitialExcitationOf(i, u) == 0) continue;
                foreach (TimeInterval interval in events.Observed)
                    integral += model.InitialExcitationOf(i, u) / model.Decays[u] * Exponentials.OneMinusExp(model.Decays[u] * interval.Duration);
            }
        }

        return integral;
    }

    // Fixed numbers of events; simultaneous ones are not torn apart.
    private static int[] Parts(MarkedEvents events)
    {
        List<int> parts = [0];
        for (int next = PartLength; next < events.Count; next += PartLength)
        {
            int start = Math.Max(next, parts[^1]);
            while (start < events.Count && events.Times[start] == events.Times[start - 1]) start++;
            if (start > parts[^1] && start < events.Count) parts.Add(start);
        }

        parts.Add(events.Count);
        return [.. parts];
    }

    // α β by sources, each a column of targets, padded to whole vectors.
    private static double[] Columns(HawkesModel model, int decay)
    {
        int unitCount = model.Units.Count, width = Width(unitCount);
        double[] columns = new double[unitCount * width];
        for (int j = 0; j < unitCount; j++)
        {
            for (int i = 0; i < unitCount; i++) columns[(j * width) + i] = model.Branching(i, j, decay) * model.Decays[decay];
        }

        return columns;
    }

    private static int Width(int unitCount) => (unitCount + Vector512<double>.Count - 1) / Vector512<double>.Count * Vector512<double>.Count;

    // The excitation of every target at the last event before each part, that event included.
    private static double[][] States(MarkedEvents events, double decay, int[] parts, double[] columns)
    {
        int width = columns.Length / events.UnitCount;
        double[][] left = new double[parts.Length - 1][];
        Parallel.For(0, left.Length - 1, part => left[part] = LeftBehind(events, decay, parts[part], parts[part + 1]));
        double[][] states = new double[parts.Length - 1][];
        double[] sources = new double[events.UnitCount];
        for (int part = 0; part < states.Length; part++)
        {
            states[part] = new double[width];
            if (part == 0) continue;
            int from = parts[part - 1], to = parts[part];
            double factor = StretchStart(events, to - 1) < from ? Math.Exp(-decay * (events.Times[to - 1] - events.Times[from - 1])) : 0;
            for (int j = 0; j < sources.Length; j++)
            {
                sources[j] = (factor * sources[j]) + left[part - 1][j];
                TensorPrimitives.MultiplyAdd(columns.AsSpan(j * width, width), sources[j], states[part], states[part]);
            }
        }

        return states;
    }

    // For each source, Σ e^(-β(t - s)) over its events in a part, t being the last of them.
    private static double[] LeftBehind(MarkedEvents events, double decay, int from, int to)
    {
        double[] sums = new double[events.UnitCount];
        int first = Math.Max(from, StretchStart(events, to - 1));
        double last = events.Times[to - 1];
        for (int k = to - 1; k >= first; k--)
        {
            double exponent = decay * (last - events.Times[k]);
            if (exponent > DecayScan.ForgottenExponent) break;
            sums[events.Marks[k]] += Math.Exp(-exponent);
        }

        return sums;
    }

    private static int StretchStart(MarkedEvents events, int eventIndex) => events.StretchStarts[events.StretchOf(eventIndex)];

    private static double SumOfLogs(HawkesModel model, MarkedEvents events, int from, int to, double[][] columns, double[][] states)
    {
        if (from == to) return 0;
        Span<double> gaps = stackalloc double[BlockLength], remaining = stackalloc double[BlockLength], intensity = stackalloc double[BlockLength];
        ReadOnlySpan<double> levels = model.Levels;
        int pieces = model.Baseline.PieceCount;
        BaselineCursor baseline = new(model.Baseline, events.Times[from]);
        int[] added = new int[states.Length];
        Array.Fill(added, from);
        double sum = 0;
        for (int start = from; start < to; start += BlockLength)
        {
            int length = Math.Min(BlockLength, to - start);
            FillGaps(events, start, gaps[..length]);
            for (int i = 0; i < length; i++)
            {
                baseline.MoveTo(events.Times[start + i]);
                intensity[i] = levels[(events.Marks[start + i] * pieces) + baseline.Piece];
            }

            for (int u = 0; u < states.Length; u++)
            {
                TensorPrimitives.Multiply(gaps[..length], -model.Decays[u], remaining[..length]);
                TensorPrimitives.Exp(remaining[..length], remaining[..length]);
                added[u] = AddExcitation(events.Marks, start, gaps[..length], remaining, columns[u], states[u], added[u], intensity);
            }

            if (model.HasInitialExcitation) AddInitialExcitation(model, events, start, intensity[..length]);
            TensorPrimitives.Log(intensity[..length], intensity[..length]);
            sum += TensorPrimitives.Sum<double>(intensity[..length]);
        }

        return sum;
    }

    // Time since the event before; infinite at the first one of an observed interval, which has no past.
    private static void FillGaps(MarkedEvents events, int start, Span<double> gaps)
    {
        ReadOnlySpan<double> times = events.Times;
        if (start > 0) gaps[0] = times[start] - times[start - 1];
        TensorPrimitives.Subtract(times.Slice(start + 1, gaps.Length - 1), times.Slice(start, gaps.Length - 1), gaps[1..]);
        for (int s = events.StretchOf(start); s + 1 < events.StretchStarts.Length && events.StretchStarts[s] < start + gaps.Length; s++)
        {
            if (events.StretchStarts[s] >= start) gaps[events.StretchStarts[s] - start] = double.PositiveInfinity;
        }
    }

    // Goes through a block; returns the first event that has not yet joined the state.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int AddExcitation(
        int[] marks, int start, ReadOnlySpan<double> gaps, ReadOnlySpan<double> remaining, double[] columns, double[] state, int added, Span<double> intensity)
    {
        int width = state.Length;
        ref double first = ref MemoryMarshal.GetArrayDataReference(state);
        ref double column = ref MemoryMarshal.GetArrayDataReference(columns);
        for (int i = 0; i < gaps.Length; i++)
        {
            // Spikes at the same instant do not excite each other: they join the state only when time has moved on.
            if (gaps[i] != 0)
            {
                int present = start + i;
                for (; added < present - 1; added++)
                    TensorPrimitives.Add(state, columns.AsSpan(marks[added] * width, width), state);
                Vector512<double> left = Vector512.Create(remaining[i]);
                if (added == present)
                {
                    TensorPrimitives.Multiply(state, remaining[i], state);
                }
                else
                {
                    ref double source = ref Unsafe.Add(ref column, marks[added++] * width);
                    for (nuint j = 0; j < (nuint)width; j += (nuint)Vector512<double>.Count)
                        ((Vector512.LoadUnsafe(ref first, j) + Vector512.LoadUnsafe(ref source, j)) * left).StoreUnsafe(ref first, j);
                }
            }

            intensity[i] += Unsafe.Add(ref first, marks[start + i]);
        }

        return added;
    }

    private static void AddInitialExcitation(HawkesModel model, MarkedEvents events, int start, Span<double> intensity)
    {
        for (int i = 0; i < intensity.Length; i++)
        {
            int k = start + i;
            double since = events.Times[k] - events.Observed[events.StretchOf(k)].Start;
            for (int u = 0; u < model.Decays.Count; u++) intensity[i] += model.InitialExcitationOf(events.Marks[k], u) * Math.Exp(-model.Decays[u] * since);
        }
    }
}
