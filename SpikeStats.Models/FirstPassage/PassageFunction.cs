namespace SpikeStats.Models.FirstPassage;

/// <summary>A logarithm and its derivatives as a function of time.</summary>
/// <param name="time">The time, in time constants.</param>
/// <param name="path">The path that served the last time, or null; replaced if it does not serve this one.</param>
internal delegate PassageLogarithm PassageFunction(double time, ref PassagePath? path);
