using SpikeStats.Models.Drives;
using SpikeStats.Statistics;

namespace SpikeStats.Models.Neurons;

/// <summary>A neuron of the literature with the drive under which it shows its pattern.</summary>
/// <typeparam name="T">The kind of neuron.</typeparam>
/// <param name="Name">A short name, as the command line takes it.</param>
/// <param name="Title">What it is, in words.</param>
/// <param name="Neuron">The parameters.</param>
/// <param name="Level">The constant drive from time 0, in the unit that the neuron takes: amperes, volts per second or amperes per square metre.</param>
/// <param name="Pattern">What <see cref="FiringPatternReport"/> makes of its train in the time of the source. It is what the model does, which the name in the literature need not say.</param>
public sealed record NeuronPreset<T>(string Name, string Title, T Neuron, double Level, FiringPattern Pattern)
    where T : SmoothNeuron
{
    /// <summary>The drive: constant from time 0.</summary>
    public Waveform Drive => Waveform.Constant(Level);
}
