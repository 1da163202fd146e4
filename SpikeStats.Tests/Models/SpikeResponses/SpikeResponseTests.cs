using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Models.Renewal;
using SpikeStats.Models.SpikeResponses;
using SpikeStats.Models.Synapses;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.SpikeResponses;

/// <summary>The spike response model: currents, escape noise against renewal theory, and its generalised linear model against the definition.</summary>
public sealed class SpikeResponseTests
{
    private static readonly EscapeNoise noise = new(20, 0.002);

    // Under a constant current the membrane follows R I (1 - e^(-t/τ)); with an after-potential that resets, the neuron is a leaky integrate-and-fire neuron whose period has a closed form.
    [Fact]
    public void Constant_Current_FiresAtTheClosedForm()
    {
        const double tau = 0.02, resistance = 1e8, threshold = 0.015, current = 2.5e-10;
        SampledSignal signal = SampledSignal.Regular("I", Enumerable.Repeat(current, 1000).ToArray(), 0, 1000);
        SpikeResponseNeuron neuron = new() { Threshold = threshold, AfterPotential = new ExponentialResponse(-threshold, tau), Currents = [new CurrentInfluence("I", resistance, tau)] };
        double[] times = new SpikeResponseGenerator(neuron, Empty().WithSignals(signal)).Simulate(1.2, 1)[0].Times.ToArray();
        double period = tau * Math.Log(resistance * current / ((resistance * current) - threshold));
        for (int spike = 0; spike < times.Length; spike++) StatisticalAssert.Close((spike + 1) * period, times[spike], absolute: 1e-13);
        Assert.Equal((int)(1 / period), times.Length);
    }

    // Without an after-potential the neuron is a Poisson process with dead time: the mean interval is within 4 standard errors of theory (false-alarm rate 6e-5).
    [Fact]
    public void Escape_WithoutAfterPotential_HasTheIntervalsOfTheory()
    {
        SpikeResponseNeuron neuron = new() { Threshold = 0.02, MeanInput = 0.0199, RefractoryPeriod = 0.003 };
        double[] times = new SpikeResponseGenerator(neuron, Empty(), noise).Simulate(400, 3)[0].Times.ToArray();
        EscapeRate theory = new(noise.RateAtThreshold, noise.Softness, 0.0199, 0.02, 0.0199, 0.02, 0.003);
        StatisticalAssert.WithinStandardErrors((times[^1] - times[0]) / (times.Length - 1), theory.Mean, Math.Sqrt(theory.Variance / (times.Length - 1)));
    }

    [Fact]
    public void Glm_HasTheIntensityOfTheDefinition()
    {
        (SpikeResponseNeuron neuron, Recording input) = Driven(seed: 2, duration: 2);
        const double binWidth = 0.001;
        GlmModel model = neuron.ToGlm(binWidth, noise);
        Recording both = Recording.FromTrains([SpikeTrain.FromSorted(new double[] { 0.3004, 0.3505, 1.2003 }, input.Observed, "out"), .. input.Trains], signals: input.Signals);
        BinGrid grid = new(input.Observed, binWidth);
        double[] intensity = model.Intensity(both, "out", grid);
        foreach (int bin in (int[])[10, 299, 301, 302, 340, 360, 1200, 1204, 1900])
        {
            double u = neuron.MeanInput, start = bin * binWidth;
            foreach (double time in both["out"].Times) u += Past(bin, time) > 0 ? neuron.AfterPotential!.At(Past(bin, time) * binWidth) : 0;
            foreach (double time in both["in"].Times) u += Past(bin, time) > 0 ? neuron.Inputs[0].Kernel.At(Past(bin, time) * binWidth) : 0;
            double filtered = 0, mean = 0;
            for (int earlier = 0; earlier <= bin; earlier++)
            {
                double drive = 1e8 * input.Signal("I").Values[earlier], decay = Math.Exp(-binWidth / 0.02);
                mean = drive + ((filtered - drive) * (1 - decay) * 0.02 / binWidth);
                filtered = drive + ((filtered - drive) * decay);
            }

            int lag = Enumerable.Range(0, both["out"].Count).Select(spike => Past(bin, both["out"].Times[spike])).Where(past => past > 0).DefaultIfEmpty(99).Min();
            double expected = lag <= 2 ? 0 : noise.Rate(u + mean - neuron.Threshold);
            StatisticalAssert.Close(expected, intensity[bin], relative: 1e-10);
        }

        int Past(int bin, double time) => bin - (int)Math.Floor(time / binWidth);
    }

    // The rate in bins of 0.25 ms against that in continuous time: the difference of two independent runs of 100 s within 4 standard errors of Poissonian counts, an upper bound here, plus 1 % for the bins.
    [Fact]
    public void Glm_AndContinuousTime_FireAtTheSameRate()
    {
        (SpikeResponseNeuron neuron, Recording input) = Driven(seed: 4, duration: 100);
        double continuous = new SpikeResponseGenerator(neuron, input, noise) { TimeStep = 5e-4 }.Simulate(100, 5).SpikeCount, binned = neuron.ToGlm(2.5e-4, noise).Simulate(input, 6).SpikeCount;
        Assert.True(continuous > 500, $"{continuous} spikes");
        StatisticalAssert.Close(continuous, binned, absolute: 4 * Math.Sqrt(continuous + binned), relative: 0.01);
    }

    // Simpson's rule: halving the step changes the same spikes by a sixteenth.
    [Fact]
    public void Escape_InSmallerSteps_ConvergesToFourthOrder()
    {
        SpikeResponseNeuron neuron = new() { Threshold = 0.02, MeanInput = 0.018, AfterPotential = new ExponentialResponse(-0.01, 0.02) };
        double[] First(double step) => new SpikeResponseGenerator(neuron, Empty(), noise) { TimeStep = step }.Simulate(0.4, 8)[0].Times[..3].ToArray();
        double[] exact = First(2e-5), fine = First(2e-3), coarse = First(4e-3);
        double order = Math.Log2(Math.Abs(coarse[2] - exact[2]) / Math.Abs(fine[2] - exact[2]));
        Assert.InRange(order, 2.5, 6);
        StatisticalAssert.Close(exact, First(1e-4), absolute: 1e-10);
    }

    [Fact]
    public void Kernel_InABasis_IsSampledAsTheBasisIs()
    {
        RaisedCosineLogBasis basis = new(4, 0.05);
        double[] coefficients = [-0.01, 0.002, 0.001, -0.0005];
        BasisResponse kernel = new(basis, coefficients);
        Assert.Equal(basis.Sample(0.001, 1).Combine(coefficients), kernel.Sample(0.001, 1));
        double[] values = new double[4];
        basis.EvaluateAt(0.013, values);
        StatisticalAssert.Close(values.Zip(coefficients, (value, coefficient) => value * coefficient).Sum(), kernel.At(0.013), relative: 1e-14);
        Assert.Throws<ArgumentException>(() => new BasisResponse(basis, [1, 2]));
    }

    [Fact]
    public void Neuron_ThatNothingResets_RunsAway()
    {
        SpikeResponseNeuron neuron = new() { Threshold = 0.01, MeanInput = 0.02 };
        Assert.Throws<RunawayException>(() => new SpikeResponseGenerator(neuron, Empty()).Simulate(1, 1));
        Assert.Throws<UnknownUnitException>(() => new SpikeResponseGenerator(neuron with { Inputs = [new SpikeInfluence("x", new ExponentialResponse(1, 1))] }, Empty()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EscapeNoise(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => neuron.ToGlm(0, noise));
    }

    private static Recording Empty() => Recording.FromFlat(new UnitTable([]), [], [0], TimeIntervals.Of(0, 1000));

    private static (SpikeResponseNeuron Neuron, Recording Input) Driven(ulong seed, double duration)
    {
        RandomStream stream = new(seed);
        List<double> times = [];
        for (double time = stream.NextExponential() / 80; time < duration; time += stream.NextExponential() / 80) times.Add(time);
        TimeIntervals observed = TimeIntervals.Of(0, duration);
        double[] current = [.. Enumerable.Range(0, (int)(duration * 1000)).Select(sample => 3e-11 * Math.Sin(2 * Math.PI * 3 * sample / 1000))];
        SpikeResponseNeuron neuron = new()
        {
            Unit = "out",
            Threshold = 0.02,
            MeanInput = 0.012,
            RefractoryPeriod = 0.002,
            AfterPotential = new ExponentialResponse(-0.01, 0.02),
            Inputs = [new SpikeInfluence("in", new SynapticResponse(new AlphaSynapse(0.003), 0.008, 0.01))],
            Currents = [new CurrentInfluence("I", 1e8, 0.02)],
        };
        return (neuron, Recording.FromTrains([SpikeTrain.FromSorted(times.ToArray(), observed, "in")], signals: [SampledSignal.Regular("I", current, 0, 1000)]));
    }
}
