using System.Text.Json.Serialization;
using SpikeStats.Cli.Output;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats simulate</c> drew. Times are in seconds, rates in hertz.</summary>
internal sealed record SimulationDocument(
    string Schema, string Version, ulong Seed, double Duration, IReadOnlyList<double[]> Observed, int UnitCount, long SpikeCount,
    IReadOnlyList<SimulationDocument.TrainEntry> Units)
{
    /// <summary>What was computed and how; null for a point process, which is drawn exactly.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Scheme { get; init; }

    /// <summary>The parameters of the simulated model by name, in SI units; null for a point process, whose document states them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Parameters { get; init; }

    /// <summary>The drive, as the command line takes it; null for a model that has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Drive { get; init; }

    /// <summary>The firing pattern of the train; null for models that have no drive to answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FiringPattern { get; init; }

    public const string GlmSchema = "spikestats.simulate.glm/1", HawkesSchema = "spikestats.simulate.hawkes/1", LifSchema = "spikestats.simulate.lif/1", NetworkSchema = "spikestats.simulate.network/1", RenewalSchema = "spikestats.simulate.renewal/1";

    public const string AdexSchema = "spikestats.simulate.adex/1", IzhikevichSchema = "spikestats.simulate.izhikevich/1", HodgkinHuxleySchema = "spikestats.simulate.hh/1", SrmSchema = "spikestats.simulate.srm/1";

    /// <summary>The document of a simulation.</summary>
    /// <param name="recording">What was drawn.</param>
    /// <param name="schema">The schema, one per kind of model.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="withSpikes">Whether the spike times stand in the document, for want of a file.</param>
    public static SimulationDocument Of(Recording recording, string schema, ulong seed, bool withSpikes) => new(
        schema, ProductVersion.Text, seed, recording.Observed.Duration, [.. recording.Observed.Select(interval => (double[])[interval.Start, interval.End])],
        recording.UnitCount, recording.SpikeCount,
        [.. recording.Trains.Select(train => new TrainEntry(
            train.Unit, train.Count, train.Count / recording.Observed.Duration, withSpikes ? train.Times.ToArray() : null))]);

    /// <summary>One unit; <see cref="SpikeTimes"/> is null if they were written to a file.</summary>
    internal sealed record TrainEntry(string Id, int SpikeCount, double Rate, IReadOnlyList<double>? SpikeTimes);
}
