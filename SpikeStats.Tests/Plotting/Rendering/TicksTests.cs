using FsCheck;
using FsCheck.Fluent;
using SpikeStats.Plotting;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Tests.Plotting.Rendering;

public sealed class TicksTests
{
    // ranges of any magnitude, from a millionth of their distance to zero to far wider than it.
    private static readonly Gen<AxisRange> ranges =
        from sign in Gen.Elements(-1, 1)
        from exponent in Gen.Choose(-280, 280)
        from start in Gen.Choose(0, 1_000_000)
        from relativeWidth in Gen.Choose(-5, 5)
        from width in Gen.Choose(100_000, 999_999)
        let lower = sign * start * Math.Pow(10, exponent - 6)
        select new AxisRange(lower, lower + (width * Math.Pow(10, exponent - 6 + relativeWidth)));

    private static readonly Gen<AxisRange> positiveRanges =
        from exponent in Gen.Choose(-250, 200)
        from start in Gen.Choose(100_000, 999_999)
        from ratio in Gen.Choose(1, 100_000)
        let lower = start * Math.Pow(10, exponent - 6)
        select new AxisRange(lower, lower * Math.Pow(10, ratio / 2000.0));

    [Fact]
    public void Linear_AnyRange_GivesThreeToNineRoundTicksInside() => Holds(ranges, range =>
    {
        for (int maximum = Ticks.Fewest; maximum <= Ticks.Most; maximum += 2)
        {
            double[] values = Ticks.Linear(range, maximum).Values;
            Assert.InRange(values.Length, 3, 9);
            double width = range.Upper - range.Lower, step = (values[^1] - values[0]) / (values.Length - 1);
            double mantissa = step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-6));
            Assert.Contains(Math.Round(mantissa, 3), (double[])[1, 2, 5]);
            foreach (double value in values)
            {
                Assert.InRange(value, range.Lower - (1e-9 * width), range.Upper + (1e-9 * width));
                Assert.InRange((value / step) - Math.Round(value / step), -0.01, 0.01);
            }
        }
    });

    [Fact]
    public void Linear_AnyRange_LabelsAreDifferentAndReadBackAsTheTicks() => Holds(ranges, range =>
    {
        Ticks ticks = Ticks.Linear(range);
        string[] labels = [.. ticks.Values.Select(ticks.LabelOf)];
        Assert.Equal(labels.Length, labels.Distinct().Count());
        double width = range.Upper - range.Lower;
        for (int i = 0; i < labels.Length; i++)
        {
            double read = double.Parse(labels[i].Replace('−', '-'), System.Globalization.CultureInfo.InvariantCulture) * Math.Pow(10, ticks.Exponent);
            Assert.InRange(read, ticks.Values[i] - (1e-3 * width), ticks.Values[i] + (1e-3 * width));
        }
    });

    [Fact]
    public void Logarithmic_AnyRange_GivesThreeToNineRoundTicksInside() => Holds(positiveRanges, range =>
    {
        for (int maximum = Ticks.Fewest; maximum <= Ticks.Most; maximum += 2)
        {
            Ticks ticks = Ticks.Logarithmic(range, maximum);
            Assert.InRange(ticks.Values.Length, 3, 9);
            foreach (double value in ticks.Values.Concat(ticks.Minor))
                Assert.InRange(value, range.Lower * (1 - 1e-6), range.Upper * (1 + 1e-6));
        }
    });

    [Theory]
    [InlineData(0, 1, 9, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(0, 100, 5, "0 50 100")]
    [InlineData(-0.5, 1, 5, "−0.5 0.0 0.5 1.0")]
    [InlineData(0.1, 0.3, 3, "0.1 0.2 0.3")]
    [InlineData(0, 3e7, 5, "0 10 20 30")]
    [InlineData(0, 0.0002, 5, "0 50 100 150 200")]
    public void Linear_KnownRange_HasExpectedLabels(double lower, double upper, int maximum, string labels)
    {
        Ticks ticks = Ticks.Linear(new AxisRange(lower, upper), maximum);
        Assert.Equal(labels, string.Join(' ', ticks.Values.Select(ticks.LabelOf)));
    }

    [Theory]
    [InlineData(1, 1000, "1 10 100 1000")]
    [InlineData(0.02, 30, "0.1 1 10")]
    [InlineData(2, 60, "2 5 10 20 50")]
    [InlineData(3, 8, "3 4 5 6 7 8")]
    [InlineData(1e-7, 1e-2, "10⁻⁷ 10⁻⁶ 10⁻⁵ 10⁻⁴ 10⁻³ 10⁻²")]
    [InlineData(2e-6, 6e-5, "2·10⁻⁶ 5·10⁻⁶ 10⁻⁵ 2·10⁻⁵ 5·10⁻⁵")]
    public void Logarithmic_KnownRange_HasExpectedLabels(double lower, double upper, string labels)
    {
        Ticks ticks = Ticks.Logarithmic(new AxisRange(lower, upper));
        Assert.Equal(labels, string.Join(' ', ticks.Values.Select(ticks.LabelOf)));
    }

    [Fact]
    public void Linear_WholeNumbersOnly_HasNoFractions() =>
        Assert.Equal([1.0, 2.0], Ticks.Linear(new AxisRange(0.5, 2.5), isInteger: true).Values);

    [Fact]
    public void Range_OfAnyData_IsWideEnoughForTicks() => Holds(Gen.Choose(-300, 300).SelectMany(exponent => Gen.Choose(-9, 9), (exponent, mantissa) => mantissa * Math.Pow(10, exponent)), value =>
    {
        Extent extent = new();
        extent.Include(value);
        foreach (AxisScale scale in Enum.GetValues<AxisScale>())
        {
            AxisRange range = AxisRange.Of(new Axis("") { Scale = scale }, extent);
            Assert.True(range.Lower < range.Upper && double.IsFinite(range.Upper - range.Lower));
            int count = (scale == AxisScale.Linear ? Ticks.Linear(range) : Ticks.Logarithmic(range)).Values.Length;
            Assert.InRange(count, 3, 9);
        }
    });

    private static void Holds<T>(Gen<T> cases, Action<T> law) =>
        Prop.ForAll(cases.ToArbitrary(), law).Check(Config.QuickThrowOnFailure.WithReplay(20260320, 1987).WithMaxTest(400).WithQuietOnSuccess(true));
}
