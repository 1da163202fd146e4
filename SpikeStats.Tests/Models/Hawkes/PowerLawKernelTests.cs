using System.Text.Json;
using MathNet.Numerics.Integration;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.Hawkes;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Hawkes;

public sealed class PowerLawKernelTests
{
    private static readonly JsonElement problem = HawkesProblem.Reference.GetProperty("uv_powerlaw");

    [Fact]
    public void LogLikelihood_SumOverPairs_IsThatOfTheReference()
    {
        PowerLawKernel kernel = new(problem.Number("c"), problem.Number("p"));
        double branchingRatio = problem.Number("k") / (kernel.Exponent * Math.Pow(kernel.TimeScale, kernel.Exponent));
        StatisticalAssert.Close(problem.Number("branching_ratio"), branchingRatio, 1e-15);
        StatisticalAssert.Close(problem.Number("loglik"), SumOverPairs(kernel, branchingRatio), 1e-12);
    }

    // The exponentials are the same process within their bound: twice the relative error per spike.
    [Theory]
    [InlineData(1e-13, 1e-12)]
    [InlineData(1e-6, 1.2e-5)]
    [InlineData(1e-3, 1.2e-2)]
    public void LogLikelihood_ByExponentials_IsThatOfTheReferenceWithinTheBound(double accuracy, double tolerance)
    {
        PowerLawMixture mixture = new PowerLawKernel(problem.Number("c"), problem.Number("p")).Approximate(problem.Number("T"), accuracy);
        HawkesModel model = mixture.ToModel(["a"], [problem.Number("mu")], new[,] { { problem.Number("branching_ratio") } });
        Recording recording = HawkesProblem.Record(problem.Number("T"), problem.GetProperty("t").Doubles());
        StatisticalAssert.Close(problem.Number("loglik"), model.LogLikelihood(recording), tolerance);
        Assert.True(2 * 6 * mixture.RelativeError <= Math.Max(tolerance, 2e-12));
        Assert.Equal(2, model.ParameterCount);
    }

    // Dense lags over the whole range: what is measured stays below the bound, and the bound below what was asked for; nor is the bound idle.
    [Theory]
    [InlineData(0.01, 0.05, 100, 1e-3)]
    [InlineData(0.01, 0.3, 1e4, 1e-6)]
    [InlineData(0.5, 0.7, 3, 1e-9)]
    [InlineData(0.002, 1.2, 600, 1e-6)]
    [InlineData(5, 4, 2, 1e-4)]
    [InlineData(0.1, 0.5, 50, 0.1)]
    [InlineData(0.03, 2, 1000, 1e-12)]
    [InlineData(10, 100, 5, 1e-6)]
    public void Approximate_AnyKernel_KeepsItsBounds(double timeScale, double exponent, double horizon, double accuracy)
    {
        PowerLawKernel kernel = new(timeScale, exponent);
        PowerLawMixture mixture = kernel.Approximate(horizon, accuracy);
        Assert.InRange(mixture.RelativeError, 0, accuracy);
        double[] lags = [0, .. Enumerable.Range(0, 4001).Select(i => timeScale * 1e-3 * Math.Pow(horizon / timeScale * 1e3, i / 4000.0))];
        double worst = lags.Max(lag => Math.Abs((mixture.At(lag) / kernel.At(lag)) - 1));
        // Rounding of sums of some hundred terms.
        Assert.InRange(worst, mixture.RelativeError / 30, mixture.RelativeError + 1e-14);
        double integral = 0;
        for (int i = 1; i < lags.Length; i++) integral += Math.Max(Error(lags[i - 1]), Error(lags[i])) * (lags[i] - lags[i - 1]);
        Assert.True(integral <= (mixture.IntegralError * 1.01) + 1e-14, $"{integral} {mixture.IntegralError}");
        StatisticalAssert.Close(1, mixture.Weights.Sum(), accuracy);
        Assert.All(mixture.Weights, weight => Assert.True(weight >= 0));

        double Error(double lag) => Math.Abs(mixture.At(lag) - kernel.At(lag));
    }

    [Fact]
    public void Integral_ToALag_IsTheQuadratureOfTheDensity()
    {
        PowerLawKernel kernel = new(0.02, 0.4);
        StatisticalAssert.Close(GaussLegendreRule.Integrate(x => kernel.At(x * x * x) * 3 * x * x, 0, 1, 128), kernel.Integral(1), 1e-10);
        StatisticalAssert.Close(1, kernel.Integral(1e60), 1e-15);
    }

    [Fact]
    public void Approximate_ThousandTimesTheAccuracy_CostsAFewMoreExponentials()
    {
        PowerLawKernel kernel = new(0.01, 0.5);
        Assert.InRange(kernel.Approximate(1000, 1e-3).Decays.Count, 15, 35);
        Assert.InRange(kernel.Approximate(1000, 1e-6).Decays.Count, 40, 70);
        Assert.InRange(kernel.Approximate(1000, 1e-9).Decays.Count, 70, 120);
    }

    // Time rescaling by the model itself: the p-value is uniform, below 1e-3 with probability 1e-3.
    [Fact]
    public void Simulate_PowerLaw_PassesTimeRescaling()
    {
        HawkesModel model = new PowerLawKernel(0.02, 0.6).Approximate(1000).ToModel(["a"], [2], new[,] { { 0.6 } });
        Recording drawn = model.Simulate(HawkesProblem.Record(1000, Array.Empty<double>()), seed: 3);
        Assert.True(TimeRescaling.Test(model, drawn, "a").KolmogorovSmirnov.PValue > 1e-3);
    }

    [Fact]
    public void Create_NonsenseOfEveryKind_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PowerLawKernel(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PowerLawKernel(1, -0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PowerLawKernel(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PowerLawKernel(1, 1).Approximate(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PowerLawKernel(1, 1).Approximate(1, 1e-16));
    }

    private static double SumOverPairs(PowerLawKernel kernel, double branchingRatio)
    {
        double[] times = problem.GetProperty("t").Doubles();
        double duration = problem.Number("T"), sum = -problem.Number("mu") * duration;
        foreach (double time in times)
        {
            sum += Math.Log(problem.Number("mu") + times.Where(past => past < time).Sum(past => branchingRatio * kernel.At(time - past)));
            sum -= branchingRatio * kernel.Integral(duration - time);
        }

        return sum;
    }
}
