using SpikeStats.Fitting.GoodnessOfFit;

namespace SpikeStats.Cli.Documents;

/// <summary>Time rescaling of one unit: without the correction for discrete time, and, for a model on bins, with it.</summary>
/// <remarks><see cref="Discrete"/> is null for a model in continuous time, which needs no correction. <see cref="Unit"/> is null in documents of one unit.</remarks>
internal sealed record VerdictEntry(
    double KsStatistic, double KsPValue, VerdictEntry.DiscreteVerdict? Discrete, int N, double LjungBox, double LjungBoxPValue, int CoincidentSpikes, ulong Seed,
    bool? Fits, string Sentence, string? Unit = null)
{
    public static VerdictEntry Of(TimeRescalingResult result)
    {
        TimeRescalingVerdict verdict = TimeRescalingVerdict.Of(result);
        KolmogorovSmirnovResult uncorrected = result.Naive ?? result.KolmogorovSmirnov;
        return new VerdictEntry(
            uncorrected.Statistic, uncorrected.PValue, DiscreteVerdict.Of(result), result.Count, result.Dependence.LjungBox, result.Dependence.PValue,
            result.CoincidentSpikes, result.Seed, verdict.Fits, verdict.Sentence);
    }

    /// <summary>The verdict with the correction for discrete time, and how much its p-value depends on the draw.</summary>
    internal sealed record DiscreteVerdict(double KsStatistic, double KsPValue, int Draws, double MedianPValue, double MinPValue, double MaxPValue)
    {
        public static DiscreteVerdict? Of(TimeRescalingResult result) => result.Draws is not { } draws
            ? null
            : new DiscreteVerdict(result.KolmogorovSmirnov.Statistic, result.KolmogorovSmirnov.PValue, draws.Draws, draws.Median, draws.Minimum, draws.Maximum);
    }
}
