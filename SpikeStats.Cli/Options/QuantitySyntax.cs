using System.Globalization;

namespace SpikeStats.Cli.Options;

/// <summary>How a number with its unit is written: the one way to read rates and voltages. Times have <see cref="Units.Duration"/>.</summary>
/// <param name="quantity">What is read, for messages.</param>
/// <param name="examples">How to write it, for messages.</param>
/// <param name="suffixes">Units and how they become SI; where one ends in another, the longer first.</param>
internal sealed class QuantitySyntax(string quantity, string examples, params (string Suffix, Func<double, double> ToSi)[] suffixes)
{
    /// <summary>Reads a number and its unit; zero needs none.</summary>
    /// <returns>The value in its SI unit.</returns>
    /// <exception cref="FormatException">The text is something else; the message names the units.</exception>
    public double Parse(string text)
    {
        // The sign of micro and the Greek letter look alike; "u" stands for both.
        string plain = text.Replace('µ', 'u').Replace('μ', 'u');
        (string suffix, Func<double, double> toSi) = Array.Find(suffixes, known => plain.EndsWith(known.Suffix, StringComparison.Ordinal));
        string number = suffix is null ? plain : plain[..^suffix.Length];
        bool isNumber = double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
        double si = suffix is null ? value : toSi(value);
        if (isNumber && double.IsFinite(si) && (suffix is not null || value == 0)) return si;
        throw new FormatException($"'{text}' is no {quantity}; write a number and its unit ({string.Join(", ", suffixes.Select(known => known.Suffix))}), for example {examples}.");
    }

    /// <summary>Reads a positive value.</summary>
    /// <inheritdoc cref="Parse"/>
    public double Positive(string text)
    {
        double value = NotNegative(text);
        return value > 0 ? value : throw new FormatException($"'{text}' must be positive.");
    }

    /// <summary>Reads a value that may be zero.</summary>
    /// <inheritdoc cref="Parse"/>
    public double NotNegative(string text)
    {
        double value = Parse(text);
        return value >= 0 ? value : throw new FormatException($"'{text}' must not be negative.");
    }
}
