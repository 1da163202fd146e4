namespace SpikeStats.Fitting.Decoding;

/// <summary>How well a stimulus was reconstructed where it was known.</summary>
/// <param name="FrameCount">Number of frames.</param>
/// <param name="VarianceExplained">1 - Σ (truth - estimate)² / Σ (truth - its mean)², a fraction: 0 for the mean alone, negative for worse; NaN without frames.</param>
/// <param name="Coverage">The share of frames whose 95 % interval holds the truth; NaN without frames.</param>
/// <param name="BitsPerSecond">Log density of the truth in the posterior over that in the prior, in bits per second; its mean never exceeds the information
/// in the spikes, and falls short of it by what the decoder misses or misjudges.</param>
public sealed record StimulusScore(int FrameCount, double VarianceExplained, double Coverage, double BitsPerSecond);
