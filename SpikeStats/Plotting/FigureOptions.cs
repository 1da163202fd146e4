namespace SpikeStats.Plotting;

/// <summary>What the reader of any ready-made figure may want to choose.</summary>
public sealed record FigureOptions
{
    /// <summary>The heading.</summary>
    /// <value>Default: none.</value>
    public string Title { get; init; } = "";

    /// <summary>A sentence to add to the caption, for example the name of the recording.</summary>
    /// <value>Default: none.</value>
    public string Note { get; init; } = "";

    /// <summary>The seed of the random numbers behind the figure, to be named in the caption.</summary>
    /// <value>Default: null, no random numbers.</value>
    public ulong? Seed { get; init; }

    /// <summary>The printed size.</summary>
    /// <value>Default: null, a size that suits the kind of figure.</value>
    public FigureSize? Size { get; init; }
}
