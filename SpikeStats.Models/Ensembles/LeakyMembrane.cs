using SpikeStats.Models.Neurons;
using SpikeStats.Models.ScalarFunctions;
using SpikeStats.Models.Theory;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Ensembles;

/// <summary>The leaky membrane: an Ornstein-Uhlenbeck process, stepped by its exact law.</summary>
internal sealed class LeakyMembrane(LeakyIntegrateAndFire neuron, SteppingScheme scheme) : Membrane(neuron, scheme)
{
    // No exponential random number of a stream is larger.
    private const double LargestExponential = 38;

    protected override double Exact(double voltage, double span, WhiteNoiseInput input, double gaussian, RandomStream events, out double crossing)
    {
        double step = span / TimeConstant, lost = Exponentials.OneMinusExp(step);
        double end = voltage + (lost * (input.Mean - voltage)) + (input.Sigma * Math.Sqrt(0.5 * lost * (2 - lost)) * gaussian);
        double before = Threshold - voltage, after = Threshold - end;
        crossing = double.NaN;
        if (Scheme != SteppingScheme.Bridge)
        {
            if (after <= 0) crossing = span;
            return end;
        }

        BridgeClock clock = new(step, lost);
        if (after > 0)
        {
            double exponent = input.Sigma > 0 ? clock.Exponent(input.Sigma) * before * after : double.PositiveInfinity;
            if (exponent > LargestExponential || exponent > events.NextExponential()) return end;
        }

        crossing = TimeConstant * clock.Instant(before, after, input, Threshold, events);
        return end;
    }
}
