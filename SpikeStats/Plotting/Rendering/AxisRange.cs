namespace SpikeStats.Plotting.Rendering;

/// <summary>The limits of an axis: finite, the lower below the upper by more than rounding, both positive on a logarithmic axis.</summary>
internal readonly record struct AxisRange(double Lower, double Upper)
{
    private const double Padding = 0.06;

    // Ticks count in steps of 1e-9 of the range at best, and doubles resolve 1e-16 of a number.
    private const double SmallestRelativeWidth = 1e-6;
    private const double Smallest = 1e-290;

    /// <summary>The limits that an axis asks for, completed from the data.</summary>
    public static AxisRange Of(Axis axis, Extent extent)
    {
        if (axis.Categories.Count > 0) return new AxisRange(-0.5, axis.Categories.Count - 0.5);
        return axis.Scale == AxisScale.Logarithmic ? Logarithmic(axis, extent) : Linear(axis, extent);
    }

    private static AxisRange Linear(Axis axis, Extent extent)
    {
        (double lower, double upper) = extent.IsEmpty ? (0, 1) : (extent.Lower, extent.Upper);
        double pad = Padding * (upper - lower);
        if (!extent.IsEmpty && extent.IsLowerPadded) lower -= pad;
        if (!extent.IsEmpty && extent.IsUpperPadded) upper += pad;
        if (double.IsFinite(axis.Lower)) lower = axis.Lower;
        if (double.IsFinite(axis.Upper)) upper = axis.Upper;
        double size = Math.Max(Math.Abs(lower), Math.Abs(upper));
        if (upper - lower > Math.Max(SmallestRelativeWidth * size, Smallest)) return new AxisRange(lower, upper);

        // A single value: as much room on either side as makes its magnitude readable. A stated limit stays where it is.
        double room = size < Smallest ? 1 : 0.1 * size;
        return double.IsFinite(axis.Lower) ? new AxisRange(lower, lower + room)
            : double.IsFinite(axis.Upper) ? new AxisRange(upper - room, upper)
            : new AxisRange(lower - room, upper + room);
    }

    private static AxisRange Logarithmic(Axis axis, Extent extent)
    {
        (double lower, double upper) = double.IsFinite(extent.SmallestPositive) ? (extent.SmallestPositive, extent.Upper) : (1, 10);
        double pad = Math.Pow(upper / lower, Padding);
        if (extent.IsLowerPadded || extent.Lower <= 0) lower /= pad;
        if (extent.IsUpperPadded) upper *= pad;
        if (double.IsFinite(axis.Lower) && axis.Lower > 0) lower = axis.Lower;
        if (double.IsFinite(axis.Upper) && axis.Upper > 0) upper = axis.Upper;
        lower = Math.Max(lower, Smallest);
        if (upper > lower * (1 + SmallestRelativeWidth)) return new AxisRange(lower, upper);
        return new AxisRange(lower / 2, Math.Max(upper, lower) * 2);
    }
}
