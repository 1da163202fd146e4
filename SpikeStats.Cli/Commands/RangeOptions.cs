using System.CommandLine;
using System.Globalization;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;

namespace SpikeStats.Cli.Commands;

/// <summary>The options that state where a curve is computed: from where to where, and at how many points.</summary>
internal sealed class RangeOptions
{
    private readonly (double From, double To, int Points) defaults;
    private readonly bool isLogarithmic;
    private readonly Option<double?> from, to;
    private readonly Option<int?> points = Parsed.Option<int?>("--points", "N", "Number of points, at least 2.", Count);

    /// <summary>States a range.</summary>
    /// <param name="quantity">What varies, for the help.</param>
    /// <param name="valueName">What its values are called in the help.</param>
    /// <param name="parse">Reads one, into SI units.</param>
    /// <param name="from">The lower end, if none is stated, as the user would write it.</param>
    /// <param name="to">The upper end, if none is stated.</param>
    /// <param name="points">The number of points, if none is stated.</param>
    /// <param name="isLogarithmic">Whether successive points have equal ratios.</param>
    public RangeOptions(string quantity, string valueName, Func<string, double> parse, string from, string to, int points, bool isLogarithmic)
    {
        defaults = (parse(from), parse(to), points);
        this.isLogarithmic = isLogarithmic;
        this.from = Parsed.Option<double?>("--from", valueName, $"Lowest {quantity}; default {from}.", text => parse(text));
        this.to = Parsed.Option<double?>("--to", valueName, $"Highest {quantity}; default {to}.", text => parse(text));
        this.points.Description += $" Default {points.ToString(CultureInfo.InvariantCulture)}, {(isLogarithmic ? "at equal ratios" : "at equal distances")}.";
    }

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[from, to, points]) command.Add(option);
    }

    /// <summary>Whether any of the options was given.</summary>
    public bool IsStated(ParseResult parsed) => parsed.GetValue(from) is not null || parsed.GetValue(to) is not null || parsed.GetValue(points) is not null;

    /// <summary>The points, ascending; both ends are among them exactly.</summary>
    /// <exception cref="UsageException">The range is empty.</exception>
    public double[] Read(ParseResult parsed)
    {
        (double low, double high, int count) = (parsed.GetValue(from) ?? defaults.From, parsed.GetValue(to) ?? defaults.To, parsed.GetValue(points) ?? defaults.Points);
        if (!(low < high)) throw new UsageException("--from must be less than --to.");
        int steps = count - 1;

        // Weights rather than steps from the lower end: the middle of 10 mV and 30 mV is 20 mV to the last digit.
        Func<int, double> at = isLogarithmic ? i => low * Math.Pow(high / low, (double)i / steps) : i => (((steps - i) * low) + (i * high)) / steps;
        return [low, .. Enumerable.Range(1, steps - 1).Select(at), high];
    }

    /// <summary>Reads a number of points.</summary>
    /// <exception cref="FormatException">The text is none, or less than 2.</exception>
    public static int? Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= 2
        ? value
        : throw new FormatException($"'{text}' is no number of points. Write a whole number, at least 2.");
}
