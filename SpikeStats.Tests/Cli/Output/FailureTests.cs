using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;

namespace SpikeStats.Tests.Cli.Output;

public sealed class FailureTests
{
    [Fact]
    public void Of_EveryKindOfException_HasItsCode()
    {
        Assert.Equal(ExitCode.Cancelled, Failure.Of(new OperationCanceledException()).Code);
        Assert.Equal(ExitCode.Usage, Failure.Of(new UsageException("x")).Code);
        Assert.Equal(ExitCode.Usage, Failure.Of(new UnknownUnitException("x", ["a"])).Code);
        Assert.Equal(ExitCode.Usage, Failure.Of(new ArgumentOutOfRangeException("x")).Code);
        Assert.Equal(ExitCode.InvalidInput, Failure.Of(new InvalidRecordingException("x", "y")).Code);
        Assert.Equal(ExitCode.InvalidInput, Failure.Of(new InvalidDocumentException("x", "y", "z")).Code);
        Assert.Equal(ExitCode.InvalidInput, Failure.Of(new FileNotFoundException("x")).Code);
        Assert.Equal(ExitCode.InvalidInput, Failure.Of(new UnauthorizedAccessException("x")).Code);
        Assert.Equal(ExitCode.MissingLibrary, Failure.Of(new DllNotFoundException("x")).Code);
        Assert.Equal(ExitCode.AnalysisFailed, Failure.Of(new InvalidOperationException("x")).Code);
        Assert.Equal(ExitCode.AnalysisFailed, Failure.Of(new NotSupportedException("x")).Code);
        Assert.Equal(ExitCode.InvalidInput, Failure.Of(new AggregateException(new IOException("x"))).Code);
    }

    [Fact]
    public void Of_ArgumentException_HidesTheParameter() =>
        Assert.Equal("The bin width must be positive.", Failure.Of(new ArgumentException("The bin width must be positive.", "binWidth")).Message);

    [Fact]
    public void Of_UnexpectedException_SaysHowToTraceIt() =>
        Assert.Contains("SPIKESTATS_TRACE=1", Failure.Of(new NotSupportedException("x")).Message, StringComparison.Ordinal);
}
