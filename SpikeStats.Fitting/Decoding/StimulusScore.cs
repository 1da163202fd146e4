namespace SpikeStats.Fitting.Decoding;

/// <summary>How well a stimulus was reconstructed where it was known.</summary>
/// <param name="FrameCount">Number of frames.</param>
/// <param name="VarianceExplained">1 - Σ (truth - estimate)² / Σ (truth - its mean)², a fraction: 0 for the mean alone, negative for worse; NaN without frames.</param>
/// <param name="Coverage">The share of frames whose 95 % interval holds the truth; NaN without frames.</param>
/// <param name="BitsPerSecond">Log density of the truth in the posterior over that in the prior, in bits per second; its mean never exceeds the information
/// in the spikes, and falls short of it by what the decoder misses or misjudges.</param>
public sealed record StimulusScore(int FrameCount, double VarianceExplained, double Coverage, double BitsPerSecond)
{
    /// <summary>Reconstructs the stimulus in every part of a recording with models of the rest.</summary>
    /// <remarks>
    /// The observed time is cut into contiguous blocks of equal duration. Coverage is over all frames and information over all time; the variance explained is the mean
    /// over blocks, weighted with their frames.
    /// </remarks>
    /// <param name="recording">Spikes, and the signal that is to be reconstructed.</param>
    /// <param name="train">Makes a reconstruction, with models fitted to the recording that it is given.</param>
    /// <param name="blockCount">Number of blocks; at least 2.</param>
    /// <param name="cancellationToken">Cancels the computation.</param>
    /// <returns>The score over all blocks; NaN if no block holds a frame.</returns>
    /// <exception cref="ArgumentException">There is no such signal.</exception>
    public static StimulusScore HeldOut(
        Recording recording, Func<Recording, StimulusReconstruction> train, int blockCount = 5, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentOutOfRangeException.ThrowIfLessThan(blockCount, 2);
        int frames = 0;
        double variance = 0, covered = 0, bits = 0, duration = 0;
        foreach ((TimeIntervals held, TimeIntervals rest) in ContiguousBlocks.Folds(recording.Observed, blockCount))
        {
            StimulusReconstruction reconstruction = train(recording.Restrict(rest));
            StimulusPosterior posterior = reconstruction.Reconstruct(recording.Restrict(held), cancellationToken: cancellationToken);
            if (posterior.Mean.Length == 0) continue;
            StimulusScore score = posterior.Score(recording.Signal(reconstruction.Signal));
            frames += score.FrameCount;
            variance += score.VarianceExplained * score.FrameCount;
            covered += score.Coverage * score.FrameCount;
            bits += score.BitsPerSecond * posterior.Duration;
            duration += posterior.Duration;
        }

        return new StimulusScore(frames, variance / frames, covered / frames, bits / duration);
    }
}
