using System.Globalization;

namespace SpikeStats.Cli.Output;

/// <summary>Numbers for people, in the invariant culture. Machines read the JSON document, which is exact.</summary>
internal static class NumberText
{
    private const double SmallestFixed = 1e-4;

    /// <summary>A number of things, with their name in the singular or plural.</summary>
    public static string Count(long count, string thing) => $"{Count(count)} {thing}{(count == 1 ? "" : "s")}";

    /// <summary>A whole number.</summary>
    public static string Count(long count) => count.ToString(CultureInfo.InvariantCulture);

    /// <summary>Four significant digits; a dash where there is no number.</summary>
    public static string Of(double value) => Of(value, 4);

    /// <summary>A number of significant digits; a dash where there is no number.</summary>
    public static string Of(double value, int digits) => value switch
    {
        double.NaN => "-",
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        0 => "0",
        > -SmallestFixed and < SmallestFixed => value.ToString("0.###e-0", CultureInfo.InvariantCulture),
        _ => value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
    };

    /// <summary>A number of decimal places; a dash where there is no number.</summary>
    public static string Fixed(double value, int decimals) =>
        double.IsFinite(value) ? value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : Of(value);

    /// <summary>An estimate and its standard error, to three significant digits of the error.</summary>
    public static (string Estimate, string StandardError) Estimate(double estimate, double standardError)
    {
        const int Digits = 3, Most = 12;
        if (!double.IsFinite(estimate) || !(standardError > 0) || !double.IsFinite(standardError)) return (Of(estimate, 6), Of(standardError));
        int decimals = Math.Clamp(Digits - 1 - (int)Math.Floor(Math.Log10(standardError)), 0, Most);
        return (Fixed(estimate, decimals), Fixed(standardError, decimals));
    }

    /// <summary>A stretch of time with the unit in which it is a handy number.</summary>
    public static string Seconds(double seconds) => Math.Abs(seconds) switch
    {
        double.NaN => "-",
        0 => "0 s",
        < 1e-3 => Of(seconds * 1e6) + " us",
        < 1 => Of(seconds * 1e3) + " ms",
        _ => Of(seconds, 6) + " s",
    };

    /// <summary>A probability: small ones by their order of magnitude.</summary>
    public static string Probability(double p) => p switch
    {
        double.NaN => "-",
        < 1e-300 => "<1e-300",
        < 1e-3 => p.ToString("0.0e-0", CultureInfo.InvariantCulture),
        _ => p.ToString("F3", CultureInfo.InvariantCulture),
    };
}
