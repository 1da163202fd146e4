using System.Numerics;
using SpikeStats.Models.FokkerPlanck;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.FokkerPlanck;

/// <summary>In millivolts and milliseconds.</summary>
public sealed class FokkerPlanckEquationTests
{
    private static readonly LeakyIntegrateAndFire leaky = new() { TimeConstant = 20, Threshold = 20, Reset = 10, RefractoryPeriod = 2 };

    [Theory]
    [InlineData(15, 5, 1e-4)]
    [InlineData(25, 2, 1e-3)]
    [InlineData(10, 3, 1e-3)]
    [InlineData(30, 8, 2e-4)]
    public void Stationary_LeakyNeuron_IsSiegertAndTheClosedDensity(double mean, double sigma, double tolerance)
    {
        WhiteNoiseInput input = new(mean, sigma);
        StationarySolution solution = new FokkerPlanckEquation(leaky).Stationary(input);

        double error = Math.Abs((solution.Rate / Siegert.Rate(leaky, input)) - 1);
        Assert.InRange(error, 0, tolerance);
        Assert.InRange(solution.RelativeError, 0.5 * error, 2 * error);
        double peak = solution.Density.Max();
        for (int k = 0; k < solution.Voltages.Count; k++)
            Assert.Equal(0, (StationaryDensity.At(leaky, input, solution.Voltages[k]) - solution.Density[k]) / peak, 1e-2);
    }

    [Theory]
    [InlineData(15, 5, 10)]
    [InlineData(25, 1, 10)]
    [InlineData(0, 3, 10)]
    [InlineData(30, 40, -5)]
    [InlineData(15, 5, 19.99)]
    public void Firing_LeakyNeuron_IsTheClosedForm(double mean, double sigma, double reset)
    {
        WhiteNoiseInput input = new(mean, sigma);
        LeakyIntegrateAndFire neuron = leaky with { Reset = reset };
        SteadyFiring firing = new FokkerPlanckEquation(neuron).Firing(input);
        StatisticalAssert.Close(Siegert.Rate(neuron, input), firing.Rate, relative: 1e-9);
        StatisticalAssert.Close(Siegert.CoefficientOfVariation(neuron, input), firing.CoefficientOfVariation, relative: 1e-8);
        Assert.InRange(firing.RelativeError, 0, 1e-10);
    }

    [Fact]
    public void Firing_ExponentialNeuron_IsThresholdIntegration()
    {
        ExponentialIntegrateAndFire exponential = new() { TimeConstant = 20, Onset = 20, Sharpness = 2, Threshold = 35, Reset = 10, RefractoryPeriod = 2 };
        SteadyFiring firing = new FokkerPlanckEquation(exponential).Firing(new(15, 5), 1e-8);
        ThresholdTransfer integrated = new(exponential, 1600);
        StatisticalAssert.Close(integrated.Rate(new(15, 5)), firing.Rate, relative: 1e-8);
        StatisticalAssert.Close(integrated.CoefficientOfVariation(new(15, 5)), firing.CoefficientOfVariation, relative: 1e-7);
    }

    [Fact]
    public void Firing_HardlyAnyNoise_TellsItsErrorOrThatItIsUnknown()
    {
        FokkerPlanckEquation equation = new(leaky);
        Assert.True(double.IsNaN(equation.Firing(new(0, 0.3)).RelativeError));
        Assert.InRange(equation.Firing(new(25, 0.01)).RelativeError, 1e-8, 1);
        Assert.Contains("noise", Assert.Throws<ArgumentException>(() => equation.Firing(new(25, 0))).Message, StringComparison.Ordinal);
        Assert.Contains("tolerance", Assert.Throws<ArgumentOutOfRangeException>(() => equation.Firing(new(25, 1), 0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stationary_OtherNeurons_IsThresholdIntegration()
    {
        ExponentialIntegrateAndFire exponential = new() { TimeConstant = 20, Onset = 20, Sharpness = 2, Threshold = 35, Reset = 10, RefractoryPeriod = 2 };
        QuadraticIntegrateAndFire quadratic = new() { TimeConstant = 20, Rest = 0, Onset = 20, Scale = 20, Threshold = 120, Reset = -40, RefractoryPeriod = 1 };
        FokkerPlanckOptions options = new() { Cells = 3200 };
        StatisticalAssert.Close(new ThresholdTransfer(exponential).Rate(new(15, 5)), new FokkerPlanckEquation(exponential, options).Stationary(new(15, 5)).Rate, relative: 1e-4);
        StatisticalAssert.Close(new ThresholdTransfer(quadratic).Rate(new(6, 6)), new FokkerPlanckEquation(quadratic, options).Stationary(new(6, 6)).Rate, relative: 1e-4);
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(-20.3)]
    public void Stationary_HalfTheWidth_IsFourTimesAsGood(double lower)
    {
        WhiteNoiseInput input = new(15, 5);
        double exact = Siegert.Rate(leaky, input);
        double[] errors = [.. new[] { 100, 200, 400, 800 }.Select(cells => Math.Abs(new FokkerPlanckEquation(leaky, new() { Cells = cells, LowerBoundary = lower }).Stationary(input).Rate - exact))];
        for (int k = 1; k < errors.Length; k++) Assert.InRange(errors[k - 1] / errors[k], 3, 5.5);
    }

    [Fact]
    public void Evolve_HalfTheStep_IsFourTimesAsGood()
    {
        TimeVaryingInput input = TimeVaryingInput.Of(t => 15 + (4 * Math.Sin(0.3 * t)), t => 5 + Math.Cos(0.2 * t));
        double[] finest = Density(0.0125);
        double[] errors = [.. new[] { 0.8, 0.4, 0.2 }.Select(timeStep => Distance(Density(timeStep), finest))];
        for (int k = 1; k < errors.Length; k++) Assert.InRange(errors[k - 1] / errors[k], 3.5, 4.5);

        double[] Density(double timeStep) => [.. new FokkerPlanckEquation(leaky with { RefractoryPeriod = 1.3 }, new() { Cells = 200, LowerBoundary = -20, TimeStep = timeStep })
            .Evolve(input, 24, InitialDensity.Normal(8, 3), [24]).Snapshots[0].Density];
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.07)]
    [InlineData(2.03)]
    public void Evolve_FromTheStationaryDensity_StaysThere(double refractoryPeriod)
    {
        LeakyIntegrateAndFire neuron = leaky with { RefractoryPeriod = refractoryPeriod };
        WhiteNoiseInput input = new(15, 5);
        FokkerPlanckEquation equation = new(neuron, new() { TimeStep = 0.1 });
        StationarySolution stationary = equation.Stationary(input);

        PopulationResponse response = equation.Evolve(TimeVaryingInput.Constant(input), 50, snapshotTimes: [50]);

        foreach (double rate in response.Rate.Values) StatisticalAssert.Close(stationary.Rate, rate, relative: 1e-11);
        Assert.Equal(refractoryPeriod * stationary.Rate, response.Snapshots[0].Refractory, 1e-13);
        Assert.Equal(0, Distance(response.Snapshots[0].Density, stationary.Density), 1e-12);
        Assert.InRange(response.MassError, 0, 1e-12);
        Assert.Equal(0, response.RepeatedSteps);
    }

    [Fact]
    public void Evolve_StepOfTheInput_RelaxesToTheNewStationaryRate()
    {
        WhiteNoiseInput before = new(12, 4), after = new(22, 3);
        FokkerPlanckEquation equation = new(leaky, new() { LowerBoundary = -15, TimeStep = 0.2 });
        TimeVaryingInput input = TimeVaryingInput.Of(t => t < 20 ? before.Mean : after.Mean, t => t < 20 ? before.Sigma : after.Sigma);

        PopulationResponse response = equation.Evolve(input, 1000, snapshotTimes: [20, 500]);

        StatisticalAssert.Close(equation.Stationary(before).Rate, response.Rate.Values[99], relative: 1e-10);
        StatisticalAssert.Close(equation.Stationary(after).Rate, response.Rate.Values[^1], relative: 1e-6);
        StatisticalAssert.Close(Siegert.Rate(leaky, after), response.Rate.Values[^1], relative: 1e-3);
        Assert.InRange(response.MassError, 0, 1e-12);
        Assert.All(response.Snapshots, snapshot => Assert.True(snapshot.Density.Min() >= 0));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(100)]
    public void Evolve_WeakSinusoid_FollowsTheSusceptibility(double frequency)
    {
        WhiteNoiseInput input = new(15, 5);
        double perMillisecond = frequency / 1e3, period = 1 / perMillisecond, timeStep = period / Math.Ceiling(period / 0.1);
        const double amplitude = 0.01;
        LeakyTransfer exact = new(leaky);

        Complex toMean = Response(t => TimeVaryingInput.Of(time => input.Mean + (amplitude * t(time)), _ => input.Sigma)) / amplitude;
        Complex toVariance = Response(t => TimeVaryingInput.Of(_ => input.Mean, time => input.Sigma * Math.Sqrt(1 + (amplitude * t(time))))) / amplitude;

        Assert.Equal(0, Complex.Abs((toMean / exact.Susceptibility(input, perMillisecond)) - 1), 2e-3);
        Assert.Equal(0, Complex.Abs((toVariance / exact.VarianceSusceptibility(input, perMillisecond)) - 1), 2e-3);

        // The Fourier coefficient of the last of some periods.
        Complex Response(Func<Func<double, double>, TimeVaryingInput> modulated)
        {
            double periods = Math.Ceiling(400 / period);
            ReadOnlySpan<double> rate = new FokkerPlanckEquation(leaky, new() { TimeStep = timeStep }).Evolve(modulated(time => Math.Cos(2 * Math.PI * perMillisecond * time)), periods * period).Rate.Values;
            int count = (int)Math.Round(period / timeStep);
            Complex sum = 0;
            for (int n = rate.Length - count; n < rate.Length; n++) sum += 2.0 / count * rate[n] * Complex.Exp(new Complex(0, -2 * Math.PI * perMillisecond * (n + 0.5) * timeStep));
            return sum;
        }
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(30, 0, 0)]
    [InlineData(30, 0.01, 0.03)]
    [InlineData(1e4, 1, 2)]
    [InlineData(-100, 1, 2)]
    [InlineData(15, 100, 0)]
    public void Evolve_ExtremeInput_StaysPositiveAndKeepsItsMass(double mean, double sigma, double refractoryPeriod)
    {
        FokkerPlanckEquation equation = new(leaky with { RefractoryPeriod = refractoryPeriod }, new() { Cells = 100, TimeStep = 0.1 });

        PopulationResponse response = equation.Evolve(TimeVaryingInput.Constant(new(mean, sigma)), 100, InitialDensity.At(10), [0, 0.1, 50, 100]);

        Assert.InRange(response.MassError, 0, 1e-12);
        Assert.All(response.Snapshots, snapshot => Assert.True(snapshot.Density.Min() >= 0));
        foreach (double rate in response.Rate.Values) Assert.True(rate >= 0 && double.IsFinite(rate));
    }

    [Fact]
    public void Evolve_SampledInput_IsThatOfTheFunctionAndOutsideItSaysWhere()
    {
        double[] means = [14, 16, 18, 13], sigmas = [5, 4, 5, 3];
        SampledSignal mean = SampledSignal.Regular("mean", means, 0, 0.1), sigma = SampledSignal.Regular("sigma", sigmas, 0, 0.1);
        FokkerPlanckEquation equation = new(leaky, new() { TimeStep = 0.5 });
        double[] expected = equation.Evolve(TimeVaryingInput.Of(t => means[(int)(t / 10)], t => sigmas[(int)(t / 10)]), 40).Rate.Values.ToArray();
        Assert.Equal(expected, equation.Evolve(TimeVaryingInput.Sampled(mean, sigma), 40).Rate.Values.ToArray());
        Assert.Contains("covers", Assert.Throws<ArgumentOutOfRangeException>(() => equation.Evolve(TimeVaryingInput.Sampled(mean, 5), 41)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evolve_Cancelled_Stops()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => new FokkerPlanckEquation(leaky).Evolve(TimeVaryingInput.Constant(new(15, 5)), 1, cancellationToken: source.Token));
    }

    [Fact]
    public void Evolve_BadArguments_SayWhy()
    {
        FokkerPlanckEquation equation = new(leaky);
        TimeVaryingInput input = TimeVaryingInput.Constant(new(15, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => equation.Evolve(input, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => equation.Evolve(input, 1, snapshotTimes: [2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => equation.Evolve(TimeVaryingInput.Of(_ => 15, _ => -1), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FokkerPlanckOptions { Cells = 3 });
        Assert.Contains("below the threshold", Assert.Throws<ArgumentException>(() => new FokkerPlanckEquation(leaky with { Reset = 20 })).Message, StringComparison.Ordinal);
        Assert.Contains("below the reset", Assert.Throws<ArgumentException>(() => new FokkerPlanckEquation(leaky, new() { LowerBoundary = 11 }).Evolve(input, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("inside of the grid", Assert.Throws<ArgumentException>(() => equation.Evolve(input, 1, InitialDensity.At(20))).Message, StringComparison.Ordinal);
        Assert.Contains("refractory", Assert.Throws<ArgumentException>(() => equation.FirstPassage(input, 1, InitialDensity.Stationary)).Message, StringComparison.Ordinal);
        Assert.Contains("start from a point", Assert.Throws<ArgumentException>(() => equation.Evolve(TimeVaryingInput.Constant(new(15, 0)), 1)).Message, StringComparison.Ordinal);
    }

    private static double Distance(IReadOnlyList<double> first, IReadOnlyList<double> second) => first.Zip(second, (a, b) => Math.Abs(a - b)).Max();
}
