namespace SpikeStats.Statistics;

/// <summary>How many interspike intervals are shorter than a refractory period: spikes that one neuron cannot have fired both.</summary>
/// <remarks>
/// A sorted unit with many of them holds spikes of several neurons. An interval equal to the period to within rounding is no violation.
/// <para><b>Source:</b> Hill, Mehta and Kleinfeld, Journal of Neuroscience 31 (2011) 8699-8705, who judge sorted units by it.</para>
/// </remarks>
/// <param name="RefractoryPeriod">The refractory period, in seconds.</param>
/// <param name="Count">Number of intervals shorter than it.</param>
/// <param name="Fraction">Their fraction of all interspike intervals; NaN without intervals.</param>
public sealed record RefractoryViolations(double RefractoryPeriod, int Count, double Fraction)
{
    /// <summary>The refractory period if none is given: 1.5 ms, short enough to accuse no fast-spiking cell.</summary>
    public const double DefaultRefractoryPeriod = 0.0015;

    /// <summary>Counts the violations of a train.</summary>
    /// <param name="train">The train; intervals across gaps do not count.</param>
    /// <param name="refractoryPeriod">The refractory period, in seconds; positive.</param>
    /// <returns>Number and fraction of violations. Cost O(n).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The period is not positive.</exception>
    public static RefractoryViolations Of(SpikeTrain train, double refractoryPeriod = DefaultRefractoryPeriod)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (!(refractoryPeriod > 0) || !double.IsFinite(refractoryPeriod))
            throw new ArgumentOutOfRangeException(nameof(refractoryPeriod), refractoryPeriod, "The refractory period must be positive.");
        double limit = (refractoryPeriod * (1 - HistogramBins.Slack)) - HistogramBins.RoundingOf(train);
        int count = 0, intervals = 0;
        for (int run = 0; run < train.Observed.Count; run++)
        {
            ReadOnlySpan<double> times = train.TimesIn(run);
            for (int i = 1; i < times.Length; i++)
            {
                intervals++;
                if (times[i] - times[i - 1] < limit) count++;
            }
        }

        return new RefractoryViolations(refractoryPeriod, count, (double)count / intervals);
    }
}
