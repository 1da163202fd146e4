using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Ensembles;

/// <summary>Moves the voltage of one neuron over a stretch of time under constant input, by one of the schemes.</summary>
internal abstract class Membrane(IntegrateAndFireNeuron neuron, SteppingScheme scheme)
{
    protected SteppingScheme Scheme { get; } = scheme;

    protected double TimeConstant { get; } = neuron.TimeConstant;

    protected double Threshold { get; } = neuron.Threshold;

    /// <summary>The membrane of a neuron.</summary>
    public static Membrane Of(IntegrateAndFireNeuron neuron, SteppingScheme scheme) => neuron switch
    {
        LeakyIntegrateAndFire leaky => new LeakyMembrane(leaky, scheme),
        ExponentialIntegrateAndFire exponential => new ExponentialMembrane(exponential, scheme),
        QuadraticIntegrateAndFire quadratic => new QuadraticMembrane(quadratic, scheme),
        _ => throw new ArgumentException($"There is no scheme for neurons of type {neuron.GetType().Name}.", nameof(neuron)),
    };

    /// <summary>Moves the voltage.</summary>
    /// <param name="voltage">Where it is, below the threshold.</param>
    /// <param name="span">How long, in seconds.</param>
    /// <param name="input">Mean and noise.</param>
    /// <param name="gaussian">A standard normal number.</param>
    /// <param name="events">The stream of further random numbers.</param>
    /// <param name="crossing">When it first crosses the threshold, in seconds from the beginning; NaN if it does not.</param>
    /// <returns>Where it is at the end; without meaning after a crossing.</returns>
    public double Advance(double voltage, double span, WhiteNoiseInput input, double gaussian, RandomStream events, out double crossing)
    {
        if (Scheme != SteppingScheme.Euler)
        {
            double moved = Exact(voltage, span, input, gaussian, events, out crossing);
            if (Scheme == SteppingScheme.Grid && !double.IsNaN(crossing)) crossing = span;
            return moved;
        }

        double step = span / TimeConstant, end = voltage + (step * (neuron.Drift(voltage) + input.Mean)) + (input.Sigma * Math.Sqrt(step) * gaussian);
        crossing = end >= Threshold ? span : double.NaN;
        return end;
    }

    /// <summary>The same by exact flows.</summary>
    protected abstract double Exact(double voltage, double span, WhiteNoiseInput input, double gaussian, RandomStream events, out double crossing);
}
