using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Comparison;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.ModelSelection;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats compare</c> found. Times are in seconds; log-likelihoods are of densities of spike times in seconds, in nats.</summary>
internal sealed record ComparisonDocument(
    string Schema, string Version, string Target, ulong Seed, int SpikeCount, int FoldCount, string HeldOutBy, double GuardBand, double BinWidth,
    string HistoryBasis, double Ridge, IReadOnlyList<ComparisonDocument.ComparedModelEntry> Models, IReadOnlyList<ComparisonDocument.CandidateFailureEntry> Failures, string? Best)
{
    public const string SchemaName = "spikestats.compare/1";

    /// <summary>The document of a comparison.</summary>
    public static ComparisonDocument Of(ModelComparison comparison, ComparisonOptions options, ModelRequest request, ulong seed) => new(
        SchemaName, ProductVersion.Text, comparison.Unit, seed, comparison.SpikeCount, options.FoldCount, options.IsByTrial ? "trial" : "block", options.GuardBand,
        request.BinWidth, request.HistoryBasis.Description, ModelSyntax.Ridge, [.. comparison.Models.Select(score => ComparedModelEntry.Of(score, comparison.Best!))],
        [.. comparison.Failures.Select(failure => new CandidateFailureEntry(failure.Name, failure.Reason))], comparison.Best?.Name);

    /// <summary>One model; what was not held out is null, and so is the certificate of a closed form.</summary>
    internal sealed record ComparedModelEntry(
        string Name, double LogLikelihood, double ParameterCount, double Aic, double Bic, double BitsPerSpike, HeldOutEntry? HeldOut, ComparedKsEntry Ks, bool? Fits,
        string Sentence, GlmFitDocument.CertificateEntry? Certificate)
    {
        public static ComparedModelEntry Of(ModelScore score, ModelScore best)
        {
            TimeRescalingVerdict verdict = score.TimeRescaling.Verdict();
            KolmogorovSmirnovResult ks = score.TimeRescaling.KolmogorovSmirnov;
            return new ComparedModelEntry(
                score.Name, score.LogDensity, score.ParameterCount, score.Aic, score.Bic, score.BitsPerSpike,
                score.HeldOut is null ? null : HeldOutEntry.Of(score.HeldOut, best.HeldOut), new ComparedKsEntry(ks.Statistic, verdict.PValue, ks.Count), verdict.Fits,
                verdict.Sentence, score.Certificate is null ? null : GlmFitDocument.CertificateEntry.Of(score.Certificate));
        }
    }

    /// <summary>Held-out information over the mean rate of the training time, with the standard error over folds, and how far it is behind the best model.</summary>
    internal sealed record HeldOutEntry(double BitsPerSpike, double StandardError, double BehindBest, double BehindBestStandardError, IReadOnlyList<HeldOutFoldEntry> Folds)
    {
        public static HeldOutEntry Of(CrossValidationResult result, CrossValidationResult? best)
        {
            (double ahead, double error) = best is null ? (double.NaN, double.NaN) : result.Minus(best);
            return new HeldOutEntry(result.BitsPerSpike, result.StandardError, 0 - ahead, error, [.. result.Folds.Select(HeldOutFoldEntry.Of)]);
        }
    }

    /// <summary>One fold.</summary>
    internal sealed record HeldOutFoldEntry(double LogLikelihood, double NullLogLikelihood, long SpikeCount, double BitsPerSpike, string Status)
    {
        public static HeldOutFoldEntry Of(FoldScore fold) =>
            new(fold.LogLikelihood, fold.NullLogLikelihood, fold.SpikeCount, fold.BitsPerSpike, GlmFitDocument.CertificateEntry.Word(fold.Status));
    }

    /// <summary>The Kolmogorov-Smirnov test of the rescaled intervals; for models on bins the median p-value over the draws.</summary>
    internal sealed record ComparedKsEntry(double Statistic, double PValue, int N);

    /// <summary>A model that was not fitted, or not held out.</summary>
    internal sealed record CandidateFailureEntry(string Name, string Reason);
}
