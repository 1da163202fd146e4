using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Statistics;

namespace SpikeStats.Cli.Reporting;

/// <summary>Everything the report knows about one unit.</summary>
/// <param name="Summary">The numbers of the unit.</param>
/// <param name="Train">Its spikes.</param>
/// <param name="Intervals">Its interspike intervals.</param>
/// <param name="Autocorrelogram">Its autocorrelogram.</param>
/// <param name="Rate">Its rate over the recording; null if it was never observed.</param>
/// <param name="Psth">Its rate around the zero of trials; null without trials.</param>
/// <param name="Average">The spike-triggered average; null without a signal that covers the observed time.</param>
/// <param name="Fit">The model; null if none was fitted.</param>
/// <param name="Rescaling">The test of the model; null without one.</param>
/// <param name="Verdict">The test in words; null without a model.</param>
/// <param name="NotFitted">Why there is no model; empty if there is one.</param>
internal sealed record UnitReport(
    UnitSummary Summary, SpikeTrain Train, InterspikeIntervals Intervals, Correlogram Autocorrelogram, RateCourse? Rate, PeristimulusHistogram? Psth,
    SpikeTriggeredAverage? Average, GlmFit? Fit, TimeRescalingResult? Rescaling, TimeRescalingVerdict? Verdict, string NotFitted)
{
    /// <summary>Identifier of the unit.</summary>
    public string Unit => Summary.Unit;
}
