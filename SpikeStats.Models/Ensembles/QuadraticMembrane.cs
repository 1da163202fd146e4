using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Ensembles;

/// <summary>The membrane of the quadratic neuron, by Strang's splitting: half a step of the drift with the mean input, a step of the noise, and the other half.</summary>
/// <remarks>
/// Both parts are exact: about the middle of the parabola τ dw/dt = w²/V_s - b, whose solution is a fraction of linear functions of w(0) with known time to any voltage, infinity included.
/// <b>Source:</b> Strang, SIAM J Numer Anal 5:506 (1968).
/// </remarks>
internal sealed class QuadraticMembrane(QuadraticIntegrateAndFire neuron, SteppingScheme scheme) : Membrane(neuron, scheme)
{
    private readonly double middle = 0.5 * (neuron.Rest + neuron.Onset), depth = 0.25 * (neuron.Onset - neuron.Rest) * (neuron.Onset - neuron.Rest) / neuron.Scale;

    protected override double Exact(double voltage, double span, WhiteNoiseInput input, double gaussian, RandomStream events, out double crossing)
    {
        double step = span / TimeConstant, half = 0.5 * step, barrier = depth - input.Mean;
        voltage = Flow(voltage, half, barrier, out double reached);
        if (reached <= half)
        {
            crossing = reached * TimeConstant;
            return voltage;
        }

        voltage += input.Sigma * Math.Sqrt(step) * gaussian;
        if (voltage >= Threshold)
        {
            crossing = 0.5 * span;
            return voltage;
        }

        voltage = Flow(voltage, half, barrier, out reached);
        crossing = reached <= half ? (0.5 * span) + (reached * TimeConstant) : double.NaN;
        return voltage;
    }

    // Where the drift takes it in a stretch of time, and when it reaches the cut-off; in time constants.
    private double Flow(double voltage, double stretch, double barrier, out double reached)
    {
        double w = voltage - middle, end = Threshold - middle, scale = neuron.Scale, speed = Math.Sqrt(Math.Abs(barrier) / scale), edge = speed * scale;
        if (barrier < 0) reached = (Math.Atan(end / edge) - Math.Atan(w / edge)) / speed;
        else if (w <= edge || end <= edge) reached = double.PositiveInfinity;
        else if (speed == 0) reached = scale * ((1 / w) - (1 / end));
        else reached = Math.Atanh(edge * (end - w) / ((end * w) - (edge * edge))) / speed;
        if (reached <= stretch) return Threshold;
        double passed = barrier < 0 ? Math.Tan(speed * stretch) / speed : speed == 0 ? stretch : Math.Tanh(speed * stretch) / speed;
        return middle + ((w - (barrier * passed)) / (1 - (w * passed / scale)));
    }
}
