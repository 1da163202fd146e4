using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.IntegrateAndFire;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.FirstPassage;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.IntegrateAndFire;

public sealed class DrivenLeakyFitTests
{
    private static readonly LeakyIntegrateAndFire neuron = new();
    private static readonly double[] truth = [14e-3, 4e-3, 4e-3];

    [Fact]
    public void Evaluate_GradientAndHessian_AreThoseOfDifferences()
    {
        Recording recording = Simulated(4, seed: 3);
        PassageWait[] waits = PassageWait.Of(recording["a"], neuron.RefractoryPeriod);
        DrivenLeakyObjective objective = new(new DrivenSolver(new LinearDrive(recording.Signal("drive")), neuron.TimeConstant, 1, 0.05), waits);
        double[] at = [1.4, -0.9, 2.4];

        Evaluation here = objective.Evaluate(at, withCurvature: true, CancellationToken.None);

        Assert.Contains(waits, wait => wait.Duration > DrivenKernel.Memory * neuron.TimeConstant || wait.IsOpen);
        StatisticalAssert.Close(objective.Value(at), here.Value, relative: 1e-12);
        for (int i = 0; i < 3; i++)
        {
            StatisticalAssert.Close(FiniteDifferences.Slope(at, i, objective.Value), here.Gradient[i], absolute: 1e-5, relative: 1e-7);
            for (int j = 0; j <= i; j++)
            {
                int row = j;
                double expected = FiniteDifferences.Slope(at, i, moved => objective.Evaluate(moved, withCurvature: true, CancellationToken.None).Gradient[row]);
                StatisticalAssert.Close(expected, here.Hessian![(i * 3) + j], absolute: 1e-4, relative: 1e-6);
            }
        }
    }

    // Rare spikes: waits that outlast the memory of the kernel.
    [Fact]
    public void Evaluate_LongWaits_GradientIsThatOfDifferences()
    {
        Recording recording = Recording.FromTrains(
            [SpikeTrain.FromSorted(new[] { 0.1, 1.2 }, TimeIntervals.Of(0, 2.2), "a")], signals: [DrivenBridgedNeuron.Sampled(time => Math.Sin(20 * time), 2.2)]);
        DrivenLeakyObjective objective = new(new DrivenSolver(new LinearDrive(recording.Signal("drive")), neuron.TimeConstant, 1, 0.1), PassageWait.Of(recording["a"], neuron.RefractoryPeriod));
        double[] at = [1.8, -0.5, 2.1];

        Evaluation here = objective.Evaluate(at, withCurvature: true, CancellationToken.None);

        for (int i = 0; i < 3; i++) StatisticalAssert.Close(FiniteDifferences.Slope(at, i, objective.Value), here.Gradient[i], absolute: 1e-7, relative: 1e-7);
    }

    // 4 standard errors for each of three parameters: false alarm 1.9e-4. The simulator knows nothing of the density.
    [Fact]
    public void Fit_NeuronOfTheSimulator_RecoversItAndPassesTimeRescalingWhichAConstantInputFails()
    {
        Recording recording = Simulated(40, seed: 5);

        DrivenLeakyFit fit = new DrivenLeakySpecification { Target = "a", Signal = "drive" }.Fit(recording);
        DrivenLeakyFit finer = new DrivenLeakySpecification { Target = "a", Signal = "drive", Step = 3e-4 }.Fit(recording);

        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        Assert.Equal(["mean", "gain", "sigma"], fit.Parameters.Select(parameter => parameter.Name));
        for (int i = 0; i < 3; i++)
        {
            StatisticalAssert.WithinStandardErrors(fit.Parameters[i].Value, truth[i], fit.Parameters[i].StandardError);
            Assert.InRange(Math.Abs(finer.Parameters[i].Value - fit.Parameters[i].Value), 0, 1e-3 * fit.Parameters[i].StandardError);
        }

        Assert.InRange(fit.StepError, 0, 1e-3);
        StatisticalAssert.Close(fit.LogLikelihood, fit.Model.LogLikelihood(recording), relative: 1e-9);
        Assert.InRange(fit.LogLikelihood - fit.ConstantInputLogLikelihood, 50, double.PositiveInfinity);
        RenewalFit constant = new RenewalSpecification { Target = "a", Family = new LeakyPassageFamily() }.Fit(recording);
        Assert.InRange(TimeRescaling.Test(fit.Model, recording, "a").KolmogorovSmirnov.PValue, 1e-3, 1);
        Assert.InRange(TimeRescaling.Test(new DrivenLeakyNeuron("a", neuron, new WhiteNoiseInput(14e-3, 4e-3), "drive", 0), recording, "a").KolmogorovSmirnov.PValue, 0, 1e-6);
        Assert.Equal(constant.LogLikelihood, fit.ConstantInputLogLikelihood);
    }

    // What the spikes do not tell is said: no gain without variation, no other scale of the voltage.
    [Fact]
    public void Fit_OtherScaleOfVoltageAndSignal_IsTheSameFit()
    {
        Recording recording = Simulated(8, seed: 6);
        Recording other = recording.WithSignals(recording.Signal("drive").Select(value => 3 + (0.5 * value)));
        LeakyIntegrateAndFire scaled = neuron with { Threshold = -50e-3, Reset = -70e-3 };

        DrivenLeakyFit one = new DrivenLeakySpecification { Target = "a", Signal = "drive" }.Fit(recording);
        DrivenLeakyFit two = new DrivenLeakySpecification { Target = "a", Signal = "drive", Neuron = scaled }.Fit(other);

        StatisticalAssert.Close(one.LogLikelihood, two.LogLikelihood, absolute: 1e-7);
        StatisticalAssert.Close(2 * one.Parameters[2].Value, two.Parameters[2].Value, relative: 1e-5);
        StatisticalAssert.Close(4 * one.Parameters[1].Value, two.Parameters[1].Value, relative: 1e-5);
        StatisticalAssert.Close(4 * one.Parameters[1].StandardError, two.Parameters[1].StandardError, relative: 1e-4);
        StatisticalAssert.Close(-90e-3 + (2 * one.Parameters[0].Value) - (3 * two.Parameters[1].Value), two.Parameters[0].Value, absolute: 1e-6);
    }

    [Fact]
    public void Fit_DriveThatVariesBeforeTheFirstSpikeOnly_SaysThatTheGainIsNotTold()
    {
        Recording recording = Simulated(3, seed: 1);
        Recording later = Recording.FromTrains([recording["a"].Restrict(TimeIntervals.Of(1e-9, 3))], signals: [DrivenBridgedNeuron.Sampled(time => time < 1e-3 ? 0 : 1, 3)]);

        DrivenLeakyFit fit = new DrivenLeakySpecification { Target = "a", Signal = "drive" }.Fit(later);

        Assert.Equal(FitStatus.RankDeficient, fit.Certificate.Status);
        Assert.Equal(2, fit.Certificate.Rank);
        Assert.Contains("does not vary", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.All(fit.Parameters, parameter => Assert.True(double.IsNaN(parameter.StandardError)));
    }

    [Fact]
    public void Fit_ImpossibleRequest_IsRefused()
    {
        Recording recording = Simulated(3, seed: 1);
        DrivenLeakySpecification asked = new() { Target = "a", Signal = "drive" };
        Recording still = recording.WithSignals(DrivenBridgedNeuron.Sampled(_ => 1, 3));

        Assert.Contains("does not vary", Assert.Throws<InvalidRecordingException>(() => asked.Fit(still)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => (asked with { Step = -1 }).Fit(recording));
        Assert.Throws<UnknownUnitException>(() => (asked with { Target = "b" }).Fit(recording));
        Assert.Throws<InvalidRecordingException>(() => (asked with { Neuron = neuron with { RefractoryPeriod = 0.05 } }).Fit(recording));
    }

    private static Recording Simulated(double duration, ulong seed) =>
        DrivenBridgedNeuron.Train(neuron, truth[0], truth[1], truth[2], time => Math.Sin(2 * Math.PI * 5 * time), duration, seed);
}
