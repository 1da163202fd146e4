namespace SpikeStats.Plotting.Rendering;

/// <summary>The smallest interval that holds the numbers shown along one axis; numbers that are not finite are ignored.</summary>
internal sealed class Extent
{
    // Beyond this the width of an interval would overflow.
    private const double Largest = 1e300;

    private double anchoredLower = double.PositiveInfinity, anchoredUpper = double.NegativeInfinity;
    private double includedLower = double.PositiveInfinity, includedUpper = double.NegativeInfinity;
    private double smallestPositive = double.PositiveInfinity;

    public bool IsEmpty => Lower > Upper;

    public double Lower => Math.Min(anchoredLower, includedLower);

    public double Upper => Math.Max(anchoredUpper, includedUpper);

    /// <summary>The smallest positive number; infinite if there is none. What a logarithmic axis begins with.</summary>
    public double SmallestPositive => smallestPositive;

    /// <summary>Whether the end of the axis keeps clear of the lowest number, so that a point there is not cut in half.</summary>
    public bool IsLowerPadded => includedLower < anchoredLower;

    /// <summary>Whether the end of the axis keeps clear of the highest number.</summary>
    public bool IsUpperPadded => includedUpper > anchoredUpper;

    /// <summary>Takes in a number that the axis should reach beyond.</summary>
    public void Include(double value)
    {
        if (!double.IsFinite(value)) return;
        value = Math.Clamp(value, -Largest, Largest);
        includedLower = Math.Min(includedLower, value);
        includedUpper = Math.Max(includedUpper, value);
        if (value > 0) smallestPositive = Math.Min(smallestPositive, value);
    }

    /// <summary>Takes in a number at which the axis may end.</summary>
    public void Anchor(double value)
    {
        if (!double.IsFinite(value)) return;
        value = Math.Clamp(value, -Largest, Largest);
        anchoredLower = Math.Min(anchoredLower, value);
        anchoredUpper = Math.Max(anchoredUpper, value);
        if (value > 0) smallestPositive = Math.Min(smallestPositive, value);
    }

    /// <summary>Takes in all that another extent holds.</summary>
    public void Merge(Extent other)
    {
        anchoredLower = Math.Min(anchoredLower, other.anchoredLower);
        anchoredUpper = Math.Max(anchoredUpper, other.anchoredUpper);
        includedLower = Math.Min(includedLower, other.includedLower);
        includedUpper = Math.Max(includedUpper, other.includedUpper);
        smallestPositive = Math.Min(smallestPositive, other.smallestPositive);
    }
}
