using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Documents;

/// <summary>A leaky integrate-and-fire neuron and its input.</summary>
internal sealed record LifPoint(LeakyIntegrateAndFire Neuron, WhiteNoiseInput Input);
