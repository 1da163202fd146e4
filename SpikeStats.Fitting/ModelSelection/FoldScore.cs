using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.ModelSelection;

/// <summary>How well a model predicts bins that it was not fitted to.</summary>
/// <param name="LogLikelihood">Log-likelihood of the held-out bins, in nats.</param>
/// <param name="NullLogLikelihood">That of the constant rate of the training bins, in nats.</param>
/// <param name="SpikeCount">Spikes in the held-out bins; for Bernoulli bins, bins with a spike.</param>
/// <param name="BinCount">Number of held-out bins.</param>
/// <param name="Status">How the fit to the training bins ended.</param>
public sealed record FoldScore(double LogLikelihood, double NullLogLikelihood, long SpikeCount, long BinCount, FitStatus Status)
{
    /// <summary>Information gained over the constant rate, in bits per held-out spike; NaN without a spike.</summary>
    public double BitsPerSpike => SpikeCount == 0 ? double.NaN : Scores.BitsPerSpike(LogLikelihood, NullLogLikelihood, SpikeCount);
}
