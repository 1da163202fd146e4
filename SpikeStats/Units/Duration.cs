using System.Globalization;

namespace SpikeStats.Units;

/// <summary>Reads a stretch of time with its unit, such as <c>20ms</c>, <c>0.5s</c> or <c>250us</c>, into seconds.</summary>
/// <remarks>
/// Units are <c>h</c>, <c>min</c>, <c>s</c>, <c>ms</c> and <c>us</c>. A number without a unit is refused unless it is zero, because
/// nobody can tell whether 20 means seconds or milliseconds.
/// </remarks>
public static class Duration
{
    // Longest suffix first: "ms" also ends in "s".
    private static readonly (string Suffix, Func<double, double> ToSeconds)[] suffixes =
    [
        ("min", static value => value.min), ("ms", static value => value.ms), ("us", static value => value.us),
        ("µs", static value => value.us), ("μs", static value => value.us), ("s", static value => value.s), ("h", static value => value.h),
    ];

    /// <summary>Reads a stretch of time.</summary>
    /// <param name="text">A number and its unit; blanks between them are allowed; a sign is allowed.</param>
    /// <returns>Seconds; <c>20ms</c> gives the double nearest to 0.02.</returns>
    /// <exception cref="FormatException">The text is no number with a unit of time; the message says what is missing.</exception>
    public static double Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out double seconds) ? seconds : throw new FormatException(Objection(text.Trim()));
    }

    /// <summary>Reads a stretch of time, without an exception.</summary>
    /// <param name="text">A number and its unit.</param>
    /// <param name="seconds">Seconds; 0 if the text cannot be read.</param>
    /// <returns>True if the text could be read.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out double seconds)
    {
        text = text.Trim();
        seconds = 0;
        foreach ((string suffix, Func<double, double> toSeconds) in suffixes)
        {
            if (!text.EndsWith(suffix, StringComparison.Ordinal)) continue;
            if (!TryNumber(text[..^suffix.Length], out double number) || !double.IsFinite(toSeconds(number))) return false;
            seconds = toSeconds(number);
            return true;
        }

        return TryNumber(text, out double bare) && bare == 0;
    }

    private static string Objection(string text)
    {
        int digits = text.Length;
        while (digits > 0 && char.IsLetter(text[digits - 1])) digits--;
        string unit = text[digits..];
        if (!TryNumber(text.AsSpan(0, digits), out _) || Array.Exists(suffixes, known => string.Equals(known.Suffix, unit, StringComparison.Ordinal)))
            return $"'{text}' is not a duration; write a number and its unit, for example 20ms or 0.5s.";
        return unit.Length == 0
            ? $"'{text}' is a duration without a unit; write for example {text}ms or {text}s."
            : $"'{unit}' is not a unit of time; use h, min, s, ms or us.";
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
}
