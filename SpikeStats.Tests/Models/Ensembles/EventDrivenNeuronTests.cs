using SpikeStats.Models.Drives;
using SpikeStats.Models.Ensembles;
using SpikeStats.Models.Neurons;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Ensembles;

/// <summary>Neurons without noise: against the rate in closed form, against small time steps, and against each other.</summary>
public sealed class EventDrivenNeuronTests
{
    private static readonly PassiveMembrane membrane = new();

    [Fact]
    public void Rate_UnderConstantInput_IsThatOfTheClosedForm()
    {
        foreach (double[] row in ReferenceFile.Read("deterministic-rate").GetProperty("rows").EnumerateArray().Select(row => row.Doubles()))
        {
            LeakyIntegrateAndFire neuron = new() { TimeConstant = row[0], RefractoryPeriod = row[1], Threshold = row[3], Reset = row[4] };
            double interval = row[5] > 0 ? 1e3 / row[5] : 100;
            ReadOnlySpan<double> times = new EventDrivenNeuron(neuron, Waveform.Constant(row[2])).Simulate(5.5 * interval, seed: 1)[0].Times;
            if (row[5] == 0)
            {
                Assert.True(times.IsEmpty);
                continue;
            }

            Assert.True(times.Length >= 5);
            for (int i = 1; i < times.Length; i++) StatisticalAssert.Close(row[5], 1e3 / (times[i] - times[i - 1]), relative: 1e-9);
        }
    }

    [Fact]
    public void Simulate_StepsAndPulses_AgreesWithSmallTimeSteps()
    {
        Waveform mean = Waveform.Step(12e-3, 27e-3, 0.0503).Plus(Waveform.Pulse(-30e-3, 0.1207, 0.011)).Plus(Waveform.Pulse(15e-3, 0.171, 0.02));
        LeakyIntegrateAndFire neuron = new() { RefractoryPeriod = 1.7e-3 };
        List<double> expected = [];
        double voltage = neuron.Reset, restart = 0;
        const double Step = 1e-6;
        for (int i = 0; i < 250_000; i++)
        {
            double time = i * Step;
            if (time < restart) continue;
            voltage += Step / neuron.TimeConstant * (mean.At(time + (0.5 * Step)) - voltage);
            if (voltage < neuron.Threshold) continue;
            expected.Add(time);
            voltage = neuron.Reset;
            restart = time + neuron.RefractoryPeriod;
        }

        Assert.True(expected.Count > 5);
        StatisticalAssert.Close(expected.ToArray(), new EventDrivenNeuron(neuron, mean).Simulate(0.25, 1)[0].Times, absolute: 2e-5);
    }

    [Fact]
    public void Simulate_CurrentAlone_IsThatOfItsMeanInput()
    {
        Waveform current = Waveform.Step(100e-12, 250e-12, 0.1);
        EventDrivenNeuron byCurrent = new(membrane, -60e-3, 2e-3, current);
        EventDrivenNeuron byMean = new(membrane.ToNeuron(-60e-3, 2e-3), Waveform.Step(membrane.MeanInput(100e-12), membrane.MeanInput(250e-12), 0.1));
        StatisticalAssert.Close(byMean.Simulate(0.5, 1)[0].Times, byCurrent.Simulate(0.5, 1)[0].Times, absolute: 1e-12);
    }

    [Fact]
    public void Simulate_OpenConductance_FiresLikeTheFasterMembrane()
    {
        // Five nanosiemens to 0 mV beside 10 nS of leak: two thirds of the time constant, rest at -43.3 mV.
        EventDrivenNeuron neuron = new(membrane, -60e-3, 0, Waveform.Zero, new ConductanceDrive(Waveform.Constant(5e-9), 0));
        ReadOnlySpan<double> times = neuron.Simulate(0.5, 1)[0].Times;
        double target = -65e-3 / 1.5, interval = 20e-3 / 1.5 * Math.Log((target + 60e-3) / (target + 50e-3));
        for (int i = 1; i < times.Length; i++) StatisticalAssert.Close(interval, times[i] - times[i - 1], relative: 1e-10);
    }

    [Fact]
    public void Simulate_ConductanceThatChanges_AgreesWithSmallTimeSteps()
    {
        double[] levels = [.. Enumerable.Range(0, 200).Select(i => 8e-9 * Math.Pow(Math.Sin(0.07 * i), 2))];
        Waveform excitation = Waveform.Sampled(SampledSignal.Regular("g", levels, 0, 1000)), inhibition = Waveform.Pulse(6e-9, 0.08, 0.03);
        EventDrivenNeuron neuron = new(membrane, -60e-3, 2e-3, Waveform.Constant(20e-12), new ConductanceDrive(excitation, 0), new ConductanceDrive(inhibition, -80e-3));
        List<double> expected = [];
        double voltage = -60e-3, restart = 0;
        const double Step = 1e-6, Capacitance = 20e-3 / 100e6;
        for (int i = 0; i < 200_000; i++)
        {
            double time = i * Step;
            if (time < restart) continue;
            double current = ((-65e-3 - voltage) / 100e6) + (excitation.At(time + 1e-9) * (0 - voltage)) + (inhibition.At(time + 1e-9) * (-80e-3 - voltage)) + 20e-12;
            voltage += Step * current / Capacitance;
            if (voltage < -50e-3) continue;
            expected.Add(time);
            voltage = -60e-3;
            restart = time + 2e-3;
        }

        Assert.True(expected.Count > 3);
        StatisticalAssert.Close(expected.ToArray(), neuron.Simulate(0.2, 1)[0].Times, absolute: 2e-5);
    }

    [Fact]
    public void Constructor_DriveThatChangesBetweenBreaks_IsRefused()
    {
        LeakyIntegrateAndFire neuron = new();
        Assert.Throws<ArgumentException>(() => new EventDrivenNeuron(neuron, Waveform.Sine(20e-3, 1e-3, 5)));
        Assert.Throws<ArgumentException>(() => new EventDrivenNeuron(neuron, Waveform.Zero.Plus(Waveform.Ramp(0, 1, 0, 1))));
        Assert.Throws<ArgumentException>(() => new EventDrivenNeuron(membrane, -50e-3, 0, Waveform.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventDrivenNeuron(membrane, -60e-3, 0, Waveform.Zero, new ConductanceDrive(Waveform.Constant(-1e-9), 0)).Simulate(1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConductanceDrive(Waveform.Zero, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventDrivenNeuron(neuron, Waveform.Zero).Simulate(double.NaN, 1));
    }
}
