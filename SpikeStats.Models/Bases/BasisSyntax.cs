using System.Globalization;
using SpikeStats.Units;

namespace SpikeStats.Models.Bases;

/// <summary>Reads a basis from the text that the command line and <see cref="Basis.Description"/> spell it with.</summary>
/// <remarks>
/// A name, a colon and arguments, for example <c>raised-cosine:n=10,window=200ms</c>. Durations carry a unit, as <see cref="Duration"/> reads them.
/// Bases side by side are joined by a plus sign, as in <c>windows:1ms,2ms,4ms+raised-cosine:n=5,window=100ms</c>.
/// For every basis that has a spelling, <c>Parse(basis.Description)</c> is that basis again, to the last bit.
/// </remarks>
public static class BasisSyntax
{
    private const string Spellings = """
        raised-cosine:n=10,window=200ms[,width=2]
        raised-cosine-log:n=8,window=100ms[,scaling=50][,width=2][,decay=true|false]
        pillow:n=8,first=2ms,last=90ms,offset=5ms[,refractory=2ms]
        bspline:n=10,window=100ms[,order=4]
        mspline:n=10,window=100ms[,order=4]
        cyclic-bspline:n=10,window=100ms[,order=4]
        fourier:n=5,window=100ms
        laguerre:n=5,tau=10ms,window=200ms
        windows:1ms,2ms,5ms,10ms,20ms,50ms
        lags:20
        windows:1ms,2ms,4ms+bspline:n=5,window=100ms
        """;

    /// <summary>Reads a basis.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The basis.</returns>
    /// <exception cref="FormatException">The text is no basis; the message says what is wrong and lists the valid spellings.</exception>
    public static Basis Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        // The plus sign of a number such as 1e+3 stands before a digit, that between bases before a name.
        List<string> joined = Joined(text);
        if (joined.Count > 1) return new ConcatenatedBasis([.. joined.Select(Parse)]);
        string[] parts = text.Split(':', 2, StringSplitOptions.TrimEntries);
        try
        {
            if (parts.Length < 2 || parts[1].Length == 0) throw new FormatException("there must be a colon and arguments after the name");
            return Build(parts[0], parts[1].Split(',', StringSplitOptions.TrimEntries));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new FormatException($"'{text}' is not a basis: {exception.Message}\nValid spellings:\n{Spellings}", exception);
        }
    }

    private static Basis Build(string name, string[] arguments)
    {
        switch (name)
        {
            case "windows":
                return new WindowBasis([.. arguments.Select(Duration.Parse)]);
            case "lags":
                return arguments.Length == 1 ? new LagBasis(Count(arguments[0])) : throw new FormatException("give one number of lags");
            case "raised-cosine" or "raised-cosine-log" or "pillow" or "bspline" or "mspline" or "cyclic-bspline" or "fourier" or "laguerre":
                NamedArguments named = new(arguments);
                Basis basis = Build(name, named);
                named.ThrowIfUnused();
                return basis;
            default:
                throw new FormatException($"there is no basis '{name}'");
        }
    }

    private static Basis Build(string name, NamedArguments named) => name switch
    {
        "raised-cosine" => new RaisedCosineBasis(
            named.Take("n", Count), named.Take("window", Duration.Parse), named.Take("width", Number, RaisedCosine.DefaultWidth)),
        "raised-cosine-log" => new RaisedCosineLogBasis(
            named.Take("n", Count), named.Take("window", Duration.Parse), named.Take("scaling", Number, RaisedCosineLogBasis.DefaultScaling),
            named.Take("width", Number, RaisedCosine.DefaultWidth), named.Take("decay", Flag, true)),
        "pillow" => new PillowBasis(
            named.Take("n", Count), named.Take("first", Duration.Parse), named.Take("last", Duration.Parse), named.Take("offset", Duration.Parse),
            named.Take("refractory", Duration.Parse, 0)),
        "mspline" => new MSplineBasis(named.Take("n", Count), named.Take("window", Duration.Parse), named.Take("order", Count, BSplineBasis.CubicOrder)),
        "cyclic-bspline" => new CyclicBSplineBasis(named.Take("n", Count), named.Take("window", Duration.Parse), named.Take("order", Count, BSplineBasis.CubicOrder)),
        "fourier" => new FourierBasis(named.Take("n", Count), named.Take("window", Duration.Parse)),
        "laguerre" => new LaguerreBasis(named.Take("n", Count), named.Take("tau", Duration.Parse), named.Take("window", Duration.Parse)),
        _ => new BSplineBasis(named.Take("n", Count), named.Take("window", Duration.Parse), named.Take("order", Count, BSplineBasis.CubicOrder)),
    };

    private static List<string> Joined(string text)
    {
        List<string> parts = [];
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '+' || text.AsSpan(i + 1).TrimStart() is not [>= 'a' and <= 'z', ..]) continue;
            parts.Add(text[start..i]);
            start = i + 1;
        }

        parts.Add(text[start..]);
        return parts;
    }

    private static int Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count)
        ? count
        : throw new FormatException($"'{text}' is not a whole number");

    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        ? number
        : throw new FormatException($"'{text}' is not a number");

    private static bool Flag(string text) => bool.TryParse(text, out bool flag) ? flag : throw new FormatException($"'{text}' is neither true nor false");

    /// <summary>Arguments of the form name=value, each of which must be asked for exactly once.</summary>
    private sealed class NamedArguments
    {
        private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

        public NamedArguments(string[] arguments)
        {
            foreach (string argument in arguments)
            {
                string[] pair = argument.Split('=', 2, StringSplitOptions.TrimEntries);
                if (pair.Length < 2) throw new FormatException($"'{argument}' must have the form name=value");
                if (!values.TryAdd(pair[0], pair[1])) throw new FormatException($"'{pair[0]}' is given twice");
            }
        }

        public T Take<T>(string name, Func<string, T> read) =>
            values.Remove(name, out string? value) ? read(value) : throw new FormatException($"'{name}' is missing");

        public T Take<T>(string name, Func<string, T> read, T fallback) => values.Remove(name, out string? value) ? read(value) : fallback;

        public void ThrowIfUnused()
        {
            if (values.Count > 0) throw new FormatException($"'{values.Keys.First()}' is no argument of this basis");
        }
    }
}
