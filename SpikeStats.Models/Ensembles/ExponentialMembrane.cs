using SpikeStats.Models.Neurons;
using SpikeStats.Models.ScalarFunctions;
using SpikeStats.Models.Theory;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Ensembles;

/// <summary>The membrane of the exponential neuron, by Strang's splitting: half a step of the exponential current alone, a step of leak and noise, and the other half.</summary>
/// <remarks>
/// Both parts are exact: under the current alone e^(-(V - V_T)/Δ) falls at the rate 1/τ, so that the instant at which it reaches the cut-off is known, however steep the rise.
/// <b>Source:</b> Strang, SIAM J Numer Anal 5:506 (1968).
/// </remarks>
internal sealed class ExponentialMembrane(ExponentialIntegrateAndFire neuron, SteppingScheme scheme) : Membrane(neuron, scheme)
{
    protected override double Exact(double voltage, double span, WhiteNoiseInput input, double gaussian, RandomStream events, out double crossing)
    {
        double step = span / TimeConstant, half = 0.5 * step;
        voltage = Rise(voltage, half, out double reached);
        if (reached <= half)
        {
            crossing = reached * TimeConstant;
            return voltage;
        }

        double lost = -Exponentials.MinusOne(-step);
        voltage += (lost * (input.Mean - voltage)) + (input.Sigma * Math.Sqrt(0.5 * lost * (2 - lost)) * gaussian);
        if (voltage >= Threshold)
        {
            crossing = 0.5 * span;
            return voltage;
        }

        voltage = Rise(voltage, half, out reached);
        crossing = reached <= half ? (0.5 * span) + (reached * TimeConstant) : double.NaN;
        return voltage;
    }

    // Where the exponential current takes it in a stretch of time, and when it reaches the cut-off; in time constants.
    private double Rise(double voltage, double stretch, out double reached)
    {
        double growth = Math.Exp((voltage - neuron.Onset) / neuron.Sharpness);
        reached = (1 - Math.Exp((voltage - Threshold) / neuron.Sharpness)) / growth;
        return reached <= stretch ? Threshold : voltage - (neuron.Sharpness * Exponentials.LogOnePlus(-stretch * growth));
    }
}
