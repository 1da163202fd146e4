using FsCheck.Fluent;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests;

public sealed class BinGridTests
{
    // A quotient that means 251 may come out as 250.99999999999997 or 251.00000000000003, and is bin 251 either way.
    [Theory]
    [InlineData(250.99999999999997, 251)]
    [InlineData(251, 251)]
    [InlineData(251.00000000000003, 251)]
    [InlineData(250.999, 250)]
    [InlineData(-0.00000000000003, 0)]
    [InlineData(-0.001, -1)]
    public void BinOf_QuotientBesideAnInteger_IsThatInteger(double quotient, long bin)
    {
        Assert.Equal(bin, new BinSegment(0, 0, 1000).BinOf(quotient, 1));
    }

    // The last rows are clocks that began long before the recording; the last counts seconds since 1970, where a double resolves 0.24 µs.
    [Theory]
    [InlineData(0, 0.001)]
    [InlineData(12.3, 0.0005)]
    [InlineData(12.3, 0.0001)]
    [InlineData(-7.7, 0.002)]
    [InlineData(5000.1, 0.0001)]
    [InlineData(5000.1, 0.00001)]
    [InlineData(1.7e9, 0.001)]
    public void BinOf_EveryEdge_StartsItsOwnBin(double start, double binWidth)
    {
        BinSegment segment = new(start, 0, int.MaxValue);
        for (int bin = 0; bin < 3_600_000; bin += 7)
        {
            if (segment.BinOf(start + (bin * binWidth), binWidth) != bin) Assert.Fail($"The left edge of bin {bin} lies in another bin.");
        }
    }

    // Ticks of a 30 kHz clock: 30 ticks fill a bin of 1 ms, and whole-number arithmetic says which.
    [Theory]
    [InlineData(30_000, 0.001, 30)]
    [InlineData(30_000, 0.0001, 3)]
    [InlineData(24_000, 0.0005, 12)]
    [InlineData(20_000, 0.002, 40)]
    [InlineData(1_000_000, 0.001, 1000)]
    public void BinOf_TicksOfASamplingClock_AgreesWithIntegerDivision(int samplingRate, double binWidth, int ticksPerBin)
    {
        BinGrid grid = new(TimeIntervals.Of(0, 600), binWidth);
        for (int tick = 0; tick < 600L * samplingRate; tick += 101)
        {
            if (grid.BinOf(tick / (double)samplingRate) != tick / ticksPerBin) Assert.Fail($"Tick {tick} is in bin {grid.BinOf(tick / (double)samplingRate)}.");
        }
    }

    [Fact]
    public void Constructor_LastFractionOfABin_IsLeftOut()
    {
        BinGrid grid = new(TimeIntervals.FromSorted(new(0, 0.0105), new(1, 1.0004), new(2, 2.002)), 0.001);
        Assert.Equal([new(0, 0, 10), new BinSegment(2, 10, 2)], grid.Segments.ToArray());
        Assert.Equal(12, grid.BinCount);
        Assert.Equal((9, -1, -1, 10, 11, -1), (grid.BinOf(0.0099), grid.BinOf(0.0102), grid.BinOf(1.0002), grid.BinOf(2), grid.BinOf(2.0015), grid.BinOf(2.002)));
    }

    [Fact]
    public void Constructor_LengthThatRoundsBelowAWholeNumber_KeepsTheLastBin()
    {
        Assert.True(0.3 / 0.1 < 3);
        Assert.Equal(3, new BinGrid(TimeIntervals.Of(0, 0.3), 0.1).BinCount);
        Assert.Equal(469 * 500, new BinGrid(TimeIntervals.FromSorted([.. Enumerable.Range(0, 469).Select(trial => new TimeInterval(trial * 0.5, (trial + 1) * 0.5))]), 0.001).BinCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.001)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e-9)]
    public void Constructor_ImpossibleWidth_Throws(double binWidth)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BinGrid(TimeIntervals.Of(0, 60), binWidth));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    [InlineData(1.5)]
    [InlineData(3)]
    public void BinOf_InstantOutsideTheGrid_IsMinusOne(double time)
    {
        Assert.Equal(-1, new BinGrid(TimeIntervals.FromSorted(new(0, 1), new(2, 3)), 0.001).BinOf(time));
        Assert.Equal(-1, new BinGrid(TimeIntervals.Empty, 0.001).BinOf(time));
    }

    // Within 10^-9 of a bin of the boundary, the last spike of a trial must not slip into the next trial, nor fall off the grid.
    [Fact]
    public void BinOf_LastInstantOfAnInterval_StaysInItsLastBin()
    {
        BinGrid touching = new(TimeIntervals.FromSorted(new(0, 1), new(1, 2)), 0.001);
        Assert.Equal(999, touching.BinOf(Math.BitDecrement(1.0)));
        Assert.Equal(1000, touching.BinOf(1.0));
        Assert.Equal(1999, touching.BinOf(Math.BitDecrement(2.0)));
        Assert.Equal(-1, touching.BinOf(2.0));
    }

    [Fact]
    public void BinOf_InstantAHairBeforeASegment_IsItsFirstBin()
    {
        Assert.Equal(0, new BinGrid(TimeIntervals.Of(0.1 * 3, 1), 0.1).BinOf(0.3));
    }

    [Fact]
    public void BinOf_EveryStartOf_IsThatBin()
    {
        var cases = from intervals in Generated.Intervals from width in Gen.Elements(0.125, 0.1, 0.3, 0.007) select (intervals, width);
        PropertyAssert.Holds(cases, pair =>
        {
            BinGrid grid = new(pair.intervals, pair.width);
            int bins = 0;
            foreach (BinSegment segment in grid.Segments)
            {
                Assert.Equal(bins, segment.FirstBin);
                bins += segment.BinCount;
            }

            Assert.Equal(bins, grid.BinCount);
            for (int bin = 0; bin < grid.BinCount; bin++)
            {
                Assert.Equal(bin, grid.BinOf(grid.StartOf(bin)));
                Assert.Equal(bin, grid.BinOf(grid.StartOf(bin) + (pair.width / 2)));
                BinSegment segment = grid.SegmentOf(bin);
                Assert.InRange(bin - segment.FirstBin, 0, segment.BinCount - 1);
            }
        });
    }

    [Fact]
    public void SegmentOf_OutsideTheGrid_Throws()
    {
        BinGrid grid = new(TimeIntervals.Of(0, 1), 0.5);
        Assert.Throws<ArgumentOutOfRangeException>(() => grid.SegmentOf(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => grid.StartOf(2));
    }
}
