using System.Numerics;
using MathNet.Numerics;
using MathNet.Numerics.Integration;
using SpikeStats.Models.FirstPassage;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Theory;

public sealed class IntervalCumulantsTests
{
    private const int Order = 6;

    [Fact]
    public void Normalised_PerfectIntegrator_IsThatOfTheInverseGaussian()
    {
        // τ → ∞ at a fixed speed μ/τ and diffusion: the distance 0.01 is passed with drift; κ_n/κ₁ⁿ = (2n - 3)!! CV^(2(n-1)).
        const double Speed = 1, Diffusion = 2e-3, Distance = 0.01;
        double squaredVariation = Diffusion / (Speed * Distance);
        foreach (double timeConstant in (double[])[1e3, 1e5])
        {
            LeakyIntegrateAndFire neuron = new() { TimeConstant = timeConstant, Reset = 0, Threshold = Distance, RefractoryPeriod = 0 };
            double[] found = IntervalCumulants.Normalised(neuron, new WhiteNoiseInput(Speed * timeConstant, Math.Sqrt(Diffusion * timeConstant)), Order);
            for (int n = 2; n <= Order; n++)
            {
                double expected = 1;
                for (int k = 1; k < n; k++) expected *= ((2 * k) - 1) * squaredVariation;
                StatisticalAssert.Close(expected, found[n - 1], relative: 2 * n / timeConstant);
            }
        }
    }

    [Fact]
    public void Normalised_DeepBelowTheThreshold_IsThatOfAPoissonProcess()
    {
        LeakyIntegrateAndFire neuron = new() { RefractoryPeriod = 0 };
        double[] found = IntervalCumulants.Normalised(neuron, new WhiteNoiseInput(0, 2e-3), 8);
        for (int n = 1; n <= 8; n++) StatisticalAssert.Close(SpecialFunctions.Factorial(n - 1), found[n - 1], relative: 1e-10);
    }

    [Fact]
    public void Normalised_RefractoryPeriod_AddsToTheMeanOnly()
    {
        LeakyIntegrateAndFire free = new() { RefractoryPeriod = 0 }, resting = new() { RefractoryPeriod = 5e-3 };
        WhiteNoiseInput input = new(18e-3, 4e-3);
        double ratio = Siegert.Rate(resting, input) / Siegert.Rate(free, input);
        double[] without = IntervalCumulants.Normalised(free, input, Order), with = IntervalCumulants.Normalised(resting, input, Order);
        for (int n = 2; n <= Order; n++) StatisticalAssert.Close(without[n - 1] * Math.Pow(ratio, n), with[n - 1], relative: 1e-13);
    }

    [Theory]
    [InlineData(15e-3, 5e-3)]
    [InlineData(25e-3, 2e-3)]
    [InlineData(10e-3, 4e-3)]
    public void Normalised_AllOrders_SumUpToTheLogarithmOfTheTransform(double mean, double sigma)
    {
        LeakyIntegrateAndFire neuron = new() { RefractoryPeriod = 0 };
        double interval = 1 / Siegert.Rate(neuron, new WhiteNoiseInput(mean, sigma));
        double[] cumulants = IntervalCumulants.Normalised(neuron, new WhiteNoiseInput(mean, sigma), 8);
        foreach (double x in (double[])[0.02, 0.05, 0.1, 0.15])
        {
            // log E[e^(-iωT)] = Σ κ_n (-iω)ⁿ/n! with x = ω κ₁.
            Complex sum = default;
            for (int n = 1; n <= 8; n++) sum += cumulants[n - 1] * Complex.Pow(new Complex(0, -x), n) / SpecialFunctions.Factorial(n);
            Complex found = new PassageTransform((neuron.Reset - mean) / sigma, (neuron.Threshold - mean) / sigma, new Complex(0, x / interval * neuron.TimeConstant)).Logarithm;
            Assert.Equal(0, (found - sum).Magnitude, 1e-12 + Math.Pow(x, 9));
        }
    }

    // E[T³] = 3 ∫ t² S(t) dt, with the survivor of the inverted transform.
    [Theory]
    [InlineData(15e-3, 5e-3, 2e-3)]
    [InlineData(25e-3, 2e-3, 0)]
    [InlineData(10e-3, 4e-3, 1e-3)]
    [InlineData(19e-3, 1.5e-3, 2e-3)]
    public void Normalised_ThirdOrder_IsThatOfTheFirstPassage(double mean, double sigma, double refractory)
    {
        LeakyIntegrateAndFire neuron = new() { RefractoryPeriod = refractory };
        LeakyPassage law = new(neuron, new WhiteNoiseInput(mean, sigma));
        double[] moments = [refractory, Math.Pow(refractory, 2), Math.Pow(refractory, 3)];
        double last = law.Quantile(1 - 1e-15), from = refractory, to = law.Quantile(1e-12);
        while (from < last)
        {
            for (int n = 1; n <= 3; n++) moments[n - 1] += GaussLegendreRule.Integrate(t => n * Math.Pow(t, n - 1) * law.Survivor(t), from, to, 20);
            (from, to) = (to, Math.Min(last, refractory + ((to - refractory) * 1.3)));
        }

        // The tail is exponential by then.
        double hazard = law.Hazard(last), left = law.Survivor(last);
        moments[0] += left / hazard;
        moments[1] += 2 * left * ((last / hazard) + (1 / (hazard * hazard)));
        moments[2] += 3 * left * ((last * last / hazard) + (2 * last / (hazard * hazard)) + (2 / (hazard * hazard * hazard)));
        double third = moments[2] - (3 * moments[0] * moments[1]) + (2 * Math.Pow(moments[0], 3));
        double[] found = IntervalCumulants.Normalised(neuron, new WhiteNoiseInput(mean, sigma), 3);
        StatisticalAssert.Close((moments[1] / (moments[0] * moments[0])) - 1, found[1], relative: 1e-8);
        StatisticalAssert.Close(third / Math.Pow(moments[0], 3), found[2], relative: 1e-7);
    }

    [Fact]
    public void Normalised_OrderOutOfRange_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => IntervalCumulants.Normalised(new LeakyIntegrateAndFire(), new WhiteNoiseInput(0.015, 0.005), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => IntervalCumulants.Normalised(new LeakyIntegrateAndFire(), new WhiteNoiseInput(0.015, 0.005), 9));
    }
}
