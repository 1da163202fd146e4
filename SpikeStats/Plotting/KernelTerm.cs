namespace SpikeStats.Plotting;

/// <summary>A kernel over lag, what a spike adds to a rate, with its standard errors.</summary>
/// <param name="Name">What the kernel is, for example <c>unit 3 → unit 1</c>.</param>
/// <param name="Lags">Lags, in seconds, ascending; length n, or the edges of windows, length n + 1, in which the kernel is level.</param>
/// <param name="Kernel">What a spike adds to the rate at each lag or in each window, in hertz; length n. NaN leaves a gap.</param>
/// <param name="StandardError">Standard errors of <paramref name="Kernel"/>, in hertz; length n, or empty for no band. NaN leaves a gap in the band.</param>
public sealed record KernelTerm(
    string Name, ReadOnlyMemory<double> Lags, ReadOnlyMemory<double> Kernel, ReadOnlyMemory<double> StandardError = default);
