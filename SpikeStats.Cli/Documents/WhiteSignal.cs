namespace SpikeStats.Cli.Documents;

/// <summary>A Gaussian signal with equal power at all frequencies up to a limit.</summary>
/// <param name="StandardDeviation">In volts.</param>
/// <param name="Band">The limit, in hertz.</param>
internal sealed record WhiteSignal(double StandardDeviation, double Band)
{
    /// <summary>The two-sided spectrum, in volts squared per hertz, whose integral is the variance.</summary>
    public double SpectrumAt(double frequency) => Math.Abs(frequency) <= Band ? StandardDeviation * StandardDeviation / (2 * Band) : 0;
}
