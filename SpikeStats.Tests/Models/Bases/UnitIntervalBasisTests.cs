using System.Text.Json;
using SpikeStats.Models.Bases;
using SpikeStats.Tests.Testing;
using SpikeStats.Units;

namespace SpikeStats.Tests.Models.Bases;

public sealed class UnitIntervalBasisTests
{
    private const double Tolerance = 1e-12;
    private static readonly JsonElement reference = ReferenceFile.Read("bases");

    public static TheoryData<string, string> ReferenceCases => new()
    {
        { "nemos_raised_cosine_linear_n5_w2", "raised-cosine:n=5,window=11s" },
        { "nemos_raised_cosine_linear_n4_w1.5", "raised-cosine:n=4,window=11s,width=1.5" },
        { "nemos_raised_cosine_log_n5_w2_s50_decay", "raised-cosine-log:n=5,window=11s,scaling=50" },
        { "nemos_raised_cosine_log_n5_w2_s50_nodecay", "raised-cosine-log:n=5,window=11s,decay=false" },
        { "bspline_n7_order4", "bspline:n=7,window=11s,order=4" },
        { "mspline_n7_order4", "mspline:n=7,window=11s,order=4" },
        { "cyclic_bspline_n6_order4", "cyclic-bspline:n=6,window=11s,order=4" },
    };

    // The reference grid is linspace(0, 1, 11): a window of 11 bins.
    [Theory]
    [MemberData(nameof(ReferenceCases))]
    public void Sample_ElevenBins_MatchesReference(string key, string spelling)
    {
        LagMatrix sampled = BasisSyntax.Parse(spelling).Sample(1, 1);
        double[][] expected = [.. reference.At(key, "values").EnumerateArray().Select(row => row.Doubles())];
        Assert.Equal(expected.Length, sampled.RowCount);
        for (int row = 0; row < expected.Length; row++) StatisticalAssert.Close(expected[row], sampled.Row(row), Tolerance);
    }

    [Theory]
    [MemberData(nameof(ReferenceCases))]
    public void Evaluate_ReferencePoints_MatchesReference(string key, string spelling)
    {
        UnitIntervalBasis basis = (UnitIntervalBasis)BasisSyntax.Parse(spelling);
        double[] values = new double[basis.FunctionCount];
        double[] points = reference.At(key, "x").Doubles();
        for (int i = 0; i < points.Length; i++)
        {
            basis.Evaluate(points[i], values);
            StatisticalAssert.Close(reference.At(key, "values")[i].Doubles(), values, Tolerance);
        }
    }

    [Theory]
    [InlineData(0.251, 0.001, 251)]
    [InlineData(0.1, 0.0001, 1000)]
    [InlineData(0.0035, 0.0005, 7)]
    [InlineData(0.3, 0.1, 3)]
    [InlineData(0.0003, 0.0001, 3)]
    public void Sample_WindowOfWholeBins_HasThatManyRows(double window, double binWidth, int rows) =>
        Assert.Equal(rows, new RaisedCosineBasis(3, window).Sample(binWidth, 1).RowCount);

    [Fact]
    public void Sample_EveryMultipleOfABin_HasThatManyRows()
    {
        foreach (double binWidth in new[] { 1.ms, 0.5.ms, 0.1.ms })
        {
            for (int rows = 1; rows <= 1000; rows++)
                Assert.Equal(rows, new RaisedCosineBasis(2, rows * binWidth).Sample(binWidth, 1).RowCount);
        }
    }

    [Fact]
    public void Sample_OtherFirstLag_ShiftsTheSameValues()
    {
        RaisedCosineLogBasis basis = new(4, 20.ms);
        LagMatrix past = basis.Sample(1.ms, 1), signal = basis.Sample(1.ms, 0);
        Assert.Equal((1, 20, 0, 19), (past.FirstLag, past.LastLag, signal.FirstLag, signal.LastLag));
        for (int row = 0; row < past.RowCount; row++) Assert.Equal(past.Row(row), signal.Row(row));
    }

    [Fact]
    public void Sample_SingleBin_IsTheStartOfTheWindow() =>
        Assert.Equal([1.0, 0.5], new RaisedCosineBasis(3, 1.ms).Sample(1.ms, 1).Row(0)[..2].ToArray());

    [Fact]
    public void Sample_WindowNarrowerThanABin_SaysSo()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new RaisedCosineBasis(3, 0.4.ms).Sample(1.ms, 1));
        Assert.Contains("0.0004 s is narrower than a bin of 0.001 s", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.001)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Sample_ImpossibleBinWidth_Throws(double binWidth) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RaisedCosineBasis(3, 10.ms).Sample(binWidth, 1));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Evaluate_OutsideTheUnitInterval_Throws(double x) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BSplineBasis(5, 1).Evaluate(x, new double[5]));

    // Wherever all bumps that could reach a point exist, neighbours add up to the width factor: exact trigonometric identity.
    [Theory]
    [InlineData(8, 1.5)]
    [InlineData(8, 2)]
    [InlineData(12, 2.5)]
    [InlineData(12, 3)]
    public void RaisedCosine_Interior_AddsUpToTheWidth(int count, double width)
    {
        RaisedCosineBasis basis = new(count, 1, width);
        double reach = width / (count - 1);
        double[] values = new double[count];
        for (double x = reach; x <= 1 - reach; x += 0.001)
        {
            basis.Evaluate(x, values);
            StatisticalAssert.Close(width, values.Sum(), 1e-12);
        }
    }

    [Fact]
    public void AllBases_Sampled_AreNotNegative()
    {
        Basis[] bases =
        [
            new RaisedCosineBasis(9, 50.ms), new RaisedCosineLogBasis(9, 50.ms), new BSplineBasis(9, 50.ms), new BSplineBasis(3, 50.ms, 1),
            new PillowBasis(9, 1.ms, 20.ms, 3.ms), new WindowBasis(1.ms, 3.ms, 9.ms), new LagBasis(5),
        ];
        foreach (Basis basis in bases)
        {
            LagMatrix sampled = basis.Sample(0.5.ms, 1);
            for (int row = 0; row < sampled.RowCount; row++) Assert.All(sampled.Row(row).ToArray(), value => Assert.InRange(value, 0, 1));
        }
    }

    [Fact]
    public void RaisedCosineLog_DecaysToZero_EndsAtZero()
    {
        double[] values = new double[6];
        new RaisedCosineLogBasis(6, 1).Evaluate(1, values);
        StatisticalAssert.Close(new double[6], values, 1e-15);
        new RaisedCosineLogBasis(6, 1, decaysToZero: false).Evaluate(1, values);
        Assert.Equal(1, values[^1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(6)]
    public void BSpline_AnyOrder_AddsUpToOneEverywhere(int order)
    {
        LagMatrix sampled = new BSplineBasis(9, 0.1, order).Sample(0.1.ms, 0);
        for (int row = 0; row < sampled.RowCount; row++) StatisticalAssert.Close(1, sampled.Row(row).ToArray().Sum(), 1e-14);
        Assert.Equal(1, sampled[sampled.RowCount - 1, 8]);
        Assert.Equal(1, sampled[0, 0]);
    }

    // The recurrence of Cox and de Boor written out as a recursion over all functions: another algorithm.
    [Fact]
    public void BSpline_RandomPoints_MatchesTheCoxDeBoorRecursion()
    {
        const int count = 8, order = 4;
        double[] knots = [0, 0, 0, 0, 0.2, 0.4, 0.6, 0.8, 1, 1, 1, 1];
        ReferenceGenerator points = new(5);
        double[] values = new double[count];
        for (int n = 0; n < 200; n++)
        {
            double x = points.Next();
            new BSplineBasis(count, 1).Evaluate(x, values);
            for (int i = 0; i < count; i++) StatisticalAssert.Close(Recursion(i, order), values[i], 1e-13);

            double Recursion(int i, int m)
            {
                if (m == 1) return x >= knots[i] && x < knots[i + 1] ? 1 : 0;
                double left = knots[i + m - 1] - knots[i], right = knots[i + m] - knots[i + 1];
                return (left > 0 ? (x - knots[i]) / left * Recursion(i, m - 1) : 0) + (right > 0 ? (knots[i + m] - x) / right * Recursion(i + 1, m - 1) : 0);
            }
        }
    }

    // The trapezium rule is exact enough where the splines are smooth: each integrates to 1.
    [Fact]
    public void MSpline_EveryFunction_IntegratesToOne()
    {
        const int points = 20_000;
        double[] values = new double[7], integral = new double[7];
        for (int i = 0; i <= points; i++)
        {
            new MSplineBasis(7, 1).Evaluate(i / (double)points, values);
            for (int k = 0; k < 7; k++) integral[k] += values[k] / points * (i is 0 or points ? 0.5 : 1);
        }

        StatisticalAssert.Close([1, 1, 1, 1, 1, 1, 1], integral, absolute: 1e-6);
    }

    // The wrapped sum of cardinal splines written with truncated powers: Σ (-1)^k C(m, k) (x - k)₊^(m-1) / (m - 1)!.
    [Fact]
    public void CyclicBSpline_RandomPoints_IsTheWrappedCardinalSpline()
    {
        const int n = 9, order = 4;
        ReferenceGenerator points = new(11);
        double[] values = new double[n];
        for (int draw = 0; draw < 200; draw++)
        {
            double x = points.Next();
            new CyclicBSplineBasis(n, 1).Evaluate(x, values);
            for (int i = 0; i < n; i++)
            {
                double sum = 0;
                for (int turn = -1; turn <= 1; turn++) sum += Cardinal((x * n) + order - 1 - i + (turn * n));
                StatisticalAssert.Close(sum, values[i], absolute: 1e-12);
            }

            StatisticalAssert.Close(1, values.Sum(), absolute: 1e-14);
        }

        static double Cardinal(double at) => at is < 0 or > order ? 0
            : Enumerable.Range(0, order + 1).Sum(k => Math.Pow(-1, k) * MathNet.Numerics.SpecialFunctions.Binomial(order, k) * Math.Pow(Math.Max(at - k, 0), order - 1) / 6);
    }

    [Fact]
    public void Fourier_OneTurn_IsOrthogonal()
    {
        const int points = 64;
        FourierBasis basis = new(7, 1);
        double[,] gram = new double[7, 7];
        double[] values = new double[7];
        for (int i = 0; i < points; i++)
        {
            basis.Evaluate(i / (double)points, values);
            StatisticalAssert.Close(Math.Cos(4 * Math.PI * i / points), values[3], absolute: 1e-14);
            StatisticalAssert.Close(Math.Sin(4 * Math.PI * i / points), values[4], absolute: 1e-14);
            for (int a = 0; a < 7; a++)
            {
                for (int b = 0; b < 7; b++) gram[a, b] += values[a] * values[b] / points;
            }
        }

        for (int a = 0; a < 7; a++)
        {
            for (int b = 0; b < 7; b++) StatisticalAssert.Close(a != b ? 0 : a == 0 ? 1 : 0.5, gram[a, b], absolute: 1e-14);
        }
    }

    [Fact]
    public void Constructors_ImpossibleArguments_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RaisedCosineBasis(1, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RaisedCosineBasis(5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RaisedCosineBasis(5, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RaisedCosineBasis(5, 0.1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RaisedCosineBasis(5, 0.1, 1.7));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RaisedCosineLogBasis(5, 0.1, scaling: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BSplineBasis(3, 0.1, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BSplineBasis(3, 0.1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MSplineBasis(3, 0.1, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CyclicBSplineBasis(3, 0.1, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FourierBasis(4, 0.1));
    }
}
