using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Decoding;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats decode</c> found. Times are in seconds, information in bits, estimates in the unit of the signal.</summary>
internal sealed record DecodingDocument(
    string Schema, string Version, string Signal, double FrameDuration, double Duration, double Information, StimulusScore? Score,
    GlmFitDocument.CertificateEntry Certificate, IReadOnlyList<double> Start, IReadOnlyList<double> Estimate, IReadOnlyList<double> StandardDeviation)
{
    public const string SchemaName = "spikestats.decode/1";

    /// <summary>The document of a decoded stimulus; the score is null if the truth is not known.</summary>
    public static DecodingDocument Of(StimulusPosterior posterior, StimulusScore? score) => new(
        SchemaName, ProductVersion.Text, posterior.Signal, posterior.FrameDuration, posterior.Duration, posterior.Information, score,
        GlmFitDocument.CertificateEntry.Of(posterior.Certificate), posterior.Times.ToArray(), posterior.Mean.ToArray(), posterior.StandardDeviations.ToArray());
}
