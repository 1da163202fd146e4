using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests;

/// <summary>The flat layout pays no object per unit: what an operation allocates is bounded here, since time on a shared machine is not.</summary>
public sealed class RecordingSizeTests
{
    private const int UnitCount = 1_000_000;

    [Fact]
    public void MillionUnits_EveryOperation_AllocatesArraysAndNotObjects()
    {
        double[] times = new double[2 * UnitCount];
        int[] offsets = new int[UnitCount + 1];
        for (int unit = 0; unit < UnitCount; unit++)
        {
            times[2 * unit] = unit % 1000;
            times[(2 * unit) + 1] = 1000 + (unit % 1000);
            offsets[unit + 1] = 2 * (unit + 1);
        }

        UnitTable units = new(Enumerable.Range(0, UnitCount).Select(unit => $"u{unit}"));
        TimeIntervals observed = TimeIntervals.Of(0, 2000);

        // Bytes per unit: two ints for its range, eight or sixteen for its copied spikes, and the short-lived views that the loops make.
        Recording recording = AllocatedPerUnit(40, () => Recording.FromFlat(units, times, offsets, observed));
        Recording half = AllocatedPerUnit(40, () => recording.Restrict(TimeIntervals.Of(0, 1000)));
        Recording pieces = AllocatedPerUnit(200, () => recording.Restrict(TimeIntervals.FromSorted(new(0, 10), new(1000, 1500))));
        Recording some = AllocatedPerUnit(80, () => recording.Where(unit => unit.Index % 100 == 0));
        Recording moved = AllocatedPerUnit(40, () => recording.Shift(5));

        Assert.Equal(2 * UnitCount, recording.SpikeCount);
        Assert.Equal(UnitCount, half.SpikeCount);
        Assert.Equal((UnitCount / 100) + (UnitCount / 2), pieces.SpikeCount);
        Assert.Equal(UnitCount / 50, some.SpikeCount);
        Assert.Equal([7.0, 1007.0], moved["u2"].Times.ToArray());
        Assert.True(half["u2"].Times.Overlaps(times));
    }

    [Fact]
    public void TwentyMillionSpikes_RestrictionToOneInterval_CopiesNone()
    {
        double[] times = new double[20_000_000];
        for (int i = 0; i < times.Length; i++) times[i] = i * 1e-3;
        Recording recording = Recording.FromFlat(new UnitTable(["u"]), times, [0, times.Length], TimeIntervals.Of(0, 20_001));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Recording second = recording.Restrict(TimeIntervals.Of(10_000, 10_001));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4096);
        Assert.Equal(1000, second.SpikeCount);
        Assert.Equal(10_000.0, second["u"].Times[0], 1e-9);
    }

    private static Recording AllocatedPerUnit(int bytes, Func<Recording> operation)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Recording result = operation();
        double perUnit = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)UnitCount;
        Assert.True(perUnit <= bytes, $"{perUnit} bytes per unit were allocated; {bytes} allowed.");
        return result;
    }
}
