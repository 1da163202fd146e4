namespace SpikeStats;

/// <summary>One repetition of an experiment, laid on the time axis of the recording.</summary>
/// <param name="Id">Identifier of the trial.</param>
/// <param name="Interval">The stretch of the recording's time axis that the trial occupies.</param>
/// <param name="Zero">The instant of the recording's time axis that the trial calls zero (stimulus onset, say), in seconds.
/// A spike at time t of the recording is at t - Zero in trial time.</param>
public sealed record Trial(string Id, TimeInterval Interval, double Zero);
