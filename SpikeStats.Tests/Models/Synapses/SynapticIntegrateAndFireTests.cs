using System.Text.Json;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.SpikeResponses;
using SpikeStats.Models.Synapses;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Synapses;

/// <summary>The event-driven neuron against the reference, the spike response model, small steps and closed forms.</summary>
public sealed class SynapticIntegrateAndFireTests
{
    private static readonly JsonElement reference = ReferenceFile.Read("synapses").GetProperty("srm_equals_lif");

    public static TheoryData<int> Mixtures => [0, 1, 2, 3];

    [Fact]
    public void ReferenceInput_GivesTheReferenceSpikes_AndThoseOfTheSpikeResponseModel()
    {
        double tau = reference.Number("tau_m") / 1e3, synapse = reference.Number("tau_s") / 1e3, threshold = reference.Number("theta") / 1e3;
        Recording input = Recording.FromTrains([SpikeTrain.FromSorted(reference.GetProperty("input_spikes_ms").Doubles().Select(time => time / 1e3).ToArray(), TimeIntervals.Of(0, 0.3), "in")]);
        LeakyIntegrateAndFire neuron = new() { TimeConstant = tau, Threshold = threshold, Reset = 0, RefractoryPeriod = 0 };
        double weight = reference.Number("I_jump_per_input_spike") / 1e3;
        double[] lif = new SynapticIntegrateAndFire(neuron, input, [new SynapticInput("in", new ExponentialSynapse(synapse), weight)]).Simulate(0.26, 1)[0].Times.ToArray();
        SpikeResponseNeuron response = new()
        {
            Threshold = threshold,
            AfterPotential = new ExponentialResponse(-threshold, tau),
            Inputs = [new SpikeInfluence("in", new SynapticResponse(new ExponentialSynapse(synapse), weight, tau))],
        };
        double[] srm = new SpikeResponseGenerator(response, input).Simulate(0.26, 1)[0].Times.ToArray();
        double[] expected = [.. reference.GetProperty("output_spikes_ms").Doubles().Select(time => time / 1e3)];
        StatisticalAssert.Close(expected, lif, absolute: 6e-17);
        StatisticalAssert.Close(expected, srm, absolute: 6e-17);
        StatisticalAssert.Close(lif, srm, absolute: 6e-17);
    }

    // Excitation and inhibition of all time courses at once, some of them equal to the membrane's; the spike response model sums kernels and searches in steps of 50 µs.
    [Theory]
    [MemberData(nameof(Mixtures))]
    public void Mixture_OfKernels_FiresWhenTheSpikeResponseModelDoes(int seed)
    {
        const double tau = 0.02, threshold = 0.015, mean = 0.012;
        (SynapticKernel Kernel, double Weight)[] kinds =
        [
            (new ExponentialSynapse(0.005), 0.012), (new AlphaSynapse(tau), -0.002), (new DoubleExponentialSynapse(0.0005, tau), 0.003), (new DeltaSynapse(), 0.0007), (new AlphaSynapse(0.002), 0.02),
            (new ExponentialSynapse(0.01), -0.01),
        ];
        RandomStream stream = new((ulong)seed);
        TimeIntervals observed = TimeIntervals.Of(0, 1);
        Recording input = Recording.FromTrains(kinds.Select((_, kind) => SpikeTrain.FromSorted(Poisson(stream, 60, 1), observed, $"{kind}")));
        LeakyIntegrateAndFire neuron = new() { TimeConstant = tau, Threshold = threshold, Reset = 0, RefractoryPeriod = 0 };
        double[] lif = new SynapticIntegrateAndFire(neuron, input, [.. kinds.Select((kind, index) => new SynapticInput($"{index}", kind.Kernel, kind.Weight))], mean).Simulate(1, 1)[0].Times.ToArray();
        SpikeResponseNeuron response = new()
        {
            Threshold = threshold,
            MeanInput = mean,
            AfterPotential = new ExponentialResponse(-threshold, tau),
            Inputs = [.. kinds.Select((kind, index) => new SpikeInfluence($"{index}", new SynapticResponse(kind.Kernel, kind.Weight, tau)))],
        };

        // A jump over the threshold is reset to a fixed voltage by the one and by a fixed amount by the other, so that only trains without one agree; the comparison stops there.
        double[] srm = new SpikeResponseGenerator(response, input) { TimeStep = 5e-5 }.Simulate(1, 1)[0].Times.ToArray();
        int jump = Array.FindIndex(lif, time => input["3"].Times.Contains(time));
        int compared = jump < 0 ? lif.Length : jump + 1;
        Assert.True(compared >= 3, $"{compared} spikes");
        StatisticalAssert.Close(lif.AsSpan(0, compared), srm.AsSpan(0, Math.Min(compared, srm.Length)), absolute: 1e-14);
    }

    [Fact]
    public void Constant_Drive_FiresAtThePeriodOfTheClosedForm()
    {
        LeakyIntegrateAndFire neuron = new();
        Recording silence = Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, 1), "in")]);
        double[] times = new SynapticIntegrateAndFire(neuron, silence, [], meanInput: 0.03).Simulate(1, 1)[0].Times.ToArray();
        double period = neuron.RefractoryPeriod + (neuron.TimeConstant * Math.Log((0.03 - neuron.Reset) / (0.03 - neuron.Threshold)));
        StatisticalAssert.Close(neuron.TimeConstant * Math.Log((0.03 - neuron.Reset) / (0.03 - neuron.Threshold)), times[0], relative: 1e-14);
        for (int i = 1; i < times.Length; i++) StatisticalAssert.Close(period, times[i] - times[i - 1], absolute: 1e-15);
    }

    // A bump that touches the threshold for 4 µs is found; one that misses it by a part in 10⁹ gives no spike.
    [Theory]
    [InlineData(1 + 1e-9, 1)]
    [InlineData(1 - 1e-9, 0)]
    public void Grazing_Bump_IsFoundOrNot(double factor, int expected)
    {
        AlphaSynapse kernel = new(0.002);
        LeakyIntegrateAndFire neuron = new() { Threshold = 0.015, Reset = 0, RefractoryPeriod = 0.05 };
        double peak = kernel.ResponseAt(kernel.ResponseTimeToPeak(neuron.TimeConstant), neuron.TimeConstant) / neuron.TimeConstant;
        Recording input = Recording.FromTrains([SpikeTrain.FromSorted(new double[] { 0.01 }, TimeIntervals.Of(0, 1), "in")]);
        Assert.Equal(expected, new SynapticIntegrateAndFire(neuron, input, [new SynapticInput("in", kernel, factor * neuron.Threshold / peak, 0.003)]).Simulate(1, 1).SpikeCount);
    }

    // While the neuron rests, a delta is lost and a lasting current is not; a delay moves everything.
    [Fact]
    public void Refractory_Neuron_LosesDeltas_AndDelaysCount()
    {
        LeakyIntegrateAndFire neuron = new() { Threshold = 0.015, Reset = 0, RefractoryPeriod = 0.005 };
        Recording input = Recording.FromTrains([SpikeTrain.FromSorted(new double[] { 0.01, 0.012, 0.02 }, TimeIntervals.Of(0, 1), "in")]);
        Recording drawn = new SynapticIntegrateAndFire(neuron, input, [new SynapticInput("in", new DeltaSynapse(), 0.02, 0.001)], unit: "out").Simulate(1, 1);
        StatisticalAssert.Close([0.011, 0.021], drawn["out"].Times, absolute: 1e-16);
        Assert.Contains("Rolle", drawn.LoadReport[0].Message, StringComparison.Ordinal);
        Assert.Throws<UnknownUnitException>(() => new SynapticIntegrateAndFire(neuron, input, [new SynapticInput("other", new DeltaSynapse(), 0.02)]));
    }

    private static double[] Poisson(RandomStream stream, double rate, double duration)
    {
        List<double> times = [];
        for (double time = stream.NextExponential() / rate; time < duration; time += stream.NextExponential() / rate) times.Add(time);
        return [.. times];
    }
}
