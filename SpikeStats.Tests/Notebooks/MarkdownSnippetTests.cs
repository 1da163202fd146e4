using System.Text.RegularExpressions;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Notebooks;

/// <summary>Every block of C# in README.md and docs is run from the root of the repository, block after block of a file, like a notebook.</summary>
[Collection(nameof(ScriptCollection))]
public sealed partial class MarkdownSnippetTests
{
    public static TheoryData<string> Documents =>
    [
        .. Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories).Append(Repository.PathOf("README.md"))
            .Where(file => Block().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Document_CSharpBlocks_RunInOrder(string document)
    {
        ScriptSession session = new();
        foreach (Match block in Block().Matches(File.ReadAllText(Repository.PathOf(document))))
        {
            string code = block.Groups["code"].Value;
            Exception? error = await Record.ExceptionAsync(() => session.Run(code, Repository.Root));
            Assert.True(error is null, $"{document}: {error?.Message}\n{code}");
        }
    }

    [Fact]
    public void Readme_HasAnExample() => Assert.Matches(Block(), File.ReadAllText(Repository.PathOf("README.md")));

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Block();
}
