using SpikeStats.Models.Bases;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Bases;

public sealed class ValueBasisSyntaxTests
{
    public static TheoryData<string, UnitIntervalBasis> Functions => new()
    {
        { "bspline", new BSplineBasis(7, 0.3, order: 3) },
        { "mspline", new MSplineBasis(6, 1) },
        { "cyclic", new CyclicBSplineBasis(6, 2, order: 2) },
        { "fourier", new FourierBasis(5, 1) },
        { "cosines", new RaisedCosineBasis(5, 1, width: 1.5) },
        { "log cosines", new RaisedCosineLogBasis(5, 1, scaling: 1 / 3.0, width: 2.5, decaysToZero: false) },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void Parse_Description_IsTheBasisAgainToTheLastBit(string name, UnitIntervalBasis functions)
    {
        _ = name;
        ValueBasis basis = new(functions, -1 / 3.0, 1e-7 + (2 / 7.0)), read = ValueBasisSyntax.Parse(basis.Description);
        Assert.Equal((basis.Description, basis.Lower, basis.Upper, basis.IsCyclic), (read.Description, read.Lower, read.Upper, read.IsCyclic));
        double[] expected = new double[basis.FunctionCount], actual = new double[read.FunctionCount];
        for (int i = 0; i <= 100; i++)
        {
            double value = i == 100 ? basis.Upper : basis.Lower + (i / 100.0 * (basis.Upper - basis.Lower));
            basis.Evaluate(value, expected);
            read.Evaluate(value, actual);
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Parse_WithoutARange_TakesTheOneThatIsGiven()
    {
        Assert.Equal("bspline:n=8,order=4,from=-2,to=5", ValueBasisSyntax.Parse("bspline:n=8", -2, 5).Description);
        Assert.Equal("bspline:n=8,order=4,from=0,to=5", ValueBasisSyntax.Parse("bspline:n=8,from=0", -2, 5).Description);
    }

    [Theory]
    [InlineData("", "colon")]
    [InlineData("bspline", "colon")]
    [InlineData("bspline:n=8", "'from'")]
    [InlineData("bspline:n=8,from=0", "'to'")]
    [InlineData("bspline:n=8,from=0,to=far", "'to=far' states no number")]
    [InlineData("bspline:n=8,from=0,to=0", "range from 0 to 0 is empty")]
    [InlineData("bspline:n=8,window=1s,from=0,to=1", "no window")]
    [InlineData("bspline:n=2,from=0,to=1", "must be greater than or equal to '4'")]
    [InlineData("bspline:m=8,from=0,to=1", "'n' is missing")]
    [InlineData("lags:3,from=0,to=1", "one number of lags")]
    [InlineData("laguerre:n=3,tau=1s,from=0,to=1", "no meaning for a value")]
    [InlineData("spline:n=8,from=0,to=1", "no basis 'spline'")]
    public void Parse_AnythingElse_SaysWhatIsWrong(string text, string fragment)
    {
        FormatException error = Assert.Throws<FormatException>(() => ValueBasisSyntax.Parse(text));
        Assert.Contains(fragment, error.Message, StringComparison.Ordinal);
        Assert.Contains("bspline:n=8[,order=4],from=0,to=100", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", error.Message, StringComparison.Ordinal);
    }
}
