namespace SpikeStats.Models.ScalarFunctions;

/// <summary>The zero of an increasing function, by Newton's method between bounds that close in on it.</summary>
internal static class IncreasingRoot
{
    // Bisection alone crosses all doubles in fewer steps than this.
    private const int MaxSteps = 2200;

    /// <summary>Finds the zero.</summary>
    /// <param name="function">Value and slope; the slope may be missing (NaN or 0), then the bounds are halved.</param>
    /// <param name="low">Where the function is not positive.</param>
    /// <param name="high">Where it is not negative.</param>
    public static double Find(Func<double, (double Value, double Slope)> function, double low, double high)
    {
        double x = low + (0.5 * (high - low));
        for (int step = 0; step < MaxSteps; step++)
        {
            (double value, double slope) = function(x);
            if (value == 0) return x;
            if (value < 0) low = x;
            else high = x;
            double next = x - (value / slope);
            if (Math.Abs(next - x) <= 1e-16 * Math.Abs(x)) return next;
            if (!(next > low && next < high)) next = low + (0.5 * (high - low));
            if (next <= low || next >= high) return next;
            x = next;
        }

        return x;
    }
}
