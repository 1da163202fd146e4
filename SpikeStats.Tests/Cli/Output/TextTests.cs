using SpikeStats.Cli.Output;

namespace SpikeStats.Tests.Cli.Output;

public sealed class TextTests
{
    [Fact]
    public void Table_Columns_AreAsWideAsTheirWidestEntry()
    {
        AlignedTable table = new(new TableColumn("unit", IsNumber: false), "spikes");
        table.Add("a", "7");
        table.Add("longer", "1234567");
        Assert.Equal("unit     spikes\na             7\nlonger  1234567\n", table.ToString());
    }

    [Theory]
    [InlineData(double.NaN, "-")]
    [InlineData(double.NegativeInfinity, "-inf")]
    [InlineData(0, "0")]
    [InlineData(12.34567, "12.35")]
    [InlineData(-3.26987e-05, "-3.27e-5")]
    public void Number_Of_IsShort(double value, string expected) => Assert.Equal(expected, NumberText.Of(value));

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(2.5e-4, "250 us")]
    [InlineData(0.0015, "1.5 ms")]
    [InlineData(58.2453125, "58.2453 s")]
    [InlineData(double.NaN, "-")]
    public void Number_Seconds_HasAHandyUnit(double seconds, string expected) => Assert.Equal(expected, NumberText.Seconds(seconds));

    [Theory]
    [InlineData(0.5, "0.500")]
    [InlineData(3.2e-8, "3.2e-8")]
    [InlineData(0, "<1e-300")]
    [InlineData(double.NaN, "-")]
    public void Number_Probability_ShowsTheOrderOfSmallOnes(double p, string expected) => Assert.Equal(expected, NumberText.Probability(p));

    [Theory]
    [InlineData(1.23456, 0.1634, "1.235", "0.163")]
    [InlineData(-1.5e-5, 2.5e-7, "-0.000015000", "0.000000250")]
    [InlineData(1234.5, 55.5, "1234.5", "55.5")]
    [InlineData(1234.5, 555.5, "1234", "556")]
    [InlineData(double.NegativeInfinity, double.NaN, "-inf", "-")]
    public void Number_Estimate_HasThreeDigitsOfItsStandardError(double estimate, double standardError, string expected, string expectedError) =>
        Assert.Equal((expected, expectedError), NumberText.Estimate(estimate, standardError));
}
