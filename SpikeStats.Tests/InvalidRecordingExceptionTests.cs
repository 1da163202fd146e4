namespace SpikeStats.Tests;

public sealed class InvalidRecordingExceptionTests
{
    [Fact]
    public void Message_EveryPlaceKnown_NamesFileRowUnitAndRemedy()
    {
        InvalidRecordingException error = new("the time is empty", "fill it in", "a.csv", 7, "u1");
        Assert.Equal("a.csv, row 7, unit u1: the time is empty. Remedy: fill it in.", error.Message);
        Assert.Equal(("a.csv", 7L, "u1", "fill it in"), (error.File, error.Row, error.Unit, error.Remedy));
    }

    [Fact]
    public void Message_NoPlaceKnown_BeginsWithTheProblem()
    {
        Assert.Equal("the file is empty. Remedy: name another.", new InvalidRecordingException("the file is empty", "name another").Message);
    }
}
