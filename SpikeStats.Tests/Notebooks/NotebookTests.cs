using System.Text.Json;
using System.Text.RegularExpressions;
using SpikeStats.Tests.Conventions;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Notebooks;

[Collection(nameof(ScriptCollection))]
public sealed partial class NotebookTests
{
    private static readonly string folder = Repository.PathOf("notebooks");

    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(folder, "*.ipynb").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Notebook_CodeCells_RunInOrder(string name)
    {
        ScriptSession session = new();
        int number = 0;
        foreach (JsonElement cell in new Notebook(Path.Combine(folder, name)).CodeCells)
        {
            number++;
            object? shown = await RunCell(session, number, WithoutReferences(Notebook.Source(cell)));
            string? html = ScriptSession.Html(shown);
            if (Notebook.IsFigure(cell)) Assert.False(string.IsNullOrWhiteSpace(html), $"Cell {number} is tagged 'figure', but ends in {shown ?? "nothing"}, which has no ToHtml().");
            if (html is not null) Assert.NotEqual("", html);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Notebook_Committed_IsStrippedOfOutputsAndNamesTheKernel(string name)
    {
        Notebook notebook = new(Path.Combine(folder, name));
        Assert.Equal(".net-csharp", notebook.Kernel);
        Assert.All(notebook.CodeCells, cell => Assert.Equal(0, cell.At("outputs").GetArrayLength()));
        Assert.All(notebook.CodeCells, cell => Assert.Equal(JsonValueKind.Null, cell.At("execution_count").ValueKind));
        Assert.NotEmpty(notebook.CodeCells);
    }

    // The tests bring their own references, so they check what the notebook would load: one of our assemblies, where the build puts it.
    [Theory]
    [MemberData(nameof(Names))]
    public void Notebook_References_AreBuiltAssembliesByRelativePath(string name)
    {
        foreach (JsonElement cell in new Notebook(Path.Combine(folder, name)).CodeCells)
        {
            foreach (Match reference in ReferenceLine().Matches(Notebook.Source(cell)))
            {
                string path = reference.Groups["path"].Value;
                Assert.Equal("../artifacts/bin/SpikeStats.Cli/release", Path.GetDirectoryName(path)!.Replace('\\', '/'));
                Assert.Contains(Path.GetFileNameWithoutExtension(path), House.Libraries);
            }
        }
    }

    private static async Task<object?> RunCell(ScriptSession session, int number, string code)
    {
        try
        {
            return await session.Run(code, folder);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"Code cell {number} failed: {error.Message}\n{code}", error);
        }
    }

    private static string WithoutReferences(string code) => ReferenceLine().Replace(code, "");

    [GeneratedRegex("""^#r "(?<path>[^"]+)"[^\n]*$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ReferenceLine();
}
