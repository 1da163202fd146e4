using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.Renewal;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats fit renewal</c> found, family by family. Times are in seconds, log-likelihoods in nats.</summary>
internal sealed record RenewalFitDocument(
    string Schema, string Version, string Target, string Start, bool CountsOpenIntervals, int SpikeCount, int IntervalCount, int OpenIntervalCount,
    IReadOnlyList<RenewalFitDocument.FamilyEntry> Families, string? Best)
{
    public const string SchemaName = "spikestats.fit.renewal/1";

    public const string FirstSpike = "first-spike", Equilibrium = "equilibrium";

    /// <summary>The document of some fits to the same unit.</summary>
    public static RenewalFitDocument Of(IReadOnlyList<RenewalFit> fits, int spikeCount) => new(
        SchemaName, ProductVersion.Text, fits[0].Specification.Target, fits[0].Specification.Start == RenewalStart.Equilibrium ? Equilibrium : FirstSpike,
        fits[0].Specification.CountsOpenIntervals, spikeCount, fits[0].IntervalCount, fits[0].OpenIntervalCount, [.. fits.Select(FamilyEntry.Of)],
        fits.Where(fit => fit.Certificate.IsConverged).MinBy(fit => fit.Aic)?.Specification.Family.Name);

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
