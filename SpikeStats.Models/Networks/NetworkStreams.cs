namespace SpikeStats.Models.Networks;

/// <summary>Which random stream of a neuron serves what: the trials of <see cref="RandomStreams.RandomStream"/>.</summary>
internal static class NetworkStreams
{
    /// <summary>The initial voltage.</summary>
    public const uint InitialTrial = 0;

    /// <summary>The noise of the background.</summary>
    public const uint NoiseTrial = 1;

    /// <summary>The first Poisson drive; those after it follow.</summary>
    public const uint DriveTrial = 1u << 16;

    /// <summary>The sources of the first projection; those after it follow.</summary>
    public const uint ConnectionTrial = 2u << 16;
}
