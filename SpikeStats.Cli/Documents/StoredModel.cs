using System.Text.Json;
using SpikeStats.Cli.Output;
using SpikeStats.Loading;
using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Cli.Documents;

/// <summary>A model that was read from a document.</summary>
/// <param name="Schema">The schema of the document.</param>
/// <param name="Process">The model.</param>
/// <param name="TrainingRates">The mean rate of each unit where the model was fitted, in hertz; empty if the document does not tell.</param>
/// <param name="Defined">The only time in which the model is one, for a rate in bins of time; null if it holds at any time.</param>
internal sealed record StoredModel(string Schema, IPointProcess Process, IReadOnlyDictionary<string, double> TrainingRates, TimeIntervals? Defined = null)
{
    private const string Remedy = "give a document of 'spikestats fit glm', 'fit hawkes' or 'fit renewal' with --json or --out, or a model document";

    /// <summary>Makes sure that the model is one in the time that is asked for.</summary>
    /// <param name="observed">That time.</param>
    /// <param name="remedy">What states the time, for example <c>--window</c>.</param>
    /// <exception cref="UsageException">It is not.</exception>
    public void RequireDefined(TimeIntervals observed, string remedy)
    {
        if (Defined is null || observed.All(interval => Defined.IndexOf(interval.Start) is >= 0 and var index && interval.End <= Defined[index].End)) return;
        throw new UsageException(
            $"The rate of the model is known in {IntervalNotation.Format(Defined)} only, not in all of {IntervalNotation.Format(observed)}; choose a part of that time with {remedy}, for example {remedy} {IntervalNotation.Format(Defined)}.");
    }

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
