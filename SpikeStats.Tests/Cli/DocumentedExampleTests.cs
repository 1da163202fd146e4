using System.Text.RegularExpressions;
using SpikeStats.Cli.Documents;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli;

/// <summary>The examples of docs/cli.md, run one after the other as a reader would.</summary>
public sealed partial class DocumentedExampleTests
{
    private static readonly string text = File.ReadAllText(Repository.PathOf("docs", "cli.md"));

    [Fact]
    public async Task Examples_InOrder_Succeed()
    {
        using TemporaryFolder folder = new();
        string[] commands = [.. ShellBlock().Matches(text).SelectMany(block => block.Groups["body"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
        Assert.NotEmpty(commands);
        foreach (Match file in FileBlock().Matches(text)) folder.Write(file.Groups["name"].Value, file.Groups["body"].Value);
        foreach (string command in commands)
        {
            string[] words = command.Split(' ');
            Assert.Equal("spikestats", words[0]);
            (await CommandRun.Of([.. words.Skip(1).Select(word => Located(word, folder))])).AssertDone();
        }

        // What the text says of the second simulation.
        string[] drawn = File.ReadAllLines(folder.PathOf("drawn.csv")), sample = File.ReadAllLines(Repository.PathOf("sample-data", "retina.csv"));
        Assert.Equal([sample[0], .. sample.Skip(2)], [drawn[0], .. drawn.Skip(2)]);
    }

    [Fact]
    public async Task Output_OfTheFirstExample_IsThatOfTheProgram()
    {
        string printed = PlainBlock().Match(text).Groups["body"].Value;
        CommandRun run = (await CommandRun.Of("info", Repository.PathOf("sample-data", "retina.csv"))).AssertDone();
        Assert.Equal(printed, run.Output);
    }

    [Fact]
    public void ModelDocument_OfTheText_CanBeRead()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(["a", "b"], GlmModelDocument.Read(folder.Write("model.json", JsonBlock().Match(text).Groups["body"].Value)).Units);
    }

    // Sample data lie in the repository; everything else is written to and read from a folder of the test.
    private static string Located(string word, TemporaryFolder folder) =>
        word.StartsWith("sample-data/", StringComparison.Ordinal) ? Repository.PathOf(word) : FileName().IsMatch(word) ? folder.PathOf(word) : word;

    [GeneratedRegex(@"^```sh\n(?<body>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    [GeneratedRegex(@"^prints\n```\n(?<body>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex PlainBlock();

    // A file whose name stands before its content.
    [GeneratedRegex(@"`(?<name>[\w-]+\.(csv|json))`:\n```(csv|json)\n(?<body>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex FileBlock();

    [GeneratedRegex(@"^```json\n(?<body>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex JsonBlock();

    [GeneratedRegex(@"^[\w-]+\.(json|csv|npy|html|svg)$")]
    private static partial Regex FileName();
}
