namespace SpikeStats.Plotting;

/// <summary>What one axis of a panel shows: its label, unit, scale and limits.</summary>
/// <remarks>Values are drawn in the unit that is named; whoever makes a panel in milliseconds multiplies by 1000.</remarks>
/// <param name="Label">The quantity, for example <c>Time</c>; wrapped onto several lines where the axis is short.</param>
/// <param name="Unit">Its unit, for example <c>s</c>; empty for a pure number.</param>
public sealed record Axis(string Label, string Unit = "")
{
    /// <summary>The mapping of values to positions.</summary>
    /// <value>Default: linear.</value>
    public AxisScale Scale { get; init; }

    /// <summary>The lower limit, in the unit of the axis; NaN takes it from the data.</summary>
    /// <value>Default: NaN.</value>
    public double Lower { get; init; } = double.NaN;

    /// <summary>The upper limit, in the unit of the axis; NaN takes it from the data.</summary>
    /// <value>Default: NaN.</value>
    public double Upper { get; init; } = double.NaN;

    /// <summary>Names that stand at the positions 0, 1, 2 … in place of numbers; labels are left out evenly where they would overlap.</summary>
    /// <remarks>The limits and the scale of the axis are not used then: each name has a width of one.</remarks>
    /// <value>Default: none, an axis of numbers.</value>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Whether only whole numbers are labelled: trials, units, lags counted in events.</summary>
    /// <value>Default: false.</value>
    public bool IsInteger { get; init; }

    /// <summary>Whether values grow downwards or leftwards, as rows of a matrix do.</summary>
    /// <value>Default: false.</value>
    public bool IsReversed { get; init; }

    /// <summary>Whether the axis has a line, ticks and tick labels; its label is drawn in any case.</summary>
    /// <value>Default: true.</value>
    public bool IsDrawn { get; init; } = true;
}
