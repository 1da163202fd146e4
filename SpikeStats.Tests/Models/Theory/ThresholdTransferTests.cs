using System.Numerics;
using System.Text.Json;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Theory;

/// <summary>In millivolts and milliseconds.</summary>
public sealed class ThresholdTransferTests
{
    private static readonly LeakyIntegrateAndFire leaky = new() { TimeConstant = 20, Threshold = 20, Reset = 10, RefractoryPeriod = 2 };

    public static TheoryData<int> ExponentialRows() => [.. Enumerable.Range(0, Exponential.GetArrayLength())];

    private static JsonElement Exponential { get; } = ReferenceFile.Read("exponential-integrate-and-fire").GetProperty("rows");

    [Theory]
    [MemberData(nameof(ExponentialRows))]
    public void ExponentialNeuron_RateAndResponse_AreThoseOfAdaptiveIntegration(int index)
    {
        double[] row = Exponential[index].Doubles();
        ExponentialIntegrateAndFire neuron = new() { TimeConstant = 20, Onset = 20, Sharpness = row[2], Threshold = row[3], Reset = 10, RefractoryPeriod = row[4] };
        WhiteNoiseInput input = new(row[0], row[1]);
        ThresholdTransfer transfer = new(neuron, 1000);
        StatisticalAssert.Close(row[5], 1e3 * transfer.Rate(input), relative: 1e-8);
        for (int k = 6; k < row.Length; k += 3)
            Assert.Equal(0, Relative(new Complex(row[k + 1], row[k + 2]), 1e3 * transfer.Susceptibility(input, row[k] / 1e3)), 1e-6);
    }

    [Theory]
    [InlineData(15, 5)]
    [InlineData(25, 2)]
    [InlineData(10, 3)]
    [InlineData(30, 8)]
    public void LeakyNeuron_Everything_IsTheClosedForm(double mean, double sigma)
    {
        WhiteNoiseInput input = new(mean, sigma);
        ThresholdTransfer numeric = new(leaky);
        LeakyTransfer exact = new(leaky);
        StationarySolution solution = numeric.Solve(input);
        StatisticalAssert.Close(exact.Rate(input), solution.Rate, relative: 1e-9);
        Assert.InRange(solution.RelativeError, 0, 1e-6);
        StatisticalAssert.Close(exact.CoefficientOfVariation(input), numeric.CoefficientOfVariation(input), relative: 1e-7);
        for (int k = 0; k < solution.Voltages.Count; k += 10)
            StatisticalAssert.Close(StationaryDensity.At(leaky, input, solution.Voltages[k]), solution.Density[k], absolute: 2e-10);
        foreach (double frequency in (double[])[0, 0.001, 0.01, 0.1, 0.5])
        {
            const double tolerance = 1e-7;
            Assert.Equal(0, Relative(exact.Susceptibility(input, frequency), numeric.Susceptibility(input, frequency)), tolerance);
            Assert.Equal(0, Relative(exact.VarianceSusceptibility(input, frequency), numeric.VarianceSusceptibility(input, frequency)), tolerance);
            StatisticalAssert.Close(exact.PowerSpectrum(input, frequency), numeric.PowerSpectrum(input, frequency), relative: tolerance);
        }
    }

    [Theory]
    [InlineData(15, 5)]
    [InlineData(25, 2)]
    [InlineData(10, 3)]
    [InlineData(30, 8)]
    [InlineData(5, 1.5)]
    [InlineData(40, 0.5)]
    [InlineData(-20, 30)]
    public void Rate_ToATolerance_KeepsIt(double mean, double sigma)
    {
        WhiteNoiseInput input = new(mean, sigma);
        ThresholdTransfer transfer = new(leaky);
        foreach (double tolerance in (double[])[1e-3, 1e-6, 1e-9]) StatisticalAssert.Close(Siegert.Rate(leaky, input), transfer.Rate(input, tolerance), relative: tolerance);
        ExponentialIntegrateAndFire neuron = new() { TimeConstant = 20, Onset = 20, Sharpness = 2, Threshold = 40, Reset = 10, RefractoryPeriod = 2 };
        StatisticalAssert.Close(new ThresholdTransfer(neuron, 2000).Rate(input), new ThresholdTransfer(neuron).Rate(input, 1e-6), relative: 1e-6);
    }

    [Fact]
    public void Rate_ToAnImpossibleTolerance_SaysSo()
    {
        ThresholdTransfer transfer = new(leaky);
        Assert.Throws<ArgumentOutOfRangeException>(() => transfer.Rate(new(15, 5), 0));
        Assert.Throws<ArgumentException>(() => transfer.Rate(new(15, 0), 1e-6));
        Assert.Equal(0, transfer.Rate(new(-100, 1), 1e-6));
    }

    // From 16 σ on the numbers of a unit flux would be beyond all range.
    [Theory]
    [InlineData(16)]
    [InlineData(20)]
    [InlineData(26)]
    [InlineData(30)]
    [InlineData(35)]
    public void LeakyNeuron_FarBelowTheThreshold_IsTheClosedForm(double distance)
    {
        WhiteNoiseInput input = new(20 - (2 * distance), 2);
        ThresholdTransfer numeric = new(leaky);
        LeakyTransfer exact = new(leaky);
        bool isRepresentable = exact.Rate(input) > 1e-300;
        StatisticalAssert.Close(exact.Rate(input), numeric.Rate(input), relative: isRepresentable ? 1e-7 : 1, absolute: 1e-300);
        StatisticalAssert.Close(1, numeric.CoefficientOfVariation(input), relative: 1e-6);
        StationarySolution solution = numeric.Solve(input);
        for (int k = 0; k < solution.Voltages.Count; k += 10) StatisticalAssert.Close(StationaryDensity.At(leaky, input, solution.Voltages[k]), solution.Density[k], absolute: 1e-7);
        ThresholdTransfer finer = new(leaky, 1600);
        foreach (double frequency in (double[])[0, 0.01, 0.1])
        {
            if (!isRepresentable) continue;
            Assert.Equal(0, Relative(exact.Susceptibility(input, frequency), finer.Susceptibility(input, frequency)), 1e-5);
            Assert.Equal(0, Relative(exact.VarianceSusceptibility(input, frequency), finer.VarianceSusceptibility(input, frequency)), 1e-5);
            Assert.Equal(0, Relative(exact.Susceptibility(input, frequency), numeric.Susceptibility(input, frequency)), 2e-2);
        }
    }

    [Fact]
    public void LeakyNeuron_BeyondAllNumbers_IsSilentAndHasNoVariationToTell()
    {
        ThresholdTransfer transfer = new(leaky);
        WhiteNoiseInput input = new(-100, 1);
        Assert.Equal((0, Complex.Zero, 0, 0), (transfer.Rate(input), transfer.Susceptibility(input, 0.01), transfer.PowerSpectrum(input, 0.01), transfer.PowerSpectrum(input, 0)));
        foreach (Action action in (Action[])[() => transfer.CoefficientOfVariation(input), () => transfer.Solve(input)])
            Assert.Contains("too weak", Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Grid_TwiceAsFine_IsSixteenTimesAsGood()
    {
        WhiteNoiseInput input = new(15, 5);
        double exact = Siegert.Rate(leaky, input);
        double[] errors = [.. new[] { 1, 2, 4, 8 }.Select(refinement => Math.Abs(new ThresholdGrid(leaky, input, 40, refinement).Rate - exact))];
        for (int k = 1; k < errors.Length; k++) Assert.InRange(errors[k - 1] / errors[k], 14, 18);
    }

    [Fact]
    public void QuadraticNeuron_Rate_IsThatOfTheDoubleIntegral()
    {
        QuadraticIntegrateAndFire neuron = new() { TimeConstant = 20, Rest = 0, Onset = 20, Scale = 20, Threshold = 120, Reset = -40, RefractoryPeriod = 1 };
        WhiteNoiseInput input = new(6, 6);

        // T = (1/D) ∫ dV ∫ dU e^(Φ(U) - Φ(V)), Φ the primitive of v/D, by the trapezoidal rule on a fine grid.
        double diffusion = input.Diffusion / neuron.TimeConstant, sum = 0, inner = 0, step = 0.002, previous = 0;
        for (double voltage = -90; voltage < neuron.Threshold; voltage += step)
        {
            double exponent = step * (neuron.Drift(voltage + (0.5 * step)) + input.Mean) / neuron.TimeConstant / diffusion;

            // inner = ∫ e^(Φ(U) - Φ(V)) dU up to V, carried along.
            inner = (inner * Math.Exp(-exponent)) + (0.5 * step * (1 + Math.Exp(-exponent)));
            if (voltage + (0.5 * step) > neuron.Reset) sum += 0.5 * step * (inner + previous);
            previous = inner;
        }

        StatisticalAssert.Close(1 / (neuron.RefractoryPeriod + (sum / diffusion)), new ThresholdTransfer(neuron).Rate(input), relative: 1e-5);
    }

    [Fact]
    public void Rate_WithoutNoise_SaysWhy() =>
        Assert.Contains("needs noise", Assert.Throws<ArgumentException>(() => new ThresholdTransfer(leaky).Rate(new WhiteNoiseInput(15, 0))).Message, StringComparison.Ordinal);

    private static double Relative(Complex expected, Complex actual) => Complex.Abs(actual - expected) / Complex.Abs(expected);
}
