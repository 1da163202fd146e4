using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SpikeStats.Statistics;

/// <summary>Counts the pairs of spikes of different units by lag, for all pairs of units at once.</summary>
/// <remarks>
/// Each spike meets the spikes shortly before it in the merged train, eight at a time: the lag, its sign (which of the two units comes
/// first in the recording), its bin and the cell to increment are computed in vectors; only the increments are scalar. A unit's spikes in a
/// block are taken together, so that the cells they touch stay in the first-level cache.
/// <para>The cells of a unit hold, for each number m of bins away from lag 0, one count per partner. The last m takes whatever lies beyond the window.</para>
/// </remarks>
internal sealed class PairCounter
{
    // Adding 1.5·2^52 to an integer of fewer than 52 bits leaves it in the low bits of the sum: a conversion every vector unit can do.
    private const double IntegerMagic = 6755399441055744.0;

    // Cells are incremented in batches: a scalar load right behind the vector store of the same address would wait for it.
    private const int PendingLimit = 512;

    private readonly LagBins bins;
    private readonly int unitCount;
    private readonly int rowCount;
    private readonly uint[] cells;
    private readonly long[] visits;
    private readonly MergedBlock merged;

    public PairCounter(LagBins bins, int unitCount)
    {
        this.bins = bins;
        this.unitCount = unitCount;
        rowCount = RowCountOf(bins);
        cells = new uint[(long)unitCount * unitCount * rowCount];
        visits = new long[unitCount];
        merged = new MergedBlock(unitCount);
    }

    /// <summary>Bytes that one counter takes.</summary>
    public static long SizeOf(LagBins bins, int unitCount) => (long)unitCount * unitCount * RowCountOf(bins) * sizeof(uint);

    /// <summary>Counts the pairs whose later spike lies in a block.</summary>
    public void Count(SpikeTrain[] trains, TimeInterval block, TimeInterval observed)
    {
        merged.Load(trains, block, observed, bins.Reach);
        for (int unit = 0; unit < unitCount; unit++) CountPartnersOf(unit);
    }

    /// <summary>Adds the counts of this counter to those of all pairs i &lt; j.</summary>
    /// <param name="counts">For each pair, <see cref="LagBins.Count"/> cells.</param>
    /// <param name="startOf">Where the cells of a pair start.</param>
    /// <exception cref="OverflowException">Some bin holds 2^31 pairs or more.</exception>
    public void AddTo(int[] counts, Func<int, int, int> startOf)
    {
        for (int later = 0; later < unitCount; later++)
        {
            ReadOnlySpan<uint> own = CellsOf(later);
            RequireNoOverflow(own, visits[later]);
            for (int earlier = 0; earlier < unitCount; earlier++)
            {
                if (earlier == later) continue;
                bool forward = earlier < later;
                Span<int> pair = counts.AsSpan(forward ? startOf(earlier, later) : startOf(later, earlier), bins.Count);
                for (int m = 0; m < rowCount - 1; m++)
                {
                    int bin = bins.Half + (forward ? m : -m);
                    if (bin >= 0 && bin < pair.Length) pair[bin] = checked(pair[bin] + (int)own[(m * unitCount) + earlier]);
                }
            }
        }
    }

    // Edges at zero give m = 0..Half, bins centred on zero as well; one more row takes the rest.
    private static int RowCountOf(LagBins bins) => bins.Half + 2;

    // A cell that wrapped around would make the sum of the cells fall short of the number of increments.
    private static void RequireNoOverflow(ReadOnlySpan<uint> own, long visited)
    {
        long sum = 0;
        foreach (uint cell in own) sum += cell;
        if (sum != visited) throw new OverflowException("A bin of a correlogram holds more than 2^32 pairs; use narrower bins or restrict the recording.");
    }

    private Span<uint> CellsOf(int unit) => cells.AsSpan(unit * unitCount * rowCount, unitCount * rowCount);

    private void CountPartnersOf(int unit)
    {
        ReadOnlySpan<int> positions = merged.PositionsOf(unit);
        if (positions.IsEmpty) return;
        ref double times = ref MemoryMarshal.GetReference(merged.Times);
        ref long units = ref MemoryMarshal.GetReference(merged.Units);
        Span<uint> own = CellsOf(unit);
        Span<long> pending = stackalloc long[PendingLimit];
        Vector512<long> ownUnit = Vector512.Create((long)unit), magicBits = Vector512.Create(IntegerMagic).AsInt64();
        Vector512<double> forward = Vector512.Create(bins.InverseWidth), backward = -forward, shift = Vector512.Create(bins.Shift);
        Vector512<double> lastRow = Vector512.Create(rowCount - 1.0), rowLength = Vector512.Create((double)unitCount), magic = Vector512.Create(IntegerMagic);
        int pendingCount = 0;
        long visited = 0;
        foreach (int position in positions)
        {
            double time = Unsafe.Add(ref times, position);
            Vector512<double> later = Vector512.Create(time);
            int start = position;
            do
            {
                start -= Vector512<double>.Count;
                Vector512<long> partner = Vector512.LoadUnsafe(ref units, (nuint)start);
                Vector512<double> distance = later - Vector512.LoadUnsafe(ref times, (nuint)start);
                Vector512<double> lagInBins = distance * Vector512.ConditionalSelect(Vector512.GreaterThan(partner, ownUnit).AsDouble(), backward, forward);
                Vector512<double> row = Vector512.MinNative(Vector512.Abs(Vector512.Floor(lagInBins + shift)), lastRow);
                (partner + (((row * rowLength) + magic).AsInt64() - magicBits)).CopyTo(pending[pendingCount..]);
                pendingCount += Vector512<double>.Count;
                if (pendingCount == PendingLimit)
                {
                    Increment(own, pending);
                    visited += pendingCount;
                    pendingCount = 0;
                }
            }
            while (time - Unsafe.Add(ref times, start) <= bins.Reach);
        }

        Increment(own, pending[..pendingCount]);
        visits[unit] += visited + pendingCount;
    }

    private static void Increment(Span<uint> own, ReadOnlySpan<long> pending)
    {
        foreach (long cell in pending) own[(int)cell]++;
    }
}
