namespace SpikeStats.Plotting.Rendering;

/// <summary>An axis of a given length: its ticks, the labels that fit without touching, and the room that all this needs.</summary>
internal sealed class AxisLayout
{
    public const double TickLength = 2.6;
    public const double LabelGap = 1.6;
    public const double TitleGap = 1.5;
    private const double LongestCategory = 60;
    private const int MostLabels = 7;

    // Lines below a panel make the figure higher; lines beside it would leave no width for the panel.
    private const int MostVerticalLines = 4;

    private readonly Axis axis;
    private readonly AxisRange range;
    private readonly bool isVertical;

    private AxisLayout(Axis axis, AxisRange range, double length, bool isVertical, bool hasLabels)
    {
        this.axis = axis;
        this.range = range;
        this.isVertical = isVertical;
        HasLabels = hasLabels;
        int exponent = 0;
        if (!axis.IsDrawn) Marks = [];
        else if (axis.Categories.Count > 0) Marks = Categories(length);
        else Marks = Numbers(length, out exponent);
        TitleLines = hasLabels || isVertical ? TextMetrics.Wrap(Title(axis, exponent), TextStyle.Normal, length) : [];
        if (isVertical && TitleLines.Length > MostVerticalLines)
            TitleLines = [.. TitleLines[..(MostVerticalLines - 1)], TextMetrics.Shorten(string.Join(' ', TitleLines[(MostVerticalLines - 1)..]), TextStyle.Normal, length)];
        LabelWidth = Marks.Select(mark => TextMetrics.Width(mark.Label, TextStyle.Small)).DefaultIfEmpty(0).Max();
    }

    /// <summary>The ticks, those without a label included.</summary>
    public IReadOnlyList<Tick> Marks { get; }

    /// <summary>The label of the axis with its unit, in lines that fit the axis.</summary>
    public string[] TitleLines { get; }

    /// <summary>Whether tick labels are drawn; not in the upper panels of a stack that shares the axis.</summary>
    public bool HasLabels { get; }

    /// <summary>Whether the tick labels of a horizontal axis run upwards.</summary>
    public bool AreLabelsUpright { get; private set; }

    public bool IsLogarithmic => axis.Scale == AxisScale.Logarithmic && axis.Categories.Count == 0;

    public bool IsDrawn => axis.IsDrawn;

    /// <summary>The width of the widest tick label.</summary>
    public double LabelWidth { get; }

    /// <summary>How far the axis with its labels reaches outwards from the plot.</summary>
    public double Thickness
    {
        get
        {
            double labels = !HasLabels ? 0 : isVertical || AreLabelsUpright ? LabelWidth : TextStyle.Small;
            double ticks = Marks.Count == 0 ? 0 : TickLength;
            return ticks + (labels > 0 ? LabelGap + labels : 0)
                + (TitleLines.Length > 0 ? TitleGap + (TitleLines.Length * TextStyle.LineHeight(TextStyle.Normal)) : 0);
        }
    }

    /// <summary>Lays out an axis.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="range">Its limits.</param>
    /// <param name="length">Its length, in points.</param>
    /// <param name="isVertical">Whether it is upright.</param>
    /// <param name="hasLabels">Whether tick labels are drawn.</param>
    public static AxisLayout Of(Axis axis, AxisRange range, double length, bool isVertical, bool hasLabels = true) =>
        new(axis, range, length, isVertical, hasLabels);

    /// <summary>Where a value lies between the ends of the axis: 0 at the left or lower, 1 at the right or upper end; NaN if it cannot be shown.</summary>
    public double Fraction(double value)
    {
        if (!double.IsFinite(value) || (IsLogarithmic && value <= 0)) return double.NaN;
        double fraction = IsLogarithmic
            ? Math.Log(value / range.Lower) / Math.Log(range.Upper / range.Lower)
            : (value - range.Lower) / (range.Upper - range.Lower);
        return axis.IsReversed ? 1 - fraction : fraction;
    }

    /// <summary>How far the labels of a horizontal axis stick out beyond its left and right end.</summary>
    public (double Left, double Right) Overhang(double length)
    {
        double left = 0, right = 0;
        foreach (Tick mark in Marks)
        {
            double half = isVertical || AreLabelsUpright ? TextStyle.Small / 2 : TextMetrics.Width(mark.Label, TextStyle.Small) / 2;
            double at = Fraction(mark.Value) * length;
            left = Math.Max(left, half - at);
            right = Math.Max(right, at + half - length);
        }

        return (left, right);
    }

    private static string Title(Axis axis, int exponent)
    {
        string factor = exponent == 0 ? "" : NumberText.PowerOfTen(exponent);
        string unit = exponent == 0 || axis.Unit.Length == 0 ? axis.Unit : factor + " " + axis.Unit;
        return unit.Length > 0 ? $"{axis.Label} ({unit})" : exponent != 0 ? $"{axis.Label} (× {factor})" : axis.Label;
    }

    private List<Tick> Numbers(double length, out int exponent)
    {
        // Room for a label of about five digits, which is what is left once the common power of ten is taken out; more than seven
        // labels are hard to take in.
        int maximum = Math.Clamp((int)(length / (isVertical ? 17 : 24)), Ticks.Fewest, MostLabels);
        Ticks ticks = IsLogarithmic ? Ticks.Logarithmic(range, maximum) : Ticks.Linear(range, maximum, axis.IsInteger);
        exponent = ticks.Exponent;
        List<Tick> marks = [];
        IEnumerable<double> byWeight = ticks.IsLogarithmic ? ticks.Values.OrderBy(value => Ticks.IsPowerOfTen(value) ? 0 : 1) : ticks.Values;
        List<(double From, double To)> taken = [];
        foreach (double value in byWeight)
        {
            string label = HasLabels ? ticks.LabelOf(value) : "";
            double half = (isVertical ? TextStyle.Small + 1 : TextMetrics.Width(label, TextStyle.Small) + 3) / 2;
            double at = Fraction(value) * length;
            bool isFree = taken.TrueForAll(other => at + half <= other.From || at - half >= other.To);
            if (isFree) taken.Add((at - half, at + half));
            marks.Add(new Tick(value, isFree ? label : ""));
        }

        marks.AddRange(ticks.Minor.Select(value => new Tick(value, "") { IsMinor = true }));
        return marks;
    }

    private List<Tick> Categories(double length)
    {
        string[] labels = [.. axis.Categories.Select(name => TextMetrics.Shorten(name, TextStyle.Small, LongestCategory))];
        double cell = length / labels.Length;
        AreLabelsUpright = !isVertical && labels.Max(label => TextMetrics.Width(label, TextStyle.Small)) + 4 > cell;
        double needed = isVertical || AreLabelsUpright ? TextStyle.Small + 0.5 : 0;
        int stride = Math.Max(1, (int)Math.Ceiling(needed / cell));
        return [.. Enumerable.Range(0, labels.Length).Where(i => i % stride == 0).Select(i => new Tick(i, HasLabels ? labels[i] : ""))];
    }
}
