using SpikeStats.Models.Bases;
using SpikeStats.Units;

namespace SpikeStats.Tests.Models.Bases;

public sealed class BasisSyntaxTests
{
    [Theory]
    [InlineData("raised-cosine:n=10,window=200ms", "raised-cosine:n=10,window=0.2s")]
    [InlineData("raised-cosine: window = 200 ms, n = 10, width=1.5", "raised-cosine:n=10,window=0.2s,width=1.5")]
    [InlineData("raised-cosine-log:n=8,window=100ms,scaling=50", "raised-cosine-log:n=8,window=0.1s,scaling=50")]
    [InlineData("raised-cosine-log:n=8,window=100ms,decay=false", "raised-cosine-log:n=8,window=0.1s,scaling=50,decay=false")]
    [InlineData("raised-cosine-log:n=8,window=100ms,width=3,decay=true", "raised-cosine-log:n=8,window=0.1s,scaling=50,width=3")]
    [InlineData("pillow:n=8,first=2ms,last=90ms,offset=5ms", "pillow:n=8,first=0.002s,last=0.09s,offset=0.005s")]
    [InlineData("pillow:n=8,first=2ms,last=90ms,offset=5ms,refractory=1500us", "pillow:n=8,first=0.002s,last=0.09s,offset=0.005s,refractory=0.0015s")]
    [InlineData("windows:1ms,2ms,5ms,10ms,20ms,50ms", "windows:0.001s,0.002s,0.005s,0.01s,0.02s,0.05s")]
    [InlineData("windows:10us,1e-4s,1min", "windows:1E-05s,0.0001s,60s")]
    [InlineData("lags:20", "lags:20")]
    [InlineData("bspline:n=10,order=4,window=100ms", "bspline:n=10,order=4,window=0.1s")]
    [InlineData("mspline:n=10,window=100ms", "mspline:n=10,order=4,window=0.1s")]
    [InlineData("cyclic-bspline:n=10,window=100ms,order=3", "cyclic-bspline:n=10,order=3,window=0.1s")]
    [InlineData("fourier:n=5,window=100ms", "fourier:n=5,window=0.1s")]
    [InlineData("laguerre:n=5,tau=10ms,window=200ms", "laguerre:n=5,tau=0.01s,window=0.2s")]
    public void Parse_ValidSpelling_RoundTripsThroughItsDescription(string text, string description)
    {
        Basis basis = BasisSyntax.Parse(text);
        Assert.Equal(description, basis.Description);
        Basis again = BasisSyntax.Parse(basis.Description);
        Assert.Equal(description, again.Description);
        Assert.Equal(basis.GetType(), again.GetType());
    }

    [Fact]
    public void Parse_AwkwardNumbers_RoundTripToTheLastBit()
    {
        PillowBasis basis = new(7, 1 / 3.0.kHz, 1 / 7.0, 1 / 30_000.0, 1 / 700.0);
        PillowBasis again = Assert.IsType<PillowBasis>(BasisSyntax.Parse(basis.Description));
        Assert.Equal(
            (basis.FunctionCount, basis.FirstPeak, basis.LastPeak, basis.Offset, basis.RefractoryPeriod),
            (again.FunctionCount, again.FirstPeak, again.LastPeak, again.Offset, again.RefractoryPeriod));
    }

    [Theory]
    [InlineData("", "colon")]
    [InlineData("lags", "colon")]
    [InlineData("lags:", "colon")]
    [InlineData("lags:2.5", "'2.5' is not a whole number")]
    [InlineData("lags:1,2", "one number of lags")]
    [InlineData("lags:0", "lagCount")]
    [InlineData("wavelet:n=3", "no basis 'wavelet'")]
    [InlineData("fourier:n=4,window=1s", "odd number")]
    [InlineData("laguerre:n=4,window=1s", "'tau' is missing")]
    [InlineData("tabulated:3x5", "no basis 'tabulated'")]
    [InlineData("raised-cosine:n=10", "'window' is missing")]
    [InlineData("raised-cosine:n=10,window=200", "without a unit")]
    [InlineData("raised-cosine:n=10,window=200mV", "'mV' is not a unit of time")]
    [InlineData("raised-cosine:n=10,window=ms", "'ms' is not a duration")]
    [InlineData("raised-cosine:n=10,window=NaNs", "'NaNs' is not a duration")]
    [InlineData("raised-cosine:n=10,window=-5ms", "must be positive")]
    [InlineData("raised-cosine:n=10,window=200ms,scaling=50", "'scaling' is no argument")]
    [InlineData("raised-cosine:n=10,n=11,window=200ms", "given twice")]
    [InlineData("raised-cosine:10,window=200ms", "name=value")]
    [InlineData("raised-cosine:n=10,window=200ms,width=1.2", "multiple of 0.5")]
    [InlineData("raised-cosine-log:n=8,window=100ms,decay=yes", "neither true nor false")]
    [InlineData("windows:2ms,1ms", "after the one before it")]
    [InlineData("bspline:n=3,order=4,window=100ms", "functionCount")]
    public void Parse_InvalidSpelling_SaysWhatIsWrongAndListsTheValidOnes(string text, string problem)
    {
        FormatException error = Assert.Throws<FormatException>(() => BasisSyntax.Parse(text));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Contains("raised-cosine-log:n=8,window=100ms", error.Message, StringComparison.Ordinal);
        Assert.Contains("windows:1ms,2ms", error.Message, StringComparison.Ordinal);
    }

    // Every spelling that the error message offers must itself be valid.
    [Fact]
    public void Parse_SpellingsOfTheErrorMessage_AreValid()
    {
        string message = Assert.Throws<FormatException>(() => BasisSyntax.Parse("?")).Message;
        string[] spellings = [.. message.Split('\n').Skip(2).Select(line => line.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace("|false", "", StringComparison.Ordinal))];
        Assert.Equal(11, spellings.Length);
        Assert.All(spellings, spelling => BasisSyntax.Parse(spelling));
    }
}
