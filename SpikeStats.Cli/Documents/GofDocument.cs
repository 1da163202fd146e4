using SpikeStats.Fitting.GoodnessOfFit;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats gof</c> found: how well a stored model explains a recording. SI units, nats.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="Version">The version of the program.</param>
/// <param name="Model">The file of the model.</param>
/// <param name="ModelSchema">Its schema.</param>
/// <param name="Parameters">Always <see cref="Given"/>: nothing was fitted to the recording.</param>
/// <param name="NullRates"><see cref="OfTraining"/> or <see cref="OfRecording"/>: where the rates of the null model come from.</param>
/// <param name="SpikeCount">Spikes that were scored, of all modelled units.</param>
/// <param name="LogLikelihood">Of all modelled units, given the parameters.</param>
/// <param name="NullLogLikelihood">The same under constant rates.</param>
/// <param name="BitsPerSpike">Information gained over them, in bits per spike.</param>
/// <param name="Units">The units that were judged.</param>
/// <param name="Timings">Where the time went.</param>
internal sealed record GofDocument(
    string Schema, string Version, string Model, string ModelSchema, string Parameters, string NullRates, long SpikeCount, double LogLikelihood,
    double NullLogLikelihood, double BitsPerSpike, IReadOnlyList<GofDocument.JudgedUnit> Units, GofDocument.JudgementTimings Timings)
{
    public const string SchemaName = "spikestats.gof/1";

    public const string Given = "given", OfTraining = "training", OfRecording = "recording";

    /// <summary>One judged unit; the bootstrap is null if it was not asked for.</summary>
    internal sealed record JudgedUnit(string Unit, int SpikeCount, double NullRate, VerdictEntry GoodnessOfFit, BootstrapEntry? Bootstrap);

    /// <summary>The Kolmogorov-Smirnov statistic against those of recordings simulated from the model as it is.</summary>
    internal sealed record BootstrapEntry(int Replicates, double KsStatistic, double KsPValue, ulong Seed)
    {
        public static BootstrapEntry Of(ParametricBootstrapResult result, ulong seed) => new(result.ReplicateStatistics.Length, result.Statistic, result.PValue, seed);
    }

    /// <summary>Where the time went, in seconds.</summary>
    internal sealed record JudgementTimings(double LoadSeconds, double JudgeSeconds, double TotalSeconds);
}
