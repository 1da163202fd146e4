namespace SpikeStats.Models.ScalarFunctions;

/// <summary>Divided differences of the exponential function: what convolutions of exponentials are made of, safe where two of their rates are equal.</summary>
internal static class DividedExponentials
{
    // Within this spread the series about the mean has reached rounding when it ends; beyond it, the difference loses less than a digit.
    private const double SeriesSpread = 1;
    private const int SeriesTerms = 18;

    /// <summary>(e^x - e^y)/(x - y); e^x if they are equal.</summary>
    public static double Of(double x, double y)
    {
        double distance = Math.Abs(x - y), larger = Math.Exp(Math.Max(x, y));
        return distance == 0 ? larger : larger * -Exponentials.MinusOne(-distance) / distance;
    }

    /// <summary>The divided difference over three points; e^x/2 if they are equal.</summary>
    public static double Of(double x, double y, double z)
    {
        double low = Math.Min(x, Math.Min(y, z)), high = Math.Max(x, Math.Max(y, z)), middle = Math.Max(Math.Min(x, y), Math.Min(Math.Max(x, y), z));
        if (high - low > SeriesSpread) return (Of(middle, high) - Of(low, middle)) / (high - low);

        // e^m Σ h_k / (k + 2)!, h_k the complete homogeneous polynomials of the deviations from the mean m, by Newton's recursion.
        double mean = low + (((middle - low) + (high - low)) / 3), a = low - mean, b = middle - mean, c = high - mean;
        double pairs = (a * b) + (a * c) + (b * c), product = a * b * c;
        double before3 = 0, before2 = 0, before1 = 1, factorial = 2, sum = 0.5;
        for (int k = 1; k <= SeriesTerms; k++)
        {
            double next = (product * before3) - (pairs * before2);
            (before3, before2, before1) = (before2, before1, next);
            factorial *= k + 2;
            sum += next / factorial;
        }

        return Math.Exp(mean) * sum;
    }
}
