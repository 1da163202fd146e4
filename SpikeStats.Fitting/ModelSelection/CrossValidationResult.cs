namespace SpikeStats.Fitting.ModelSelection;

/// <summary>The scores of a cross-validation.</summary>
/// <param name="Folds">One score per fold.</param>
public sealed record CrossValidationResult(IReadOnlyList<FoldScore> Folds)
{
    /// <summary>All folds together; its status is the worst of theirs.</summary>
    public FoldScore Total => new(
        Folds.Sum(fold => fold.LogLikelihood), Folds.Sum(fold => fold.NullLogLikelihood), Folds.Sum(fold => fold.SpikeCount), Folds.Sum(fold => fold.BinCount),
        Folds.Max(fold => fold.Status));

    /// <summary>Held-out information over the constant rate of the training bins, in bits per spike.</summary>
    public double BitsPerSpike => Total.BitsPerSpike;
}
