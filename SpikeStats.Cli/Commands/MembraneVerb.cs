using SpikeStats.Cli.Options;
using SpikeStats.Models.Neurons;

namespace SpikeStats.Cli.Commands;

/// <summary>What distinguishes the verbs that simulate a neuron given by smooth equations.</summary>
/// <param name="Name">The name of the verb.</param>
/// <param name="Description">What it does.</param>
/// <param name="Schema">The schema of its document.</param>
/// <param name="Default">The neuron whose values hold where nothing else is said.</param>
/// <param name="Parameters">What can be set.</param>
/// <param name="Drive">How its drive is written.</param>
/// <param name="Presets">Named neurons, each with its drive.</param>
internal sealed record MembraneVerb<T>(
    string Name, string Description, string Schema, T Default, ParameterTable<T> Parameters, WaveformSyntax Drive, IReadOnlyList<NeuronPreset<T>> Presets)
    where T : SmoothNeuron;
