using System.Text;
using SpikeStats.Models.PointProcesses;
using SpikeStats.RandomStreams;

namespace SpikeStats.Fitting.GoodnessOfFit;

/// <summary>The time-rescaling test: whether a model explains when the spikes of a unit came.</summary>
/// <remarks>
/// If λ is the true intensity, the integral of λ from spike to spike is exponential of mean 1 and independent from interval to interval.
/// The distribution is judged by Kolmogorov and Smirnov with an exact p-value, the independence by the autocorrelation of normal scores.
/// Models on bins are judged with the correction for discrete time, and for comparison without it.
/// <para><b>Assumption:</b> the model was not fitted to the same spikes (else p-values are too large).</para>
/// <para><b>Cost:</b> O(n log n) per draw for n spikes, besides the compensator of the model.</para>
/// <para><b>Source:</b> Brown et al., Neural Computation 14 (2002); Haslinger, Pipa and Brown, Neural Computation 22 (2010).</para>
/// </remarks>
public static class TimeRescaling
{
    /// <summary>Judges a model on a recording.</summary>
    /// <param name="model">The model.</param>
    /// <param name="recording">The recording.</param>
    /// <param name="unit">Identifier of a unit that the model explains.</param>
    /// <param name="options">Options; the defaults if omitted.</param>
    /// <param name="cancellationToken">Cancels between draws.</param>
    /// <returns>The verdict; its statistics are NaN if the unit has no rescaled interval.</returns>
    /// <exception cref="UnknownUnitException">The model does not explain the unit, or the recording does not hold it.</exception>
    public static TimeRescalingResult Test(
        IPointProcess model, Recording recording, string unit, TimeRescalingOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Test(model.Compensate(recording, unit), options, cancellationToken);
    }

    /// <summary>Judges the compensator of a model.</summary>
    /// <param name="compensator">The compensator at the spikes.</param>
    /// <param name="options">Options; the defaults if omitted.</param>
    /// <param name="cancellationToken">Cancels between draws.</param>
    /// <returns>The verdict; its statistics are NaN if there is no rescaled interval.</returns>
    public static TimeRescalingResult Test(
        Compensator compensator, TimeRescalingOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(compensator);
        options ??= new TimeRescalingOptions();
        options.Validate();
        RescaledIntervals rescaled = RescaledIntervals.Continuous(compensator, options.FirstInterval, options.Censoring);
        if (!compensator.IsDiscrete) return Judge(compensator, options, rescaled, naive: null);

        double[] naive = UniformSort.Ascending(rescaled.Uniforms.Span);
        TimeRescalingResult first = Judge(compensator, options, Draw(compensator, options, 0), KolmogorovSmirnov.Test(naive));
        double[] pValues = new double[options.Draws];
        pValues[0] = first.KolmogorovSmirnov.PValue;
        for (int draw = 1; draw < options.Draws; draw++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            pValues[draw] = KolmogorovSmirnov.Test(UniformSort.Ascending(Draw(compensator, options, draw).Uniforms.Span)).PValue;
        }

        return first with { Draws = PValueSpread.Of(pValues), SortedNaiveUniforms = naive };
    }

    private static RescaledIntervals Draw(Compensator compensator, TimeRescalingOptions options, int draw)
    {
        RandomStream stream = new(options.Seed, StreamOf(compensator.Unit), trial: (uint)draw);
        double[] uniforms = new double[compensator.EventCount];
        for (int i = 0; i < uniforms.Length; i++) uniforms[i] = stream.NextDouble();
        return RescaledIntervals.Discrete(compensator, uniforms, options.FirstInterval, options.Censoring);
    }

    // Units that are judged with one seed must not share their uniform numbers, and those of a unit must not depend on which others the recording holds: the
    // stream comes from the identifier, by the hash FNV-1a.
    private static uint StreamOf(string unit)
    {
        uint hash = 2166136261;
        foreach (byte letter in Encoding.UTF8.GetBytes(unit)) hash = unchecked((hash ^ letter) * 16777619);
        return hash;
    }

    private static TimeRescalingResult Judge(
        Compensator compensator, TimeRescalingOptions options, RescaledIntervals rescaled, KolmogorovSmirnovResult? naive)
    {
        double[] sorted = UniformSort.Ascending(rescaled.Uniforms.Span);
        return new TimeRescalingResult(
            compensator.Unit, compensator.IsDiscrete, rescaled, sorted, KolmogorovSmirnov.Test(sorted), naive, Draws: null,
            SerialDependence.OfUniforms(rescaled.Uniforms.Span, options.Lags), compensator.CoincidentSpikes, options.Seed);
    }
}
