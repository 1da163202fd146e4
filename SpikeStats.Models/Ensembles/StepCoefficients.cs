using SpikeStats.Models.Neurons;
using SpikeStats.Models.ScalarFunctions;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.Ensembles;

/// <summary>What a stretch of whole steps does to the distance d = θ - V of leaky membranes from the threshold: d' = decay d + pull + noise z.</summary>
/// <remarks>
/// A step crosses where d d' is at most an exponential random number times the reach: with the probability of the bridge, or, where the reach is 0, if d' is not
/// positive.
/// </remarks>
internal sealed class StepCoefficients
{
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
        (Inputs, Pulls, Noises, Reaches) = (new WhiteNoiseInput[length], new double[length], new double[length], new double[length]);
    }

    /// <summary>What is left of a distance after a step.</summary>
    public double Decay => 1 - lost;

    public WhiteNoiseInput[] Inputs { get; }

    public double[] Pulls { get; }

    public double[] Noises { get; }

    public double[] Reaches { get; }

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
            Reaches[i] = scheme == SteppingScheme.Bridge ? bridge.Reach(input.Sigma) : 0;
        }
    }
}
