namespace SpikeStats.Models.Bases;

/// <summary>The bump that all raised-cosine bases are made of.</summary>
internal static class RaisedCosine
{
    /// <summary>The width factor of nemos: neighbouring bumps overlap so that interior sums are 2.</summary>
    public const double DefaultWidth = 2;

    /// <summary>(1 + cos(π (x - centre) / halfSupport)) / 2 within the support, 0 outside.</summary>
    public static double Bump(double x, double centre, double halfSupport) =>
        0.5 * (1 + Math.Cos(Math.Clamp(Math.PI * (x - centre) / halfSupport, -Math.PI, Math.PI)));

    /// <summary>Evenly spaced bumps from 0 to <paramref name="lastPeak"/> whose half support is width spacings.</summary>
    public static void Evaluate(double x, double lastPeak, double width, Span<double> values)
    {
        double spacing = lastPeak / (values.Length - 1);
        for (int k = 0; k < values.Length; k++) values[k] = Bump(x, k * spacing, width * spacing);
    }

    /// <summary>Where bumps begin, peak or end.</summary>
    public static IEnumerable<double> Kinks(int functionCount, double lastPeak, double width)
    {
        double spacing = lastPeak / (functionCount - 1);
        return Enumerable.Range(0, functionCount).SelectMany(k => (double[])[(k - width) * spacing, k * spacing, (k + width) * spacing]);
    }

    public static void Validate(int functionCount, double width)
    {
        if (functionCount < 2)
            throw new ArgumentOutOfRangeException(nameof(functionCount), functionCount, "A raised-cosine basis needs at least two functions.");
        // Otherwise the bumps of the interior do not add up to a constant.
        if (!(width > 1) || 2 * width != Math.Floor(2 * width) || !double.IsFinite(width))
            throw new ArgumentOutOfRangeException(nameof(width), width, "The width must be greater than 1 and a multiple of 0.5.");
    }
}
