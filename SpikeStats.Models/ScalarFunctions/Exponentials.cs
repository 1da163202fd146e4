namespace SpikeStats.Models.ScalarFunctions;

/// <summary>Exponentials and logarithms of one plus something, exact to rounding where the plain formulas cancel or overflow.</summary>
internal static class Exponentials
{
    // Below it the series is exact to rounding and the difference 1 - e^-x would lose three digits and more.
    private const double Small = 1e-3;

    /// <summary>e^x - 1, by Kahan's form.</summary>
    public static double MinusOne(double x)
    {
        double exponential = Math.Exp(x);
        if (exponential == 1) return x;
        if (double.IsInfinity(exponential)) return exponential;
        double difference = exponential - 1;
        return difference == -1 ? -1 : difference * x / Math.Log(exponential);
    }

    /// <summary>1 - e^(-x) for x ≥ 0 without cancellation, for inner loops.</summary>
    public static double OneMinusExp(double x) =>
        x < Small ? x * (1 - (x / 2 * (1 - (x / 3 * (1 - (x / 4 * (1 - (x / 5)))))))) : 1 - Math.Exp(-x);

    /// <summary>log(1 + x), by Kahan's form.</summary>
    public static double LogOnePlus(double x)
    {
        double sum = 1 + x;
        return sum == 1 ? x : Math.Log(sum) * x / (sum - 1);
    }

    /// <summary>log(1 + e^x), which is x for large and e^x for very negative x.</summary>
    public static double Softplus(double x) => x > 0 ? x + LogOnePlus(Math.Exp(-x)) : LogOnePlus(Math.Exp(x));

    /// <summary>1 / (1 + e^-x).</summary>
    public static double Logistic(double x)
    {
        double small = Math.Exp(-Math.Abs(x));
        return (x < 0 ? small : 1) / (1 + small);
    }
}
