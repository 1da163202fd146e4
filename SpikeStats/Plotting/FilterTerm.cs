namespace SpikeStats.Plotting;

/// <summary>A fitted filter over lag, such as a post-spike filter or a coupling filter, with its standard errors.</summary>
/// <param name="Name">What the filter is, for example <c>history</c> or <c>unit 3 → unit 1</c>.</param>
/// <param name="Lags">Lags, in seconds, ascending; length n.</param>
/// <param name="LogGain">Logarithm of the factor by which an event multiplies the intensity at each lag, dimensionless; length n. Negative infinity
/// where the intensity is zero, as in an absolute refractory period; NaN leaves a gap.</param>
/// <param name="StandardError">Standard errors of <paramref name="LogGain"/>, dimensionless; length n, or empty for no band.</param>
public sealed record FilterTerm(
    string Name, ReadOnlyMemory<double> Lags, ReadOnlyMemory<double> LogGain, ReadOnlyMemory<double> StandardError = default);
