using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SpikeStats.Cli.Output;

namespace SpikeStats.Cli.Documents;

/// <summary>Opens a JSON document by the schema that it states.</summary>
internal static partial class DocumentFile
{
    /// <summary>Reads a document.</summary>
    /// <param name="path">The JSON file.</param>
    /// <param name="readers">What to make of each schema.</param>
    /// <param name="remedy">What to give instead, as a clause without a full stop.</param>
    /// <exception cref="InvalidDocumentException">It is no JSON, has another schema or a newer version of one, or a field is missing or impossible.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static T Read<T>(string path, IReadOnlyDictionary<string, Func<JsonElement, T>> readers, string remedy)
    {
        using JsonDocument document = Parse(path, remedy);
        JsonElement root = document.RootElement;
        string? schema = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("schema", out JsonElement name) ? name.ToString() : null;
        if (schema is null) throw new InvalidDocumentException(path, "it states no schema", remedy);
        if (!readers.TryGetValue(schema, out Func<JsonElement, T>? read))
        {
            throw readers.Keys.FirstOrDefault(known => IsNewer(schema, known)) is { } older
                ? new InvalidDocumentException(path, $"its schema '{schema}' is newer than '{older}', the newest that version {ProductVersion.Text} knows", "use a newer version of spikestats")
                : new InvalidDocumentException(path, $"its schema is '{schema}'", remedy);
        }

        try
        {
            return read(root);
        }
        catch (Exception error) when (error is JsonException or FormatException or ArgumentException)
        {
            throw new InvalidDocumentException(path, TypeName().Replace(error.Message, "the document was").TrimEnd('.'), remedy);
        }
    }

    /// <summary>Reads any JSON document.</summary>
    /// <exception cref="InvalidDocumentException">It is none.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static JsonDocument Parse(string path, string remedy)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException error)
        {
            throw new InvalidDocumentException(path, $"it is no JSON document: {error.Message.TrimEnd('.')}", remedy);
        }
    }

    // "spikestats.fit.glm/2" is newer than "spikestats.fit.glm/1".
    private static bool IsNewer(string schema, string known)
    {
        int slash = known.LastIndexOf('/') + 1;
        return schema.StartsWith(known[..slash], StringComparison.Ordinal)
            && int.TryParse(schema.AsSpan(slash), NumberStyles.None, CultureInfo.InvariantCulture, out int version)
            && version > int.Parse(known.AsSpan(slash), CultureInfo.InvariantCulture);
    }

    // The serializer names the class, which the reader of the message never saw.
    [GeneratedRegex(@"JSON deserialization for type '[^']*' was")]
    private static partial Regex TypeName();
}
