namespace SpikeStats.Models.ScalarFunctions;

/// <summary>The minimum of a function with a single one between two bounds, by golden section.</summary>
internal static class GoldenSection
{
    private const int Steps = 80;
    private static readonly double golden = 0.5 * (Math.Sqrt(5) - 1);

    /// <summary>Where the function is least, to a share of the upper bound; no more than half the digits of a double can be told.</summary>
    public static double Minimum(Func<double, double> function, double low, double high, double precision)
    {
        double left = high - (golden * (high - low)), right = low + (golden * (high - low)), atLeft = function(left), atRight = function(right);
        for (int i = 0; i < Steps && high - low > precision * Math.Abs(high); i++)
        {
            if (atLeft <= atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - (golden * (high - low));
                atLeft = function(left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + (golden * (high - low));
                atRight = function(right);
            }
        }

        return 0.5 * (low + high);
    }
}
