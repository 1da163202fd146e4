using System.Globalization;

namespace SpikeStats.Models.Bases;

/// <summary>Reads functions of the value of a signal from the text that the command line and <see cref="ValueBasis.Description"/> spell them with.</summary>
/// <remarks>
/// A basis as <see cref="BasisSyntax"/> spells it, without its window and with the range of the values in the unit of the signal, for example
/// <c>bspline:n=8,from=0,to=100</c> or, on a circle, <c>cyclic-bspline:n=8,from=0,to=360</c>.
/// <c>Parse(basis.Description)</c> is that basis again, to the last bit of every function.
/// </remarks>
public static class ValueBasisSyntax
{
    private const string Spellings = """
        bspline:n=8[,order=4],from=0,to=100
        mspline:n=8[,order=4],from=0,to=100
        cyclic-bspline:n=8[,order=4],from=0,to=360
        fourier:n=5,from=0,to=360
        raised-cosine:n=8[,width=2],from=0,to=100
        raised-cosine-log:n=8[,scaling=50][,width=2][,decay=true|false],from=0,to=100
        """;

    /// <summary>Reads a basis.</summary>
    /// <param name="text">The text.</param>
    /// <param name="lower">Smallest value where the text does not state <c>from</c>, in the unit of the signal; NaN if it must.</param>
    /// <param name="upper">Largest value where the text does not state <c>to</c>, in the unit of the signal; NaN if it must.</param>
    /// <returns>The basis.</returns>
    /// <exception cref="FormatException">The text is no basis of a value; the message says what is wrong and lists the valid spellings.</exception>
    public static ValueBasis Parse(string text, double lower = double.NaN, double upper = double.NaN)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            (string functions, double from, double to) = Split(text, lower, upper);
            return BasisSyntax.Parse(functions) is UnitIntervalBasis basis
                ? new ValueBasis(basis, from, to)
                : throw new FormatException("its functions have no meaning for a value");
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            // The name of a parameter of a constructor tells the reader of the message nothing.
            string reason = (error.InnerException ?? error).Message.Split(" (Parameter", 2)[0].TrimEnd('.');
            throw new FormatException($"'{text}' is no basis of a value: {reason}.\nValid spellings:\n{Spellings}", error);
        }
    }

    // Every basis on [0, 1] has a window, which its functions of the value do not depend on.
    private static (string Functions, double From, double To) Split(string text, double lower, double upper)
    {
        string[] parts = text.Split(':', 2, StringSplitOptions.TrimEntries);
        if (parts.Length < 2) throw new FormatException("there must be a colon and arguments after the name");
        List<string> kept = [];
        foreach (string argument in parts[1].Split(',', StringSplitOptions.TrimEntries))
        {
            string[] pair = argument.Split('=', 2, StringSplitOptions.TrimEntries);
            switch (pair[0])
            {
                case "from":
                    lower = Number(pair);
                    break;
                case "to":
                    upper = Number(pair);
                    break;
                case "window":
                    throw new FormatException("a value has no window; state its range with from and to");
                default:
                    kept.Add(argument);
                    break;
            }
        }

        if (double.IsNaN(lower)) throw new FormatException("'from', its smallest value, is missing");
        if (double.IsNaN(upper)) throw new FormatException("'to', its largest value, is missing");
        return ($"{parts[0]}:{string.Join(',', kept)},window=1s", lower, upper);
    }

    private static double Number(string[] pair) =>
        pair.Length == 2 && double.TryParse(pair[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number
            : throw new FormatException($"'{string.Join('=', pair)}' states no number");
}
