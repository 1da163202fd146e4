using System.Text.Json;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Notebooks;

/// <summary>A Jupyter notebook, as far as the tests look into it.</summary>
internal sealed class Notebook(string path)
{
    private readonly JsonElement root = Parse(path);

    /// <summary>Name of the kernel.</summary>
    public string Kernel => root.At("metadata", "kernelspec", "name").GetString()!;

    /// <summary>The cells, in order.</summary>
    public IEnumerable<JsonElement> Cells => root.At("cells").EnumerateArray();

    /// <summary>The cells that hold code, in order.</summary>
    public IEnumerable<JsonElement> CodeCells => Cells.Where(cell => cell.At("cell_type").GetString() == "code");

    /// <summary>The text of a cell.</summary>
    public static string Source(JsonElement cell) => string.Concat(cell.At("source").EnumerateArray().Select(line => line.GetString()));

    /// <summary>Whether a cell carries the tag "figure", which promises that its last expression can be drawn.</summary>
    public static bool IsFigure(JsonElement cell) =>
        cell.At("metadata").TryGetProperty("tags", out JsonElement tags) && tags.EnumerateArray().Any(tag => tag.GetString() == "figure");

    private static JsonElement Parse(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }
}
