using System.Text.Json;
using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Cli.Documents;

/// <summary>A model that was read from a document.</summary>
/// <param name="Schema">The schema of the document.</param>
/// <param name="Process">The model.</param>
/// <param name="TrainingRates">The mean rate of each unit where the model was fitted, in hertz; empty if the document does not tell.</param>
internal sealed record StoredModel(string Schema, IPointProcess Process, IReadOnlyDictionary<string, double> TrainingRates)
{
    private const string Remedy = "give a document of 'spikestats fit glm', 'fit hawkes' or 'fit renewal' with --json or --out, or a model document";

    /// <summary>Reads whatever model a document holds.</summary>
    /// <param name="path">The JSON file.</param>
    /// <param name="family">Which family of a document of renewal processes; null for the one of smallest AIC.</param>
    /// <exception cref="InvalidDocumentException">It is no such document; the message says why.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static StoredModel Read(string path, string? family = null)
    {
        IEnumerable<KeyValuePair<string, Func<JsonElement, StoredModel>>> all = [.. GlmModelDocument.Readers, .. HawkesModelDocument.Readers, .. RenewalFitDocument.Readers(family)];
        return DocumentFile.Read(path, new Dictionary<string, Func<JsonElement, StoredModel>>(all, StringComparer.Ordinal), Remedy);
    }
}
