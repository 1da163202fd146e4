using MathNet.Numerics.Distributions;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.GoodnessOfFit;

public sealed class SerialDependenceTests
{
    [Fact]
    public void OfUniforms_FewValues_MatchesTheDefinition()
    {
        RandomStream stream = new(2);
        double[] u = [.. Enumerable.Range(0, 40).Select(_ => stream.NextDouble())];
        double[] g = [.. u.Select(value => Normal.InvCDF(0, 1, value))];
        double mean = g.Average(), power = g.Sum(value => (value - mean) * (value - mean));
        SerialDependence dependence = SerialDependence.OfUniforms(u, 3);
        double q = 0;
        for (int k = 1; k <= 3; k++)
        {
            double r = Enumerable.Range(0, 40 - k).Sum(i => (g[i] - mean) * (g[i + k] - mean)) / power;
            StatisticalAssert.Close(r, dependence.Autocorrelation.Span[k - 1], 1e-13);
            q += 40 * 42 * r * r / (40 - k);
        }

        StatisticalAssert.Close(q, dependence.LjungBox, 1e-12);
        // The tail of χ² with three degrees of freedom in closed form.
        StatisticalAssert.Close(
            (2 * Normal.CDF(0, 1, -Math.Sqrt(q))) + (Math.Sqrt(2 * q / Math.PI) * Math.Exp(-q / 2)), dependence.PValue, 1e-12);
        StatisticalAssert.Close(1.96 / Math.Sqrt(40), dependence.BandHalfWidth, 1e-15);
    }

    // An autoregression of correlation 0.3: the estimate lies within 4 standard errors (false-alarm rate 6e-5) and is significant.
    [Fact]
    public void OfUniforms_AutoregressiveScores_FindsTheCorrelation()
    {
        RandomStream stream = new(9);
        double[] u = new double[5000];
        double g = stream.NextGaussian();
        for (int i = 0; i < u.Length; i++)
        {
            u[i] = Normal.CDF(0, 1, g);
            g = (0.3 * g) + (Math.Sqrt(1 - 0.09) * stream.NextGaussian());
        }

        SerialDependence dependence = SerialDependence.OfUniforms(u, 10);
        StatisticalAssert.WithinStandardErrors(dependence.Autocorrelation.Span[0], 0.3, Math.Sqrt((1 - 0.09) / u.Length));
        Assert.InRange(dependence.PValue, 0, 1e-10);
    }

    [Fact]
    public void OfUniforms_TooFewOrConstantValues_HasNoLag()
    {
        Assert.Equal(0, SerialDependence.OfUniforms([], 20).Autocorrelation.Length);
        Assert.Equal(0, SerialDependence.OfUniforms([0.1, 0.2, 0.3, 0.4], 20).Autocorrelation.Length);
        SerialDependence constant = SerialDependence.OfUniforms([.. Enumerable.Repeat(0.5, 50)], 20);
        Assert.Equal((0, double.NaN), (constant.Autocorrelation.Length, constant.PValue));
        Assert.Equal(10, SerialDependence.OfUniforms([.. Enumerable.Range(1, 50).Select(i => i / 51.0)], 20).Autocorrelation.Length);
    }

    [Fact]
    public void OfUniforms_ImpossibleIntervals_StaysFinite()
    {
        double[] u = [.. Enumerable.Range(0, 60).Select(i => i % 3 / 2.0)];
        Assert.All(SerialDependence.OfUniforms(u, 5).Autocorrelation.ToArray(), r => Assert.InRange(r, -1, 1));
    }
}
