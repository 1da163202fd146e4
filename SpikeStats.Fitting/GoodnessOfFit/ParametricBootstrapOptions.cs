namespace SpikeStats.Fitting.GoodnessOfFit;

/// <summary>Options of <see cref="ParametricBootstrap"/>.</summary>
public sealed record ParametricBootstrapOptions
{
    /// <summary>Number of simulated and refitted recordings; the p-value is a multiple of 1 / (this + 1).</summary>
    /// <value>199 by default.</value>
    public int Replicates { get; init; } = 199;

    /// <summary>Seed of the simulations.</summary>
    /// <value>0 by default.</value>
    public ulong Seed { get; init; }

    /// <summary>How each recording is rescaled; the seed of the draws is taken from <see cref="Seed"/>.</summary>
    public TimeRescalingOptions TimeRescaling { get; init; } = new();

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Replicates, 1);
        ArgumentNullException.ThrowIfNull(TimeRescaling);
        TimeRescaling.Validate();
    }
}
