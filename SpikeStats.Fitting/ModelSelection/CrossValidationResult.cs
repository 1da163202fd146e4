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

    /// <summary>Standard error of <see cref="BitsPerSpike"/> from the spread over folds, in bits per spike.</summary>
    /// <remarks>
    /// That of the ratio of total information to total spikes, √(K/(K-1) Σ (g_k - b n_k)²) / Σ n_k for K folds of information g_k and n_k spikes,
    /// with the folds taken as independent. It says how much the score varies along the recording; with few folds it is rough.
    /// <para><b>Source:</b> Cochran, Sampling Techniques (1977), section 6.4.</para>
    /// </remarks>
    public double StandardError => RatioError(Folds.Select(fold => (fold.LogLikelihood - fold.NullLogLikelihood, fold.SpikeCount)));

    /// <summary>How much better these predictions are than others of the same folds.</summary>
    /// <remarks>
    /// Differences are taken fold by fold, so that what makes a fold hard for every model drops out: two models may differ by many of these
    /// standard errors although the errors of their scores overlap.
    /// </remarks>
    /// <param name="other">The other predictions, of the same folds.</param>
    /// <returns>The difference and its standard error, in bits per spike.</returns>
    /// <exception cref="ArgumentException">The folds hold other spikes.</exception>
    public (double BitsPerSpike, double StandardError) Minus(CrossValidationResult other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!Folds.Select(fold => fold.SpikeCount).SequenceEqual(other.Folds.Select(fold => fold.SpikeCount)))
            throw new ArgumentException("The folds hold other spikes, so that their scores cannot be compared.", nameof(other));
        (double Gain, long SpikeCount)[] gains = [.. Folds.Zip(other.Folds, (own, theirs) => (own.LogLikelihood - theirs.LogLikelihood, own.SpikeCount))];
        return (gains.Sum(fold => fold.Gain) / (Math.Log(2) * gains.Sum(fold => fold.SpikeCount)), RatioError(gains));
    }

    private static double RatioError(IEnumerable<(double Gain, long SpikeCount)> folds)
    {
        (double Gain, long SpikeCount)[] scored = [.. folds];
        double spikes = scored.Sum(fold => fold.SpikeCount), ratio = scored.Sum(fold => fold.Gain) / spikes;
        double squares = scored.Sum(fold => (fold.Gain - (ratio * fold.SpikeCount)) * (fold.Gain - (ratio * fold.SpikeCount)));
        return Math.Sqrt(scored.Length / (scored.Length - 1.0) * squares) / (spikes * Math.Log(2));
    }
}
