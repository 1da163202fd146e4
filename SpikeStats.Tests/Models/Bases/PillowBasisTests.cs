using System.Text.Json;
using SpikeStats.Models.Bases;
using SpikeStats.Tests.Testing;
using SpikeStats.Units;

namespace SpikeStats.Tests.Models.Bases;

public sealed class PillowBasisTests
{
    private const double Tolerance = 1e-12;
    private static readonly JsonElement reference = ReferenceFile.Read("bases");

    [Fact]
    public void Sample_FiveFunctions_MatchesReference()
    {
        JsonElement expected = reference.At("pillow_postspike_n5_peaks0.1_2_b0.5_dt0.1");
        PillowBasis basis = new(5, 0.1, 2, 0.5);
        LagMatrix sampled = basis.Sample(0.1, 1);
        StatisticalAssert.Close(expected.Number("t_max"), basis.End, Tolerance);
        Assert.Equal((expected.At("n_t").GetInt32(), 1), (sampled.RowCount, sampled.FirstLag));
        for (int row = 0; row < sampled.RowCount; row++)
            StatisticalAssert.Close(expected.At("values")[row].Doubles(), sampled.Row(row), Tolerance);
    }

    [Fact]
    public void Sample_TenFunctions_MatchesReference()
    {
        JsonElement expected = reference.At("pillow_postspike_n10_peaks0_50_b2_dt1");
        PillowBasis basis = new(10, 0, 50, 2);
        LagMatrix sampled = basis.Sample(1, 1);
        StatisticalAssert.Close(expected.Number("t_max"), basis.End, relative: Tolerance);
        Assert.Equal(expected.At("n_t").GetInt32(), sampled.RowCount);
        for (int row = 0; row < 10; row++) StatisticalAssert.Close(expected.At("values_first10")[row].Doubles(), sampled.Row(row), Tolerance);
        for (int row = 0; row < sampled.RowCount; row++)
            StatisticalAssert.Close(expected.At("row_sums")[row].GetDouble(), sampled.Row(row).ToArray().Sum(), Tolerance);
    }

    // Between the second peak and the one before the last every bump that could reach the lag exists.
    [Fact]
    public void Sample_Interior_AddsUpToTwo()
    {
        LagMatrix sampled = new PillowBasis(8, 2.ms, 90.ms, 5.ms).Sample(0.1.ms, 1);
        for (int lag = 60; lag < 400; lag++) StatisticalAssert.Close(2, sampled.Row(lag - 1).ToArray().Sum(), Tolerance);
    }

    [Fact]
    public void Sample_FirstLagZero_PutsTimeZeroFirst()
    {
        PillowBasis basis = new(5, 0.1, 2, 0.5);
        LagMatrix past = basis.Sample(0.1, 1), signal = basis.Sample(0.1, 0);
        Assert.Equal((past.RowCount + 1, past.LastLag), (signal.RowCount, signal.LastLag));
        for (int row = 0; row < past.RowCount; row++) Assert.Equal(past.Row(row), signal.Row(row + 1));
        double spacing = (Math.Log(2.5) - Math.Log(0.6)) / 4;
        StatisticalAssert.Close(0.5 * (1 + Math.Cos(Math.PI * (Math.Log(0.5) - Math.Log(0.6)) / (2 * spacing))), signal[0, 0], Tolerance);
    }

    [Fact]
    public void Sample_NoOffset_HasNothingAtTimeZero() =>
        Assert.Equal(new double[4], new PillowBasis(4, 1.ms, 20.ms, 0).Sample(1.ms, 0).Row(0).ToArray());

    [Fact]
    public void Sample_RefractoryPeriod_IsABoxOfItsOwn()
    {
        LagMatrix plain = new PillowBasis(5, 2.ms, 20.ms, 1.ms).Sample(1.ms, 1);
        LagMatrix sampled = new PillowBasis(5, 2.ms, 20.ms, 1.ms, 3.ms).Sample(1.ms, 1);
        Assert.Equal((plain.RowCount, 6), (sampled.RowCount, sampled.ColumnCount));
        for (int row = 0; row < plain.RowCount; row++)
        {
            // Lags 1 and 2 lie in [0, 3 ms); lag 3 does not.
            double[] expected = row < 2 ? [1, 0, 0, 0, 0, 0] : [0, .. plain.Row(row)];
            Assert.Equal(expected, sampled.Row(row).ToArray());
        }

        double[] filter = sampled.Combine([double.NegativeInfinity, 1, 1, 1, 1, 1]);
        Assert.Equal([double.NegativeInfinity, double.NegativeInfinity], filter[..2]);
        Assert.All(filter[2..], value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Sample_RefractoryPeriodWithinABin_SaysSo()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new PillowBasis(5, 2.ms, 20.ms, 1.ms, 1.ms).Sample(1.ms, 1));
        Assert.Contains("No lag of 0.001 s bins", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sample_BinWiderThanTheBasis_Throws() => Assert.Throws<ArgumentException>(() => new PillowBasis(5, 2.ms, 20.ms, 1.ms).Sample(1, 1));

    [Fact]
    public void Constructor_ImpossibleArguments_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PillowBasis(1, 0.1, 2, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PillowBasis(5, -0.1, 2, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PillowBasis(5, 2, 2, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PillowBasis(5, 0, 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PillowBasis(5, 0.1, 2, 0.5, -1));
    }
}
