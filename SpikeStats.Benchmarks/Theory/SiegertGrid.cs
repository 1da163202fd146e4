using SpikeStats.Models.Neurons;

namespace SpikeStats.Benchmarks.Theory;

/// <summary>100,000 inputs of a leaky integrate-and-fire neuron: means from -5 to 45 mV, and noise from 0.5 to 20 mV in equal ratios.</summary>
internal sealed class SiegertGrid
{
    private const int MeanCount = 400;
    private const int SigmaCount = 250;

    public SiegertGrid()
    {
        for (int i = 0; i < MeanCount; i++)
        {
            for (int j = 0; j < SigmaCount; j++)
            {
                Means[(i * SigmaCount) + j] = -5e-3 + (50e-3 * i / (MeanCount - 1));
                Sigmas[(i * SigmaCount) + j] = 0.5e-3 * Math.Pow(40, j / (SigmaCount - 1.0));
            }
        }
    }

    public LeakyIntegrateAndFire Neuron { get; } = new();

    public double[] Means { get; } = new double[MeanCount * SigmaCount];

    public double[] Sigmas { get; } = new double[MeanCount * SigmaCount];
}
