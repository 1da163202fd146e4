using SpikeStats.Plotting.Layers;

namespace SpikeStats.Plotting;

/// <summary>One pair of axes and what is drawn between them.</summary>
public sealed record Panel
{
    /// <summary>The horizontal axis.</summary>
    public required Axis X { get; init; }

    /// <summary>The vertical axis.</summary>
    public required Axis Y { get; init; }

    /// <summary>What is drawn, from back to front.</summary>
    /// <remarks>Labelled layers form the legend, which stands above the axes.</remarks>
    /// <value>Default: nothing.</value>
    public IReadOnlyList<Layer> Layers { get; init; } = [];

    /// <summary>A heading above the panel.</summary>
    /// <value>Default: none.</value>
    public string Title { get; init; } = "";

    /// <summary>A number or remark that stands beside the legend, where it can cover nothing.</summary>
    /// <value>Default: none.</value>
    public string Remark { get; init; } = "";

    /// <summary>The height as a ratio to that of the other rows of the figure.</summary>
    /// <value>Default: 1.</value>
    public double Weight { get; init; } = 1;

    /// <summary>The ratio of width to height of the area between the axes; NaN fills the room there is.</summary>
    /// <value>Default: NaN.</value>
    public double AspectRatio { get; init; } = double.NaN;
}
