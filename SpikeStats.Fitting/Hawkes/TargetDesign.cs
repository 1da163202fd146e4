using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>The excitation of one target by all sources, stored one column after another.</summary>
/// <remarks>
/// With e^(-β(t-s)) = e^(-βτ) e^(βσ), τ = t - ref and σ = s - ref, r and its derivatives follow from P_n = Σ σⁿ e^(βσ):
/// r = β P₀ e^(-βτ), r' = ((1 - βτ) P₀ + β P₁) e^(-βτ), r'' = ((βτ² - 2τ) P₀ + (2 - 2βτ) P₁ + β P₂) e^(-βτ).
/// <para><b>Cost:</b> an addition per spike of any unit, O(sources) per spike of the target. Memory is rented and returned by <see cref="Dispose"/>.</para>
/// </remarks>
internal sealed class TargetDesign : ITargetDesign
{
    // Large enough that scanning the past again at the start of a part costs little, small enough for several threads.
    private const int PartLength = 1 << 16;

    private readonly ArrayPool<double> memory;
    private readonly double[] values;
    private readonly double[]? first, second;

    public TargetDesign(MarkedEvents events, HawkesBaseline baseline, IReadOnlyList<DecayScan> scans, int target, bool withDerivatives, int threads, ArrayPool<double>? memory = null)
    {
        this.memory = memory ?? ArrayPool<double>.Shared;
        Rows = events.Counts[target];
        Sources = events.UnitCount;
        Columns = scans.Count * Sources;
        Baseline = new BaselineRuns(events, baseline, target);
        values = Rent();
        first = withDerivatives ? Rent() : null;
        second = withDerivatives ? Rent() : null;
        int parts = Math.Max(1, (events.Count + PartLength - 1) / PartLength);
        int[] firstRows = FirstRows(events, target, parts);
        for (int u = 0; u < scans.Count; u++)
        {
            DecayScan scan = scans[u];
            int column = u * Sources;
            void FillPart(int part)
            {
                int from = part * PartLength, to = Math.Min(from + PartLength, events.Count);
                if (from == to) return;
                if (withDerivatives) FillWithDerivatives(scan, target, from, to, column, firstRows[part]);
                else Fill(scan, target, from, to, column, firstRows[part]);
            }

            if (parts == 1) FillPart(0);
            else Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, FillPart);
        }
    }

    /// <summary>Columns that were made elsewhere, one per source, all of the same length.</summary>
    public TargetDesign(double[][] columns, MarkedEvents events, int target)
    {
        memory = ArrayPool<double>.Shared;
        Rows = columns[0].Length;
        Sources = Columns = columns.Length;
        Baseline = new BaselineRuns(events, HawkesBaseline.Constant, target);
        values = Rent();
        for (int c = 0; c < columns.Length; c++) columns[c].CopyTo(values, c * Rows);
    }

    public int Rows { get; }

    public int Sources { get; }

    public int Columns { get; }

    public BaselineRuns Baseline { get; }

    public bool IsStreamed => false;

    public IDesignReader ReadFrom(int row) => new Reader(this, row);

    public void Dispose()
    {
        memory.Return(values);
        if (first is not null) memory.Return(first);
        if (second is not null) memory.Return(second);
    }

    private static int[] FirstRows(MarkedEvents events, int target, int parts)
    {
        int[] firstRows = new int[parts];
        for (int part = 1; part < parts; part++)
            firstRows[part] = firstRows[part - 1] + events.Marks.AsSpan((part - 1) * PartLength, PartLength).Count(target);
        return firstRows;
    }

    private double[] Rent() => memory.Rent(Math.Max(1, Rows * Columns));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(DecayScan scan, int target, int from, int to, int column, int row)
    {
        double[] times = scan.Events.Times, state = new double[Sources];
        int[] marks = scan.Events.Marks;
        double[] growth = scan.Growth;
        DecayScan.Rebase[] rebases = scan.Rebases;
        int next = scan.WarmStart(from), added = rebases[next].Event;
        for (int k = added; k < to; k++)
        {
            // Spikes at the same instant do not excite each other: they join the state only when time has moved on.
            for (; added < k && times[added] < times[k]; added++) state[marks[added]] += growth[added];
            if (next < rebases.Length && rebases[next].Event == k)
            {
                DecayScan.Rebase rebase = rebases[next++];
                TensorPrimitives.Multiply(state, rebase.Factor, state);
                if (rebase.IsStart) added = k;
            }

            if (marks[k] != target || k < from) continue;
            double scale = scan.Decay / growth[k];
            for (int j = 0, cell = (column * Rows) + row; j < state.Length; j++, cell += Rows) values[cell] = state[j] * scale;
            row++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillWithDerivatives(DecayScan scan, int target, int from, int to, int column, int row)
    {
        double decay = scan.Decay, reference = 0;
        double[] times = scan.Events.Times, p0 = new double[Sources], p1 = new double[Sources], p2 = new double[Sources];
        double[] slopes = first!, curvatures = second!;
        int[] marks = scan.Events.Marks;
        double[] growth = scan.Growth;
        DecayScan.Rebase[] rebases = scan.Rebases;
        int next = scan.WarmStart(from), added = rebases[next].Event;
        for (int k = added; k < to; k++)
        {
            for (; added < k && times[added] < times[k]; added++)
            {
                double since = times[added] - reference, weight = growth[added];
                int j = marks[added];
                p0[j] += weight;
                p1[j] += since * weight;
                p2[j] += since * since * weight;
            }

            if (next < rebases.Length && rebases[next].Event == k)
            {
                DecayScan.Rebase rebase = rebases[next++];
                if (rebase.IsStart)
                {
                    added = k;
                    Array.Clear(p0);
                    Array.Clear(p1);
                    Array.Clear(p2);
                }
                else
                {
                    Shift(p0, p1, p2, rebase.Reference - reference, rebase.Factor);
                }

                reference = rebase.Reference;
            }

            if (marks[k] != target || k < from) continue;
            double tau = times[k] - reference, remaining = 1 / growth[k];
            double r = decay * remaining, slope0 = (1 - (decay * tau)) * remaining;
            double curvature0 = ((decay * tau) - 2) * tau * remaining, curvature1 = 2 * slope0;
            for (int j = 0, cell = (column * Rows) + row; j < p0.Length; j++, cell += Rows)
            {
                values[cell] = r * p0[j];
                slopes[cell] = (slope0 * p0[j]) + (r * p1[j]);
                curvatures[cell] = (curvature0 * p0[j]) + (curvature1 * p1[j]) + (r * p2[j]);
            }

            row++;
        }
    }

    // Moments about a reference time that is later by delay; factor = e^(-β delay).
    private static void Shift(double[] p0, double[] p1, double[] p2, double delay, double factor)
    {
        for (int j = 0; j < p0.Length; j++)
        {
            p2[j] = factor * (p2[j] + (delay * ((delay * p0[j]) - (2 * p1[j]))));
            p1[j] = factor * (p1[j] - (delay * p0[j]));
            p0[j] *= factor;
        }
    }

    private sealed class Reader(TargetDesign design, int row) : IDesignReader
    {
        private int start = row, length;

        public void Advance(int length)
        {
            start += this.length;
            this.length = length;
        }

        public ReadOnlySpan<double> Value(int column) => design.values.AsSpan((column * design.Rows) + start, length);

        public ReadOnlySpan<double> First(int column) => design.first.AsSpan((column * design.Rows) + start, length);

        public ReadOnlySpan<double> Second(int column) => design.second.AsSpan((column * design.Rows) + start, length);
    }
}
