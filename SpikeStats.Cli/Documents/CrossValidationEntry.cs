using SpikeStats.Fitting.ModelSelection;

namespace SpikeStats.Cli.Documents;

/// <summary>How well a specification predicts what it was not fitted to. Log-likelihoods in nats.</summary>
/// <param name="By"><c>block</c> or <c>trial</c>: what was held out.</param>
/// <param name="LogLikelihood">Of all held-out bins.</param>
/// <param name="NullLogLikelihood">Of the constant rates of the training bins on the same bins.</param>
/// <param name="BitsPerSpike">Information gained over them, in bits per held-out spike.</param>
/// <param name="Folds">The same fold by fold.</param>
internal sealed record CrossValidationEntry(string By, double LogLikelihood, double NullLogLikelihood, double BitsPerSpike, IReadOnlyList<CrossValidationEntry.FoldEntry> Folds)
{
    public static CrossValidationEntry Of(CrossValidationResult result, string by) => new(
        by, result.Total.LogLikelihood, result.Total.NullLogLikelihood, result.BitsPerSpike,
        [.. result.Folds.Select(fold => new FoldEntry(
            fold.LogLikelihood, fold.NullLogLikelihood, fold.BitsPerSpike, fold.SpikeCount, fold.BinCount, GlmFitDocument.CertificateEntry.Word(fold.Status)))]);

    /// <summary>One fold.</summary>
    internal sealed record FoldEntry(double LogLikelihood, double NullLogLikelihood, double BitsPerSpike, long SpikeCount, long BinCount, string Status);
}
