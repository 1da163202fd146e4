using System.Globalization;

namespace SpikeStats.Plotting.Rendering;

/// <summary>Numbers as a printed figure shows them: invariant culture, a true minus sign, raised exponents.</summary>
internal static class NumberText
{
    private const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>A number with a fixed number of decimals; never a negative zero.</summary>
    public static string Fixed(double value, int decimals)
    {
        string text = value.ToString("F" + Math.Min(decimals, 15).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return text.StartsWith('-') && text.AsSpan().IndexOfAnyInRange('1', '9') < 0 ? text[1..] : WithMinus(text);
    }

    /// <summary>A number with at most a number of significant digits, for captions; whole up to a million, a window of hours in seconds. A dash where there is none.</summary>
    public static string Short(double value, int digits = 4)
    {
        if (double.IsNaN(value)) return "–";
        if (Math.Abs(value) is >= 1e4 and < 1e6) return Fixed(value, 0);
        string text = value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E', StringComparison.Ordinal);
        return exponent < 0 ? WithMinus(text)
            : WithMinus(text[..exponent]) + " × " + PowerOfTen(int.Parse(text.AsSpan(exponent + 1), CultureInfo.InvariantCulture));
    }

    /// <summary>10 with a raised exponent.</summary>
    public static string PowerOfTen(int exponent) => "10" + string.Concat(
        exponent.ToString(CultureInfo.InvariantCulture).Select(digit => digit == '-' ? '⁻' : Raised[digit - '0']));

    /// <summary>Replaces the hyphen of a negative number by a minus sign.</summary>
    public static string WithMinus(string number) => number.Replace('-', '−');
}
