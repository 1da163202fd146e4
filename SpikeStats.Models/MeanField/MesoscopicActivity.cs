namespace SpikeStats.Models.MeanField;

/// <summary>The activity of a finite population.</summary>
/// <param name="Activity">The spikes of all neurons over their number and the time step, in hertz, from time 0 on.</param>
/// <param name="Expected">What was expected of each step given those before, in hertz; the activity varies about it like a binomial count.</param>
public sealed record MesoscopicActivity(SampledSignal Activity, SampledSignal Expected);
