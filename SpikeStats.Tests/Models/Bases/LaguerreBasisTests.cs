using System.Text.Json;
using SpikeStats.Models.Bases;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Bases;

public sealed class LaguerreBasisTests
{
    // The parameter α = 0.5 of the reference is a²: a time constant of 2/log 2 bins.
    private static readonly LaguerreBasis half = new(5, 2 / Math.Log(2), 200);

    [Fact]
    public void Sample_ReferenceParameter_MatchesReference()
    {
        LagMatrix sampled = half.Sample(1, 1);
        JsonElement expected = ReferenceFile.Read("bases").At("laguerre_a0.5_L5", "values_first12");
        for (int row = 0; row < 12; row++) StatisticalAssert.Close(expected[row].Doubles(), sampled.Row(row), absolute: 1e-12);
    }

    [Fact]
    public void Sample_LongWindow_IsOrthonormal()
    {
        LagMatrix sampled = half.Sample(1, 1);
        for (int i = 0; i < 5; i++)
        {
            for (int j = 0; j < 5; j++)
            {
                double product = Enumerable.Range(0, sampled.RowCount).Sum(row => sampled[row, i] * sampled[row, j]);
                StatisticalAssert.Close(i == j ? 1 : 0, product, absolute: 1e-12);
            }
        }
    }

    // The closed form with binomial coefficients: another route than the recursion.
    [Fact]
    public void Sample_AnyLag_IsTheClosedForm()
    {
        LagMatrix sampled = half.Sample(1, 0);
        const double alpha = 0.5;
        for (int lag = 0; lag < 25; lag++)
        {
            for (int j = 0; j < 5; j++)
            {
                double sum = Enumerable.Range(0, j + 1).Sum(k => Math.Pow(-1, k) * Choose(lag, k) * Choose(j, k) * Math.Pow(alpha, j - k) * Math.Pow(1 - alpha, k));
                StatisticalAssert.Close(Math.Pow(alpha, (lag - j) / 2.0) * Math.Sqrt(1 - alpha) * sum, sampled[lag, j], absolute: 1e-12);
            }
        }

        static double Choose(int n, int k) => k > n ? 0 : MathNet.Numerics.SpecialFunctions.Binomial(n, k);
    }

    [Fact]
    public void Constructor_ImpossibleArguments_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LaguerreBasis(0, 0.01, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LaguerreBasis(2, 0, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LaguerreBasis(2, 0.01, double.NaN));
    }
}
