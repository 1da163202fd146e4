using System.Globalization;

namespace SpikeStats.Plotting.Rendering;

/// <summary>Where the ticks of an axis of numbers stand: multiples of 1, 2 or 5 times a power of ten.</summary>
/// <remarks>
/// A range holds between floor(w/s) and floor(w/s) + 1 multiples of a step s, w being its width; and since neighbouring steps differ by a
/// factor of at most 2.5, some step always gives 3 to 9 ticks.
/// </remarks>
internal sealed class Ticks
{
    public const int Fewest = 3;
    public const int Most = 9;

    private const int MostDecadesWithMinorTicks = 7;

    // The rounding error of a limit such as 3 × 0.1, in steps.
    private const double Slack = 1e-9;

    private static readonly int[] mantissas = [1, 2, 5];

    private Ticks(double[] values, int decimals, double[] minor)
    {
        Values = values;
        Minor = minor;
        int largest = values.Length == 0 ? 0 : Magnitude(values.Max(Math.Abs));
        Exponent = largest is >= 5 or < -3 ? 3 * (int)Math.Floor(largest / 3.0) : 0;
        Decimals = Math.Max(0, decimals + Exponent);
    }

    /// <summary>The positions, ascending.</summary>
    public double[] Values { get; }

    /// <summary>Positions of the small ticks between them, without labels.</summary>
    public double[] Minor { get; }

    /// <summary>The power of ten to be written once, beside the label of the axis; a multiple of three.</summary>
    public int Exponent { get; }

    /// <summary>Whether the ticks stand at powers of ten and multiples of these, so that each label has decimals of its own.</summary>
    public bool IsLogarithmic { get; private init; }

    private int Decimals { get; }

    /// <summary>Places ticks on a linear axis.</summary>
    /// <param name="range">The limits.</param>
    /// <param name="maximum">The number of ticks there is room for; from 3 to 9.</param>
    /// <param name="isInteger">Whether only whole numbers are marked; then there may be fewer than three.</param>
    public static Ticks Linear(AxisRange range, int maximum = Most, bool isInteger = false)
    {
        maximum = Math.Clamp(maximum, Fewest, Most);
        double width = range.Upper - range.Lower;
        int exponent = Magnitude(width / maximum), mantissa = 0;
        while (Count(range, mantissas[mantissa], exponent) > maximum) Coarser(ref mantissa, ref exponent);
        while (Count(range, mantissas[mantissa], exponent) < Fewest) Finer(ref mantissa, ref exponent);
        if (isInteger && exponent < 0) (mantissa, exponent) = (0, 0);

        // A step below one is divided by a power of ten, which is exact; multiplying by 0.1 would give 0.30000000000000004.
        double first = First(range, mantissas[mantissa], exponent);
        double[] values = new double[Count(range, mantissas[mantissa], exponent)];
        for (int i = 0; i < values.Length; i++) values[i] = Multiple(first + i, mantissas[mantissa], exponent);
        return new Ticks(values, -exponent, []);
    }

    /// <summary>Places ticks on a logarithmic axis: at powers of ten; at 1, 2 and 5 times these if there are fewer than three.</summary>
    /// <param name="range">The limits; positive.</param>
    /// <param name="maximum">The number of ticks there is room for; from 3 to 9.</param>
    public static Ticks Logarithmic(AxisRange range, int maximum = Most)
    {
        maximum = Math.Clamp(maximum, Fewest, Most);
        int from = Magnitude(range.Lower), to = Magnitude(range.Upper);
        int[] decades = [.. Enumerable.Range(from, to - from + 1).Where(power => Holds(range, PowerOfTen(power)))];
        if (decades.Length >= Fewest)
        {
            int[] strides = [.. Strides().TakeWhile(stride => stride <= decades.Length)];
            int index = Array.FindIndex(strides, stride => decades.Count(power => power % stride == 0) <= maximum);
            while (index < 0 || decades.Count(power => power % strides[index] == 0) < Fewest) index = index < 0 ? strides.Length - 1 : index - 1;
            double[] values = [.. decades.Where(power => power % strides[index] == 0).Select(PowerOfTen)];
            bool hasMinor = strides[index] == 1 && decades.Length <= MostDecadesWithMinorTicks;
            return new Ticks(values, 0, hasMinor ? Between(range, from, to, 2, 3, 4, 5, 6, 7, 8, 9) : []) { IsLogarithmic = true };
        }

        double[] oneTwoFive = Between(range, from, to, 1, 2, 5);
        if (oneTwoFive.Length < Fewest) return Linear(range, maximum);
        return new Ticks(oneTwoFive, 0, Between(range, from, to, 3, 4, 6, 7, 8, 9)) { IsLogarithmic = true };
    }

    /// <summary>Whether a position is a power of ten, whose label matters most on a logarithmic axis.</summary>
    public static bool IsPowerOfTen(double value) => PowerOfTen(Magnitude(value)) == value;

    /// <summary>The label of a position, without the common power of ten.</summary>
    public string LabelOf(double value)
    {
        if (!IsLogarithmic)
        {
            double scaled = Exponent > 0 ? value / PowerOfTen(Exponent) : value * PowerOfTen(-Exponent);
            return NumberText.Fixed(scaled, Decimals);
        }

        int power = Magnitude(value);
        if (Magnitude(Values[0]) >= -3 && Magnitude(Values[^1]) <= 4) return NumberText.Fixed(value, Math.Max(0, -power));
        double mantissa = Math.Round(value / PowerOfTen(power));
        return (mantissa == 1 ? "" : NumberText.Fixed(mantissa, 0) + "·") + NumberText.PowerOfTen(power);
    }

    /// <summary>floor(log10 |value|), exact at powers of ten.</summary>
    private static int Magnitude(double value)
    {
        value = Math.Abs(value);
        if (value == 0 || !double.IsFinite(value)) return 0;
        int power = (int)Math.Floor(Math.Log10(value));
        if (PowerOfTen(power + 1) <= value) power++;
        return PowerOfTen(power) > value ? power - 1 : power;
    }

    // Parsed and not computed: Math.Pow(10, n) is not the nearest double for every n.
    private static double PowerOfTen(int power) => double.Parse("1e" + power.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double Multiple(double count, int mantissa, int exponent) =>
        exponent >= 0 ? count * mantissa * PowerOfTen(exponent) : count * mantissa / PowerOfTen(-exponent);

    private static double First(AxisRange range, int mantissa, int exponent) => Math.Ceiling(Quotient(range.Lower, mantissa, exponent) - Slack);

    private static int Count(AxisRange range, int mantissa, int exponent) =>
        (int)Math.Min(1e6, Math.Floor(Quotient(range.Upper, mantissa, exponent) + Slack) - First(range, mantissa, exponent) + 1);

    private static double Quotient(double value, int mantissa, int exponent) =>
        exponent >= 0 ? value / (mantissa * PowerOfTen(exponent)) : value * PowerOfTen(-exponent) / mantissa;

    private static void Coarser(ref int mantissa, ref int exponent)
    {
        mantissa = (mantissa + 1) % mantissas.Length;
        if (mantissa == 0) exponent++;
    }

    private static void Finer(ref int mantissa, ref int exponent)
    {
        if (mantissa == 0) exponent--;
        mantissa = (mantissa + mantissas.Length - 1) % mantissas.Length;
    }

    private static IEnumerable<int> Strides()
    {
        for (int decade = 1; ; decade *= 10)
        {
            foreach (int mantissa in mantissas) yield return mantissa * decade;
        }
    }

    private static double[] Between(AxisRange range, int from, int to, params int[] multiples) =>
        [.. Enumerable.Range(from, to - from + 1).SelectMany(power => multiples.Select(mantissa => Multiple(1, mantissa, power))).Where(value => Holds(range, value))];

    private static bool Holds(AxisRange range, double value) => value >= range.Lower * (1 - Slack) && value <= range.Upper * (1 + Slack);
}
