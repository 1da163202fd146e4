using System.CommandLine;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;

namespace SpikeStats.Tests.Cli.Options;

/// <summary>Parameters of simulated models, from <c>--set</c> and from a file.</summary>
public sealed class ParameterTableTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    [Fact]
    public void Set_ReadsUnits_AndLeavesTheRest() => Assert.Equal((0.02, -0.065), Read("--set", "tau=20ms"));

    [Fact]
    public void Set_OverridesTheFile()
    {
        File.WriteAllText(path, """{"tau": "5ms", "rest": -0.07}""");
        Assert.Equal((0.02, -0.07), Read("--parameters", path, "--set", "tau=20ms"));
    }

    [Fact]
    public void UnknownName_SuggestsTheNearest()
    {
        UsageException error = Assert.Throws<UsageException>(() => Read("--set", "tua=20ms"));
        Assert.Contains("no parameter 'tua'. Did you mean 'tau'? There are tau, rest", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tau=20", "without a u")]
    [InlineData("tau", "not of the form NAME=VALUE")]
    [InlineData("tau=-1ms", "must not be negative")]
    public void BadValue_IsNamed(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<UsageException>(() => Read("--set", text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("[1]", "no JSON object")]
    [InlineData("{", "no JSON document")]
    [InlineData("""{"rst": 1}""", "Did you mean 'rest'?")]
    public void BadFile_IsNamed(string content, string expected)
    {
        File.WriteAllText(path, content);
        InvalidDocumentException error = Assert.Throws<InvalidDocumentException>(() => Read("--parameters", path));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("thresold", "threshold")]
    [InlineData("TAU", "tau")]
    [InlineData("zzz", null)]
    public void Spelling_FindsTheNearestName(string text, string? expected) => Assert.Equal(expected, Spelling.Nearest(text, ["tau", "threshold", "reset"]));

    public void Dispose() => File.Delete(path);

    private static (double Tau, double Leak) Read(params string[] arguments)
    {
        ParameterTable<(double Tau, double Leak)> table = new(
            new Parameter<(double Tau, double Leak)>("tau", ParameterUnit.Time, model => model.Tau, (model, value) => model with { Tau = value }),
            new Parameter<(double Tau, double Leak)>("rest", ParameterUnit.Voltage, model => model.Leak, (model, value) => model with { Leak = value }));
        Command command = new("test");
        table.AddTo(command);
        return table.Read(command.Parse(arguments), (0.01, -0.065));
    }
}
