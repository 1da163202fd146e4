using System.Text.Json;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.Renewal;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats fit renewal</c> found, family by family. Times are in seconds, log-likelihoods in nats.</summary>
internal sealed record RenewalFitDocument(
    string Schema, string Version, string Target, string Start, bool CountsOpenIntervals, int SpikeCount, int IntervalCount, int OpenIntervalCount,
    IReadOnlyList<RenewalFitDocument.FamilyEntry> Families, string? Best, double? Duration = null)
{
    public const string SchemaName = "spikestats.fit.renewal/1";

    public const string FirstSpike = "first-spike", Equilibrium = "equilibrium";

    private const string Remedy = "give a document of 'spikestats fit renewal --json'";

    /// <summary>What reads a renewal process, by schema.</summary>
    /// <param name="family">Which family of the document; null for the one of smallest AIC.</param>
    public static IReadOnlyDictionary<string, Func<JsonElement, StoredModel>> Readers(string? family) => new Dictionary<string, Func<JsonElement, StoredModel>>(StringComparer.Ordinal)
    {
        [SchemaName] = root => root.Deserialize(DocumentJson.Default.RenewalFitDocument)!.ToStoredModel(family),
    };

    /// <summary>Reads a process.</summary>
    /// <param name="path">The JSON file.</param>
    /// <param name="family">Which family of the document; null for the one of smallest AIC.</param>
    /// <exception cref="InvalidDocumentException">It is no such document; the message says why.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static StoredModel Read(string path, string? family) => DocumentFile.Read(path, Readers(family), Remedy);

    /// <summary>The document of some fits to the same unit.</summary>
    public static RenewalFitDocument Of(IReadOnlyList<RenewalFit> fits, SpikeTrain train) => new(
        SchemaName, ProductVersion.Text, fits[0].Specification.Target, fits[0].Specification.Start == RenewalStart.Equilibrium ? Equilibrium : FirstSpike,
        fits[0].Specification.CountsOpenIntervals, train.Count, fits[0].IntervalCount, fits[0].OpenIntervalCount, [.. fits.Select(FamilyEntry.Of)],
        fits.Where(fit => fit.Certificate.IsConverged).MinBy(fit => fit.Aic)?.Specification.Family.Name, train.Observed.Duration);

    private StoredModel ToStoredModel(string? family)
    {
        string name = family ?? Best ?? throw new FormatException("no family of the document reached its optimum; name one with --family");
        FamilyEntry entry = Families.FirstOrDefault(candidate => candidate.Family == name)
            ?? throw new FormatException($"it holds no family '{name}'; it has {string.Join(", ", Families.Select(candidate => candidate.Family))}");
        IntervalDistribution intervals = DistributionSyntax.Create(name, entry.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value, StringComparer.Ordinal));
        RenewalStart start = Start switch
        {
            FirstSpike => RenewalStart.FirstSpike,
            Equilibrium => RenewalStart.Equilibrium,
            _ => throw new FormatException($"start must be {FirstSpike} or {Equilibrium}, not '{Start}'"),
        };
        Dictionary<string, double> rates = Duration is { } duration ? new(StringComparer.Ordinal) { [Target] = SpikeCount / duration } : [];
        return new StoredModel(SchemaName, new RenewalProcess(Target, intervals, start, entry.Certificate.ParameterCount), rates);
    }

    /// <summary>One fitted family.</summary>
    internal sealed record FamilyEntry(
        string Family, IReadOnlyList<RenewalParameterEntry> Parameters, double LogLikelihood, double NullLogLikelihood, double Aic, double Bic, double BitsPerSpike,
        KsEntry Ks, GlmFitDocument.CertificateEntry Certificate)
    {
        public static FamilyEntry Of(RenewalFit fit) => new(
            fit.Specification.Family.Name,
            [.. fit.Parameters.Select(parameter => new RenewalParameterEntry(parameter.Name, parameter.SiUnit, parameter.Value, parameter.StandardError, parameter.Lower, parameter.Upper))],
            fit.LogLikelihood, fit.NullLogLikelihood, fit.Aic, fit.Bic, fit.BitsPerSpike,
            new KsEntry(fit.KolmogorovSmirnov.Statistic, fit.KolmogorovSmirnov.PValue, fit.KolmogorovSmirnov.Count), GlmFitDocument.CertificateEntry.Of(fit.Certificate));
    }

    /// <summary>One parameter in its SI unit, with its 95 % interval.</summary>
    internal sealed record RenewalParameterEntry(string Name, string Unit, double Value, double StandardError, double Lower, double Upper);

    /// <summary>The Kolmogorov-Smirnov test of the complete intervals.</summary>
    internal sealed record KsEntry(double Statistic, double PValue, int N);
}
