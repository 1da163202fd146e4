using SpikeStats.Models.Neurons;
using SpikeStats.Models.ScalarFunctions;
using SpikeStats.Models.Theory;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Ensembles;

/// <summary>What a stretch of whole steps does to the distance d = θ - V of leaky membranes from the threshold: d' = decay d + pull + noise z.</summary>
/// <remarks>
/// A step crosses where exponent d d' is less than an exponential random number: with the probability of the bridge, or, where the exponent is infinite, if d' is negative. That is
/// out of the question where d d' is not below <see cref="Bounds"/>, for the random number has an upper end.
/// </remarks>
internal sealed class StepCoefficients
{
    private static readonly double largestExponential = -Math.Log(RandomLanes.HalfSpacing);

    private readonly LeakyIntegrateAndFire neuron;
    private readonly EnsembleDrive drive;
    private readonly EnsembleClock clock;
    private readonly SteppingScheme scheme;
    private readonly BridgeClock bridge;
    private readonly double lost, scale;
    private bool isLoaded;

    public StepCoefficients(LeakyIntegrateAndFire neuron, EnsembleDrive drive, EnsembleClock clock, SteppingScheme scheme, int length)
    {
        (this.neuron, this.drive, this.clock, this.scheme) = (neuron, drive, clock, scheme);
        double step = clock.TimeStep / neuron.TimeConstant;
        lost = scheme == SteppingScheme.Euler ? step : Exponentials.OneMinusExp(step);
        bridge = new BridgeClock(step, lost);
        scale = scheme == SteppingScheme.Euler ? Math.Sqrt(step) : Math.Sqrt(0.5 * lost * (2 - lost));
        (Inputs, Pulls, Noises, Exponents, Bounds) = (new WhiteNoiseInput[length], new double[length], new double[length], new double[length], new double[length]);
    }

    /// <summary>What is left of a distance after a step.</summary>
    public double Decay => 1 - lost;

    public WhiteNoiseInput[] Inputs { get; }

    public double[] Pulls { get; }

    public double[] Noises { get; }

    public double[] Exponents { get; }

    public double[] Bounds { get; }

    /// <summary>Computes them for the steps from a given one on.</summary>
    public void Load(long first)
    {
        if (drive.IsConstant && isLoaded) return;
        isLoaded = true;
        for (int i = 0; i < Inputs.Length; i++)
        {
            WhiteNoiseInput input = drive.IsConstant && i > 0 ? Inputs[0] : drive.At(clock.MiddleOf(Math.Min(first + i, clock.Steps - 1)));
            Inputs[i] = input;
            Pulls[i] = lost * (neuron.Threshold - input.Mean);
            Noises[i] = scale * input.Sigma;
            Exponents[i] = scheme == SteppingScheme.Bridge ? bridge.Exponent(input.Sigma) : double.PositiveInfinity;
            Bounds[i] = largestExponential / Exponents[i];
        }
    }
}
