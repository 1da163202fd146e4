using System.Text.Json;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Models.Renewal;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats fit renewal</c> found, family by family. Times are in seconds, log-likelihoods in nats.</summary>
internal sealed record RenewalFitDocument(
    string Schema, string Version, string Target, string Start, bool CountsOpenIntervals, int SpikeCount, int IntervalCount, int OpenIntervalCount,
    IReadOnlyList<RenewalFitDocument.FamilyEntry> Families, string? Best, double? Duration = null, RateBinsEntry? RateBins = null)
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
        SchemaName, ProductVersion.Text, fits[0].Specification.Target, WordOf(fits[0].Specification.Start),
        fits[0].Specification.CountsOpenIntervals, train.Count, fits[0].IntervalCount, fits[0].OpenIntervalCount, [.. fits.Select(FamilyEntry.Of)],
        fits.Where(fit => fit.Certificate.IsConverged).MinBy(fit => fit.Aic)?.Specification.Family.Name, train.Observed.Duration);

    /// <summary>The document of some fits to the same unit with a rate that is constant in bins.</summary>
    /// <param name="fits">The fits.</param>
    /// <param name="rescaling">The time rescaling of each.</param>
    /// <param name="train">The spikes that they were fitted to.</param>
    public static RenewalFitDocument Of(IReadOnlyList<InhomogeneousRenewalFit> fits, IReadOnlyList<TimeRescalingResult> rescaling, SpikeTrain train)
    {
        int[] counts = [.. train.Observed.Select(interval => train.TimesIn(interval).Length)];
        return new RenewalFitDocument(
            SchemaName, ProductVersion.Text, fits[0].Specification.Target, WordOf(fits[0].Specification.Start), CountsOpenIntervals: true, train.Count,
            counts.Sum(count => Math.Max(count - 1, 0)), counts.Count(count => count > 0), [.. fits.Zip(rescaling, FamilyEntry.Of)],
            fits.Where(fit => fit.Certificate.IsConverged).MinBy(fit => fit.Aic)?.Specification.Family.Name, train.Observed.Duration,
            RateBinsEntry.Of(fits[0].Specification, train));
    }

    private static string WordOf(RenewalStart start) => start == RenewalStart.Equilibrium ? Equilibrium : FirstSpike;

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
        int parameters = entry.Certificate.ParameterCount;
        if (RateBins is null) return new StoredModel(SchemaName, new RenewalProcess(Target, intervals, start, parameters), rates);
        BinGrid grid = RateBins.ToGrid();
        double[] levels = [.. entry.Rates?.Select(level => level.Value) ?? throw new FormatException($"the family '{name}' lacks its rates")];
        if (levels.Length != grid.BinCount) throw new FormatException($"rateBins has {grid.BinCount} bins, but the family '{name}' {levels.Length} rates");
        return new StoredModel(SchemaName, new RenewalProcess(new PoissonProcess(Target, grid, levels, levels.Length), intervals, start, parameters), rates, grid.Observed);
    }

    /// <summary>One fitted family.</summary>
    internal sealed record FamilyEntry(
        string Family, IReadOnlyList<RenewalParameterEntry> Parameters, double LogLikelihood, double NullLogLikelihood, double Aic, double Bic, double BitsPerSpike,
        KsEntry Ks, GlmFitDocument.CertificateEntry Certificate, IReadOnlyList<RateLevelEntry>? Rates = null)
    {
        public static FamilyEntry Of(RenewalFit fit) => new(
            fit.Specification.Family.Name,
            [.. fit.Parameters.Select(parameter => new RenewalParameterEntry(parameter.Name, parameter.SiUnit, parameter.Value, parameter.StandardError, parameter.Lower, parameter.Upper))],
            fit.LogLikelihood, fit.NullLogLikelihood, fit.Aic, fit.Bic, fit.BitsPerSpike,
            new KsEntry(fit.KolmogorovSmirnov.Statistic, fit.KolmogorovSmirnov.PValue, fit.KolmogorovSmirnov.Count), GlmFitDocument.CertificateEntry.Of(fit.Certificate));

        public static FamilyEntry Of(InhomogeneousRenewalFit fit, TimeRescalingResult rescaling) => new(
            fit.Specification.Family.Name, [.. fit.Model.Intervals.Parameters.Select(parameter => Operational(parameter, fit.Shape))],
            fit.LogLikelihood, fit.NullLogLikelihood, fit.Aic, fit.Bic, fit.BitsPerSpike,
            new KsEntry(rescaling.KolmogorovSmirnov.Statistic, rescaling.KolmogorovSmirnov.PValue, rescaling.KolmogorovSmirnov.Count),
            GlmFitDocument.CertificateEntry.Of(fit.Certificate),
            [.. fit.Rates.Select(level => new RateLevelEntry(level.Interval.Start, level.Interval.End, level.Value, level.StandardError, level.Lower, level.Upper))]);

        // Operational time has no unit; what is not the shape follows from it and the mean of 1.
        private static RenewalParameterEntry Operational(IntervalParameter parameter, ParameterEstimate? shape) => shape is not null && parameter.Name == shape.Name
            ? new RenewalParameterEntry(parameter.Name, "1", parameter.Value, shape.StandardError, shape.Lower, shape.Upper)
            : new RenewalParameterEntry(parameter.Name, "1", parameter.Value, double.NaN, double.NaN, double.NaN);
    }

    /// <summary>A level of the rate in its bin, in seconds and hertz, with its 95 % interval.</summary>
    internal sealed record RateLevelEntry(double Start, double End, double Value, double StandardError, double Lower, double Upper);

    /// <summary>One parameter in its SI unit, with its 95 % interval.</summary>
    internal sealed record RenewalParameterEntry(string Name, string Unit, double Value, double StandardError, double Lower, double Upper);

    /// <summary>The Kolmogorov-Smirnov test of the complete intervals.</summary>
    internal sealed record KsEntry(double Statistic, double PValue, int N);
}
