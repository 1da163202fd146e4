using SpikeStats.Models.Cable;
using SpikeStats.Models.Drives;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Statistics;

namespace SpikeStats.Tests.Models.Cable;

/// <summary>Compartments against closed forms: steady states, a step on a long cable, and a soma without dendrite that is a leaky integrate-and-fire neuron.</summary>
public sealed class CableNeuronTests
{
    // So small a soma that the dendrite alone counts.
    private static readonly SpikingSoma point = new() { Diameter = 1e-9, Threshold = double.PositiveInfinity };

    // SpikeStats.Tests/Reference/cable.json: relative errors of the input resistance of 1 mm in n compartments.
    [Theory]
    [InlineData(20, 0.0005352432680649777)]
    [InlineData(40, 0.00013382798034933252)]
    [InlineData(80, 3.3458068364522475e-05)]
    [InlineData(160, 8.3645832789081e-06)]
    public void InputResistance_HasTheErrorOfSecondOrderInLength(int compartments, double expected)
    {
        double volts = Steady([new CableSection(CableSection.Soma, 1e-3, 2e-6) { CompartmentCount = compartments }], CableSite.Soma);
        double error = (volts / 1e-12 / new PassiveCable(2e-6).SealedResistance(1e-3)) - 1;
        Assert.Equal(expected, error, 1e-7);
    }

    [Fact]
    public void VoltageAtTheEnd_IsAttenuatedAsTheoryPredicts()
    {
        CableSection[] dendrite = [new(CableSection.Soma, 1e-3, 2e-6) { CompartmentCount = 200 }];
        double ratio = Steady(dendrite, CableSite.Of(0, 1)) / Steady(dendrite, CableSite.Soma);
        Assert.Equal(0.5409600990622745, ratio, 1e-4);
    }

    [Fact]
    public void TransferResistance_IsTheSameBothWays()
    {
        CableSection[] dendrite = [new(CableSection.Soma, 3e-4, 2e-6), new(0, 2e-4, 1e-6), new(0, 4e-4, 1.5e-6)];
        Assert.Equal(Steady(dendrite, CableSite.Of(1, 0.5), CableSite.Of(2, 1)), Steady(dendrite, CableSite.Of(2, 1), CableSite.Of(1, 0.5)), 1e-15);
    }

    [Theory]
    [InlineData(1e-4)]
    [InlineData(2e-4)]
    public void StepResponse_OfALongCable_ConvergesInSecondOrderInTime(double step)
    {
        double coarse = Math.Abs(Error(step)), fine = Math.Abs(Error(step / 2));
        Assert.InRange(Math.Log2(coarse / fine), 1.8, 2.2);

        // Against a step of a sixteenth, so that the error of the compartments drops out.
        double Error(double timeStep) => Response(timeStep) - Response(step / 16);
    }

    [Fact]
    public void StepResponse_OfALongCable_IsTheClosedForm()
    {
        PassiveCable cable = new(2e-6);
        Assert.Equal(cable.StepResponse(cable.LengthConstant, 20e-3), Response(1e-4), 2e-4);
    }

    [Theory]
    [InlineData(1.2)]
    [InlineData(3)]
    public void SomaWithoutDendrite_FiresAtTheRateOfTheLeakyNeuron(double relativeCurrent)
    {
        SpikingSoma soma = new();
        double resistance = 2 / (Math.PI * 20e-6 * 20e-6), mean = relativeCurrent * 15e-3;
        Recording recording = new CableNeuron(soma, [], [new CableInjection(CableSite.Soma, Waveform.Constant(mean / resistance))]).Simulate(1, seed: 0);
        LeakyIntegrateAndFire neuron = new() { Threshold = 15e-3, Reset = 0 };
        double expected = 1 / DeterministicRate.At(neuron, mean);
        foreach (double interval in InterspikeIntervals.Of(recording[0]).ToArray()) Assert.Equal(expected, interval, 2e-7);

        // It starts from the reset without a refractory period.
        Assert.Equal((long)Math.Floor((1 + neuron.RefractoryPeriod) / expected), recording.SpikeCount);
    }

    [Fact]
    public void SpikeTimes_ConvergeInSecondOrder()
    {
        CableSection[] dendrite = [new(CableSection.Soma, 4e-4, 2e-6), new(0, 2e-4, 1e-6), new(0, 4e-4, 1.5e-6)];
        double[] exact = Spikes(1e-5), coarse = Spikes(4e-4), fine = Spikes(2e-4);
        Assert.True(exact.Length >= 4);
        Assert.Equal((exact.Length, exact.Length), (coarse.Length, fine.Length));
        double ratio = exact.Zip(coarse, (a, b) => Math.Abs(a - b)).Max() / exact.Zip(fine, (a, b) => Math.Abs(a - b)).Max();
        Assert.InRange(ratio, 3, 5.5);

        double[] Spikes(double step) => new CableNeuron(new SpikingSoma(), dendrite, [new CableInjection(CableSite.Of(2, 0.8), Waveform.Sine(0.9e-9, 0.4e-9, 17))]) { TimeStep = step }
            .Simulate(0.2, seed: 0)[0].Times.ToArray();
    }

    [Fact]
    public void HeldSoma_StaysAtTheReset_ForTheRefractoryPeriod()
    {
        Recording recording = new CableNeuron(
            new SpikingSoma { RefractoryPeriod = 5e-3 }, [], [new CableInjection(CableSite.Soma, Waveform.Constant(1e-9))])
        { RecordedSites = [CableSite.Soma], TimeStep = 1e-5 }.Simulate(0.05, seed: 0);
        double spike = recording[0].Times[0];
        SampledSignal voltage = recording.Signal("soma");
        for (int i = 0; i < voltage.Count; i++)
        {
            if (voltage.TimeAt(i) > spike && voltage.TimeAt(i) < spike + 5e-3) Assert.Equal(-0.065, voltage.Values[i], 1e-15);
        }

        Assert.All(InterspikeIntervals.Of(recording[0]).ToArray(), interval => Assert.True(interval > 5e-3));
    }

    [Fact]
    public void ShortPulseBetweenSteps_IsNotMissed()
    {
        CableNeuron neuron = new(
            new SpikingSoma { Threshold = double.PositiveInfinity }, [], [new CableInjection(CableSite.Soma, Waveform.Pulse(1e-6, 1.5e-4, 1e-6))])
        { TimeStep = 1e-4, RecordedSites = [CableSite.Soma] };
        double charge = 1e-12, capacitance = Math.PI * 4e-10 * 0.01;
        double[] voltage = neuron.Simulate(1e-3, seed: 0).Signal("soma").Values.ToArray();
        Assert.Equal(charge / capacitance, voltage[2] + 0.065, charge / capacitance * 0.01);
    }

    [Fact]
    public void BadInput_IsNamed()
    {
        Assert.Contains("There is no section 3", Assert.Throws<ArgumentException>(() => new CableNeuron(new SpikingSoma(), [], [new CableInjection(CableSite.Of(3, 0), Waveform.Zero)])).Message, StringComparison.Ordinal);
        Assert.Contains("must lie below the threshold", Assert.Throws<ArgumentException>(() => new CableNeuron(new SpikingSoma { Reset = 0 }, [], [])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => CableSite.Of(0, 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CableNeuron(new SpikingSoma(), [], []).Simulate(0, seed: 0));
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => new CableNeuron(new SpikingSoma(), [], []).Simulate(1, seed: 0, cancellationToken: source.Token));
    }

    // The final voltage, from rest, of one picoampere at the first place (the soma if only one is given), at the last.
    private static double Steady(CableSection[] dendrite, params CableSite[] places)
    {
        CableSite from = places.Length == 1 ? CableSite.Soma : places[0];
        CableNeuron neuron = new(point, dendrite, [new CableInjection(from, Waveform.Constant(1e-12))]) { TimeStep = 5e-3, RecordedSites = [places[^1]] };
        return neuron.Simulate(1, seed: 0).Signal(places[^1].ToString()).Values[^1] - point.RestingPotential;
    }

    // One length constant from the beginning of a cable of eight, one time constant after the switch, relative to the final voltage at the beginning.
    private static double Response(double timeStep)
    {
        PassiveCable cable = new(2e-6);
        CableSection[] dendrite = [new(CableSection.Soma, 8.04 * cable.LengthConstant, 2e-6) { CompartmentCount = 804 }];

        // The middle of compartment 100 is at 1.005 length constants, and the soma half a compartment before the first.
        CableNeuron neuron = new(point, dendrite, [new CableInjection(CableSite.Soma, Waveform.Constant(1e-12))]) { TimeStep = timeStep, RecordedSites = [CableSite.Of(0, 99.5 / 804), CableSite.Of(0, 100.5 / 804)] };
        Recording recording = neuron.Simulate(0.02 + timeStep, seed: 0);
        int sample = (int)Math.Round(0.02 / timeStep);
        return recording.Signals.Average(signal => signal.Values[sample] - point.RestingPotential) / 1e-12 / cable.SemiInfiniteResistance;
    }
}
