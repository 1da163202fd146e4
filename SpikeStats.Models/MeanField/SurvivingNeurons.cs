using SpikeStats.Models.Neurons;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.MeanField;

/// <summary>The neurons of a population by the time since their last spike: voltage, expected number of survivors and its variance.</summary>
/// <remarks>A ring: one place per age, the youngest at <c>newest</c>. Those that have forgotten their reset are counted together.</remarks>
internal sealed class SurvivingNeurons
{
    private readonly EscapeNoiseNeuron neuron;
    private readonly double timeStep, leak, hazardAtReset;
    private readonly int size, refractory, ages;
    private readonly double[] voltages, hazards, survivors, variances;
    private int newest;
    private double freeVoltage, freeHazard, freeSurvivors, freeVariance;

    public SurvivingNeurons(EscapeNoiseNeuron neuron, int size, double mean, double timeStep, double forgottenAfter)
    {
        this.neuron = neuron;
        this.size = size;
        this.timeStep = timeStep;
        leak = Math.Exp(-timeStep / neuron.TimeConstant);
        refractory = (int)Math.Round(neuron.RefractoryPeriod / timeStep);
        ages = refractory + (int)Math.Ceiling(forgottenAfter * neuron.TimeConstant / timeStep);
        (voltages, hazards, survivors, variances) = (new double[ages], new double[ages], new double[ages], new double[ages]);
        Array.Fill(voltages, neuron.Reset);
        hazardAtReset = neuron.Hazard(neuron.Reset);
        Array.Fill(hazards, hazardAtReset);
        (freeVoltage, freeSurvivors) = (mean, size);
        freeHazard = neuron.Hazard(mean);
    }

    /// <summary>Lets all neurons go through a step with an input; the expected number of those that fire.</summary>
    public double Expect(double mean)
    {
        double expected = 0, total = 0, weight = 0, weighted = 0, towards = (1 - leak) * mean;
        Fire(ref freeVoltage, ref freeHazard, ref freeSurvivors, ref freeVariance);
        for (int age = 0; age < ages; age++)
        {
            int k = newest - age;
            if (k < 0) k += ages;
            if (age < refractory) total += survivors[k];
            else Fire(ref voltages[k], ref hazards[k], ref survivors[k], ref variances[k]);
        }

        double correction = weight > 0 ? weighted / weight * (size - total) : 0;
        return Math.Clamp(expected + correction, 0, size);

        void Fire(ref double voltage, ref double hazard, ref double survivor, ref double variance)
        {
            double before = hazard;
            voltage = (leak * voltage) + towards;
            hazard = neuron.Hazard(voltage);
            double probability = Exponentials.OneMinusExp(0.5 * timeStep * (before + hazard)), fired = probability * survivor;
            expected += fired;
            total += survivor;
            weight += variance;
            weighted += probability * variance;
            variance = ((1 - probability) * (1 - probability) * variance) + fired;
            survivor -= fired;
        }
    }

    /// <summary>Begins a new age with those that fired; the oldest join the free ones.</summary>
    public void Renew(double fired)
    {
        newest = newest + 1 == ages ? 0 : newest + 1;
        freeSurvivors += survivors[newest];
        freeVariance += variances[newest];
        (voltages[newest], hazards[newest], survivors[newest], variances[newest]) = (neuron.Reset, hazardAtReset, fired, 0);
    }
}
