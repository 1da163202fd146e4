using SpikeStats.Cli.Output;

namespace SpikeStats.Tests.Cli.Output;

public sealed class ProgressLineTests
{
    [Fact]
    public void Report_OnATerminal_DrawsABarAndClearsIt()
    {
        using StringWriter error = new();
        using (ProgressLine line = new(new Terminal(TextWriter.Null, error, IsInteractive: true, UsesColor: false), "fitting")) line.Report(0.5);
        Assert.Equal("\r\e[Kfitting [############............] 50 %\r\e[K", error.ToString());
    }

    [Fact]
    public void Report_ShortWorkInALog_SaysNothing()
    {
        using StringWriter error = new();
        using (ProgressLine line = new(new Terminal(TextWriter.Null, error, IsInteractive: false, UsesColor: false), "fitting"))
        {
            for (int i = 0; i <= 100; i++) line.Report(i / 100.0);
        }

        Assert.Equal("", error.ToString());
    }

    [Fact]
    public void Terminal_Color_OnlyIfAskedFor()
    {
        using StringWriter plain = new(), colored = new();
        new Terminal(TextWriter.Null, plain, IsInteractive: true, UsesColor: false).Warn("careful");
        new Terminal(TextWriter.Null, colored, IsInteractive: true, UsesColor: true).Warn("careful");
        Assert.Equal("warning: careful", plain.ToString().TrimEnd());
        Assert.Equal("\e[33mwarning:\e[0m careful", colored.ToString().TrimEnd());
    }
}
