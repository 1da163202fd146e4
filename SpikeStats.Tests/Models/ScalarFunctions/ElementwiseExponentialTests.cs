using SpikeStats.Models.ScalarFunctions;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.ScalarFunctions;

public sealed class ElementwiseExponentialTests
{
    private static readonly double[] extremes = [double.NegativeInfinity, -1e9, -745.2, -708, 710, double.PositiveInfinity, double.NaN];

    // Second route: the scalar exponential, to two units in the last place.
    [Fact]
    public void Of_AnyArgument_IsTheExponential()
    {
        RandomStream random = new(1);
        double[] x = [.. extremes, .. Enumerable.Range(0, 5000).Select(_ => 1400 * (random.NextDouble() - 0.5))];
        double[] result = new double[x.Length];
        ElementwiseExponential.Of(x, result);
        for (int i = 0; i < 6; i++) Assert.Equal(Math.Exp(x[i]), result[i]);
        Assert.True(double.IsNaN(result[6]));
        for (int i = extremes.Length; i < x.Length; i++) StatisticalAssert.Close(Math.Exp(x[i]), result[i], relative: 4.5e-16);
    }

    [Fact]
    public void Of_ExtremesAmongOthers_DoesNotDependOnThePlaceInMemory()
    {
        RandomStream random = new(2);
        double[] x = [.. Enumerable.Range(0, 20_000).Select(_ => random.NextDouble() < 0.05 ? extremes[random.NextPoisson(1) % 6] : -8 * random.NextDouble())];
        double[] expected = new double[x.Length];
        ElementwiseExponential.Of(x, expected);
        for (int shift = 1; shift < 8; shift++)
        {
            double[] source = [.. new double[shift], .. x], result = new double[x.Length + shift];
            ElementwiseExponential.Of(source.AsSpan(shift), result.AsSpan(shift));
            Assert.Equal(expected, result.AsSpan(shift).ToArray());
        }
    }
}
