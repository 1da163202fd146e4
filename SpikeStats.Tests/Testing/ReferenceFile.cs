using System.Text.Json;

namespace SpikeStats.Tests.Testing;

/// <summary>Reference values of independent tools, copied to the Reference folder with their source.</summary>
internal static class ReferenceFile
{
    /// <summary>Reads Reference/<paramref name="name"/>.json.</summary>
    public static JsonElement Read(string name)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(PathOf(name + ".json")));
        return document.RootElement.Clone();
    }

    /// <summary>The path of a file of the Reference folder.</summary>
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Reference", name);

    /// <summary>A list of numbers.</summary>
    public static double[] Doubles(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetDouble())];

    /// <summary>A list of integers.</summary>
    public static int[] Integers(this JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetInt32())];

    /// <summary>A number by its path of property names.</summary>
    public static double Number(this JsonElement element, params string[] path) => element.At(path).GetDouble();

    /// <summary>An element by its path of property names.</summary>
    public static JsonElement At(this JsonElement element, params string[] path) =>
        path.Aggregate(element, (current, name) => current.GetProperty(name));
}
