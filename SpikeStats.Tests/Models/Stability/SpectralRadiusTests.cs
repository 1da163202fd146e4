using SpikeStats.Models.Stability;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Stability;

public sealed class SpectralRadiusTests
{
    [Fact]
    public void TwoUnits_InClosedForm()
    {
        // Eigenvalues of [[a, b], [c, d]]: (a + d)/2 ± √((a - d)²/4 + bc).
        double expected = 0.4 + Math.Sqrt((0.1 * 0.1) + (0.2 * 0.3));
        SpectralRadius radius = SpectralRadius.Of(new[,] { { 0.5, 0.2 }, { 0.3, 0.3 } });
        StatisticalAssert.Close(expected, radius.Value, absolute: 1e-14);
        Assert.True(radius.IsStationary);
        Assert.True(double.IsNaN(radius.StandardError));
        StatisticalAssert.Close(expected, SpectralRadius.Of(new[,] { { 0.5, -0.2 }, { -0.3, 0.3 } }).Value, absolute: 1e-14);
        Assert.Equal(0, SpectralRadius.Of(new double[3, 3]).Value);
    }

    // A chain in any order is nilpotent: the graph says so, eigenvalues would not (Jordan block).
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Chain_OfFiftyUnitsInAnyOrder_IsZero(double gain)
    {
        RandomStream stream = new(4);
        int[] order = [.. Enumerable.Range(0, 50).OrderBy(_ => stream.NextDouble())];
        double[,] chain = new double[50, 50], loop = new double[50, 50];
        for (int i = 0; i + 1 < 50; i++) loop[order[i + 1], order[i]] = chain[order[i + 1], order[i]] = gain;
        Assert.Equal(0, SpectralRadius.Of(chain).Value);

        // A pair that excites itself at its end decides alone: √(0.5·0.3).
        loop[order[48], order[49]] = 0.3;
        loop[order[49], order[48]] = 0.5;
        StatisticalAssert.Close(Math.Sqrt(0.15), SpectralRadius.Of(loop).Value, relative: 1e-14);
    }

    [Fact]
    public void StandardError_EqualsThatOfFiniteDifferences()
    {
        double[,] branching = { { 0.3, 0.1, 0.2 }, { -0.05, 0.4, 0.1 }, { 0.2, 0.15, 0.1 } };
        RandomStream stream = new(9);
        double[,] root = new double[9, 9], covariance = new double[9, 9];
        for (int i = 0; i < 81; i++) root[i / 9, i % 9] = 0.01 * stream.NextGaussian();
        for (int i = 0; i < 81; i++) covariance[i / 9, i % 9] = Enumerable.Range(0, 9).Sum(k => root[i / 9, k] * root[i % 9, k]);
        double[] slope = new double[9];
        for (int entry = 0; entry < 9; entry++)
        {
            double[,] up = (double[,])branching.Clone(), down = (double[,])branching.Clone();
            up[entry / 3, entry % 3] += 1e-5;
            down[entry / 3, entry % 3] -= 1e-5;
            slope[entry] = (SpectralRadius.Of(up).Value - SpectralRadius.Of(down).Value) / 2e-5;
        }

        double variance = Enumerable.Range(0, 81).Sum(i => slope[i / 9] * covariance[i / 9, i % 9] * slope[i % 9]);
        SpectralRadius radius = SpectralRadius.Of(branching, covariance);
        StatisticalAssert.Close(Math.Sqrt(variance), radius.StandardError, relative: 1e-6);
        Assert.True(radius.Low < radius.Value && radius.Value < radius.High);
    }

    [Fact]
    public void BadRequests_SayWhatIsWrong()
    {
        Assert.Throws<ArgumentException>(() => SpectralRadius.Of(new double[2, 3]));
        Assert.Throws<ArgumentException>(() => SpectralRadius.Of(new[,] { { double.NaN } }));
        Assert.Throws<ArgumentException>(() => SpectralRadius.Of(new double[2, 2], new double[2, 2]));
    }
}
