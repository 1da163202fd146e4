using FsCheck.Fluent;
using SpikeStats.Fitting.Decoding;
using SpikeStats.Fitting.Optimization;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Decoding;

public sealed class HiddenMarkovFitTests
{
    [Fact]
    public void Iterations_AnyRecording_NeverLowerTheLikelihood()
    {
        PropertyAssert.Holds(
            from seed in Gen.Choose(0, int.MaxValue - 1)
            from states in Gen.Choose(1, 4)
            from isDriven in Gen.Elements(true, false)
            select (seed, states, isDriven),
            example =>
            {
                SampledSignal[] inputs = [Noise("x", 20, (ulong)example.seed)];
                Recording recording = BayesianDecoderTests.Poisson(["a", "b"], TimeIntervals.FromSorted(new TimeInterval(0, 4), new TimeInterval(5, 9)), 10, (ulong)example.seed).WithSignals(inputs);
                HiddenMarkovFit fit = Specification(example.states, example.isDriven).Fit(
                    recording, new HiddenMarkovFitOptions { Starts = 1, Seed = (ulong)example.seed, MaxIterations = 25, Threads = 1 });
                foreach (double increment in fit.Increments) Assert.True(increment >= -1e-9, $"{increment}");
                Assert.True(double.IsFinite(fit.LogLikelihood));
                StatisticalAssert.Close(fit.LogLikelihood, fit.Model.LogLikelihood(recording), 1e-8);
            },
            count: 40);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Score_AtAnyPoint_IsTheSlopeOfTheLogLikelihood(bool isDriven)
    {
        const double Step = 1e-5;
        HiddenMarkovModel model = isDriven ? Driven() : HiddenMarkovModelTests.TwoStates();
        Recording recording = model.SimulateWithStates(HiddenMarkovModelTests.Conditions(20, Noise("x", 20, 3)), seed: 2).Recording;
        HiddenMarkovData data = HiddenMarkovData.Of(model, recording);
        RandomStream stream = new(5);
        double[] point = [.. HiddenMarkovScore.Pack(model).Select(value => value + (0.2 * stream.NextGaussian()))];
        HiddenMarkovModel At(double[] parameters) => HiddenMarkovScore.Unpack(model, parameters);
        double[] score = HiddenMarkovScore.Of(At(point), data, CancellationToken.None).Gradient;
        Assert.Equal(isDriven ? 12 : 6, score.Length);
        Assert.Equal(score.Length, HiddenMarkovScore.Names(model).Distinct(StringComparer.Ordinal).Count());
        for (int i = 0; i < point.Length; i++)
        {
            double[] above = [.. point], below = [.. point];
            above[i] += Step;
            below[i] -= Step;
            StatisticalAssert.Close((At(above).LogLikelihood(recording) - At(below).LogLikelihood(recording)) / (2 * Step), score[i], 1e-5);
        }
    }

    [Fact]
    public void Fit_OneState_IsThePoissonProcess()
    {
        Recording recording = BayesianDecoderTests.Poisson(["a", "b"], TimeIntervals.Of(0, 50), 10, 1);
        HiddenMarkovFit fit = new HiddenMarkovSpecification { StateCount = 1, BinWidth = 0.05 }.Fit(recording);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        for (int unit = 0; unit < 2; unit++)
        {
            StatisticalAssert.Close(recording[unit].Count / 50.0, fit.Model.Rate(0, unit), 1e-9);
            StatisticalAssert.Close(1 / Math.Sqrt(recording[unit].Count), fit.StandardErrors[unit], relative: 1e-6);
        }
    }

    // 12 recordings of 200 s, 6 parameters each. Every z below 4.5: false-alarm rate 72 * 6.8e-6; their mean square over 72 is 1 within 4 of
    // its standard errors √(2/72).
    [Fact]
    public void Fit_SimulatedRecordings_RecoverTheTruthWithinTheirErrors()
    {
        HiddenMarkovModel truth = HiddenMarkovModelTests.TwoStates();
        double[] expected = HiddenMarkovScore.Pack(truth);

        // States are numbered by mean rate, which is that of the truth: 19 and 26 Hz.
        List<double> scores = [];
        for (ulong seed = 0; seed < 12; seed++)
        {
            Recording recording = truth.SimulateWithStates(HiddenMarkovModelTests.Conditions(200), 40 + seed).Recording;
            HiddenMarkovFit fit = new HiddenMarkovSpecification { BinWidth = 0.05 }.Fit(recording, new HiddenMarkovFitOptions { Starts = 4, Seed = seed });
            Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
            Assert.True(fit.Certificate.NewtonDecrement <= 1e-10);
            Assert.True(fit.LogLikelihood >= truth.LogLikelihood(recording));
            scores.AddRange(expected.Select((value, i) => (fit.Parameters[i] - value) / fit.StandardErrors[i]));
        }

        Assert.All(scores, z => Assert.True(Math.Abs(z) < 4.5, $"z = {z}"));
        StatisticalAssert.WithinStandardErrors(scores.Average(z => z * z), 1, Math.Sqrt(2.0 / scores.Count));
    }

    [Fact]
    public void Fit_InputDrivenTransitionsAndRates_AreRecovered()
    {
        HiddenMarkovModel truth = Driven();
        (Recording recording, int[] states) = truth.SimulateWithStates(HiddenMarkovModelTests.Conditions(400, Noise("x", 400, 8)), seed: 9);
        HiddenMarkovFit fit = Specification(2, isDriven: true).Fit(recording, new HiddenMarkovFitOptions { Starts = 3 });
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        double[] expected = HiddenMarkovScore.Pack(truth);
        for (int i = 0; i < expected.Length; i++) StatisticalAssert.WithinStandardErrors(fit.Parameters[i], expected[i], fit.StandardErrors[i]);

        // The path it finds is the path that was drawn, in most bins.
        StateSegmentation segmentation = fit.Model.Segment(recording);
        double agreement = states.Where((state, bin) => segmentation.Path[bin] == state).Count() / (double)states.Length;
        Assert.True(agreement > 0.9, $"{agreement}");
    }

    [Fact]
    public void Fit_Threads_ChangeNothing()
    {
        Recording recording = HiddenMarkovModelTests.TwoStates().SimulateWithStates(HiddenMarkovModelTests.Conditions(30), 4).Recording;
        HiddenMarkovSpecification specification = new() { BinWidth = 0.05 };
        HiddenMarkovFit one = specification.Fit(recording, new HiddenMarkovFitOptions { Starts = 4, Threads = 1 });
        HiddenMarkovFit many = specification.Fit(recording, new HiddenMarkovFitOptions { Starts = 4, Threads = 4 });
        Assert.Equal(one.Parameters, many.Parameters);
        Assert.Equal(one.StartLogLikelihoods.ToArray(), many.StartLogLikelihoods.ToArray());
    }

    [Fact]
    public void Fit_UnitSilentInAState_SaysSo()
    {
        HiddenMarkovModel truth = HiddenMarkovModel.FromProbabilities(
            ["a", "b"], 0.1, [0.5, 0.5], new double[,] { { 0.95, 0.05 }, { 0.05, 0.95 } }, new double[,] { { 0, 30 }, { 60, 30 } });
        HiddenMarkovFit fit = new HiddenMarkovSpecification { BinWidth = 0.1 }.Fit(truth.SimulateWithStates(HiddenMarkovModelTests.Conditions(60), 3).Recording);
        Assert.Equal(FitStatus.Separated, fit.Certificate.Status);
        Assert.Contains("log rate: state 0, unit a", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.True(double.IsNaN(fit.StandardErrors[0]));
        Assert.True(fit.Model.Rate(0, 0) < 1e-5);
    }

    // Three states for a Poisson process: a fit counts as converged only if every parameter has a standard error, and one state is preferred.
    [Fact]
    public void Fit_TooManyStates_NeverHasErrorsWithoutInformation()
    {
        Recording recording = BayesianDecoderTests.Poisson(["a"], TimeIntervals.Of(0, 30), 20, 12);
        HiddenMarkovFit fit = new HiddenMarkovSpecification { StateCount = 3, BinWidth = 0.1 }.Fit(recording, new HiddenMarkovFitOptions { Starts = 3 });
        Assert.True(fit.Certificate.IsConverged == (fit.StandardErrors.All(double.IsFinite) && fit.Certificate.NewtonDecrement <= 1e-10), fit.Certificate.Message);
        HiddenMarkovFit one = new HiddenMarkovSpecification { StateCount = 1, BinWidth = 0.1 }.Fit(recording);
        Assert.True(one.Bic < fit.Bic);
    }

    [Fact]
    public void Fit_BadInput_IsNamed()
    {
        Recording recording = BayesianDecoderTests.Poisson(["a"], TimeIntervals.Of(0, 1), 10, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new HiddenMarkovSpecification { StateCount = 0 }.Fit(recording));
        Assert.Throws<InvalidRecordingException>(() => new HiddenMarkovSpecification { StateCount = 3, BinWidth = 0.5 }.Fit(recording));
        Assert.Throws<ArgumentException>(() => new HiddenMarkovSpecification { TransitionInputs = ["x"] }.Fit(recording));
        Assert.Throws<UnknownUnitException>(() => new HiddenMarkovSpecification { Units = ["z"] }.Fit(recording));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HiddenMarkovSpecification().Fit(recording, new HiddenMarkovFitOptions { Starts = 0 }));
    }

    private static HiddenMarkovSpecification Specification(int states, bool isDriven) =>
        new() { StateCount = states, BinWidth = 0.05, TransitionInputs = isDriven ? ["x"] : [], EmissionInputs = isDriven ? ["x"] : [] };

    // Leaving and rates depend on x; state 1 has the higher mean rates.
    private static HiddenMarkovModel Driven() => new(
        ["a", "b"], 0.05, ["x"], ["x"], [0.5, 0.5], [0, 0, -3.5, 1.2, -3, -0.9, 0, 0],
        [Math.Log(4), 0.3, Math.Log(12), -0.2, Math.Log(25), 0.1, Math.Log(10), 0.4]);

    private static SampledSignal Noise(string name, double duration, ulong seed)
    {
        RandomStream stream = new(seed, unit: 500);
        double[] values = new double[(int)(duration * 20)];
        for (int i = 1; i < values.Length; i++) values[i] = (0.9 * values[i - 1]) + (Math.Sqrt(0.19) * stream.NextGaussian());
        return SampledSignal.Regular(name, values, 0, 20);
    }
}
