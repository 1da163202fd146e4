using System.Globalization;

namespace SpikeStats.Cli.Reporting;

/// <summary>Numbers as a page shows them, with a true minus sign.</summary>
internal static class HtmlText
{
    /// <summary>A number with some significant digits; a dash where there is none.</summary>
    public static string Number(double value, int digits = 3) => value switch
    {
        double.NaN => "–",
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "−∞",
        0 => "0",
        > -1e-4 and < 1e-4 => Signed(value.ToString("0.#e-0", CultureInfo.InvariantCulture)),
        _ when Math.Abs(value) >= Math.Pow(10, digits) => Signed(value.ToString("F0", CultureInfo.InvariantCulture)),
        _ => Signed(value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
    };

    /// <summary>A number with some decimal places; a dash where there is none.</summary>
    public static string Fixed(double value, int decimals) =>
        double.IsFinite(value) ? Signed(value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)) : Number(value);

    /// <summary>A share in per cent.</summary>
    public static string Percent(double share, int decimals = 1) => double.IsNaN(share) ? "–" : Fixed(100 * share, decimals) + "\u00a0%";

    /// <summary>A probability as markup; small ones as a bound.</summary>
    public static string Probability(double p) => p < 0.001 ? "&lt;\u00a00.001" : Fixed(p, 3);

    /// <summary>A whole number, thousands parted by thin spaces.</summary>
    public static string Count(long count)
    {
        string digits = count.ToString(CultureInfo.InvariantCulture);
        for (int place = digits.Length - 3; place > 0 && digits.Length > 4; place -= 3) digits = digits.Insert(place, "\u202f");
        return digits;
    }

    /// <summary>A whole number and its noun, in the plural but for one.</summary>
    public static string Count(long count, string noun) => $"{Count(count)}\u00a0{noun}{(count == 1 ? "" : "s")}";

    private static string Signed(string number) => number.Replace('-', '−');
}
