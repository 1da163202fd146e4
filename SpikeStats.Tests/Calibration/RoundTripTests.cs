using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.Models.SpikeResponses;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Calibration;

/// <summary>Simulate, fit, recover, rescale. The spike response model stands here; that of the other families is in the files named below.</summary>
/// <remarks>
/// GLM: <see cref="GlmCalibrationTests"/>; Hawkes processes: <see cref="HawkesCalibrationTests"/>, <see cref="SoftplusHawkesCalibrationTests"/>, <see cref="BasisHawkesCalibrationTests"/>; leaky integrate-and-fire by its
/// first passages: <see cref="LeakyPassageCalibrationTests"/>; renewal processes: <see cref="RenewalCalibrationTests"/>; all with the command line in SimulateProcessCommandTests and SimulateGlmCommandTests.
/// </remarks>
public sealed class RoundTripTests
{
    private const double Duration = 400, BinWidth = 0.001, Softness = 0.002;

    private static readonly RaisedCosineLogBasis history = new(4, 0.04), coupling = new(3, 0.03);

    // Nine estimates within 4 standard errors (false-alarm rate 6e-4) and a verdict at the 0.1 % level.
    [Fact]
    public void SpikeResponse_SimulatedAndFittedAsGlm_GivesItsKernelsBack()
    {
        double[] eta = [-0.012, -0.004, -0.002, 0.001], epsilon = [0.001, 0.002, 0.0005];
        EscapeNoise noise = new(25, Softness);
        SpikeResponseNeuron neuron = new()
        {
            Unit = "out",
            Threshold = 0.015,
            MeanInput = 0.0145,
            AfterPotential = new BasisResponse(history, eta),
            Inputs = [new SpikeInfluence("in", new BasisResponse(coupling, epsilon))],
        };
        RandomStream stream = new(seed: 6);
        List<double> times = [];
        for (double time = stream.NextExponential() / 30; time < Duration; time += stream.NextExponential() / 30) times.Add(time);
        Recording input = Recording.FromTrains([SpikeTrain.FromSorted(times.ToArray(), TimeIntervals.Of(0, Duration), "in")]);
        GlmModel model = neuron.ToGlm(BinWidth, noise);
        Recording spikes = Recording.Merge(model.Simulate(input, seed: 7), input);

        GlmFit fit = new GlmSpecification { Target = "out", BinWidth = BinWidth, Terms = [new HistoryTerm(history), new CouplingTerm("in", coupling)], Edge = EdgePolicy.Zero }.Fit(spikes);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        double[] truth = [Math.Log(25) + ((0.0145 - 0.015) / Softness), .. eta.Select(value => value / Softness), .. epsilon.Select(value => value / Softness)];
        for (int i = 0; i < truth.Length; i++) StatisticalAssert.WithinStandardErrors(fit.Coefficients[i], truth[i], fit.StandardErrors[i]);
        double logRatio = 2 * (fit.LogLikelihood - model.LogLikelihood(spikes));
        Assert.InRange(logRatio, 0, 26.1);
        TimeRescalingResult rescaled = TimeRescaling.Test(model, spikes, "out"), refitted = TimeRescaling.Test(fit.Model, spikes, "out");
        Assert.All([rescaled, refitted], result => Assert.True(result.KolmogorovSmirnov.PValue > 1e-3));
    }

    // The neuron in continuous time, judged by the generalised linear model that it tends to: bins of 0.25 ms; one verdict at the 0.1 % level.
    [Fact]
    public void SpikeResponse_InContinuousTime_IsRescaledByItsGlm()
    {
        EscapeNoise noise = new(25, Softness);
        SpikeResponseNeuron neuron = new() { Unit = "out", Threshold = 0.015, MeanInput = 0.0152, AfterPotential = new ExponentialResponse(-0.008, 0.015) };
        Recording silence = Recording.FromFlat(new UnitTable([]), [], [0], TimeIntervals.Of(0, 60));
        Recording spikes = new SpikeResponseGenerator(neuron, silence, noise) { TimeStep = 5e-4 }.Simulate(60, seed: 9);
        Assert.True(TimeRescaling.Test(neuron.ToGlm(2.5e-4, noise), spikes, "out").KolmogorovSmirnov.PValue > 1e-3);
        SpikeResponseNeuron wrong = neuron with { AfterPotential = null };
        Assert.True(TimeRescaling.Test(wrong.ToGlm(2.5e-4, noise), spikes, "out").KolmogorovSmirnov.PValue < 1e-6);
    }
}
