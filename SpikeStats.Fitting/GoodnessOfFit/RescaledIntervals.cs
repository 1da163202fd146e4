using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Fitting.GoodnessOfFit;

/// <summary>Interspike intervals in units of the compensator: exponential of mean 1 if the model is true.</summary>
/// <remarks>
/// Nothing is integrated over a gap of the observation. Unless told otherwise, the wait that the end of a stretch cuts off goes on in the next
/// (<see cref="Censoring.CarryOver"/>), so that only the last of all is censored.
/// </remarks>
/// <param name="Intervals">z, dimensionless, one per rescaled interval, in the order of time.</param>
/// <param name="Uniforms">u, what the distribution function makes of z: uniform on [0, 1] if the model is true. In the order of time.</param>
/// <param name="DroppedFirstIntervals">Number of intervals left out because they precede the first spike of a stretch.</param>
/// <param name="CensoredIntervals">Number of intervals left out because observation ended before they did.</param>
public sealed record RescaledIntervals(
    ReadOnlyMemory<double> Intervals, ReadOnlyMemory<double> Uniforms, int DroppedFirstIntervals, int CensoredIntervals)
{
    /// <summary>Rescales by the increments of the compensator: z_k = Λ(t_k) - Λ(t_(k-1)).</summary>
    /// <remarks>
    /// For a model on bins this is the naive rescaling: it takes a spike to sit at the end of its bin, and so rejects true models unless the
    /// probability of a spike per bin is tiny. <see cref="Discrete"/> corrects that.
    /// <b>Source:</b> Brown, Barbieri, Ventura, Kass and Frank, Neural Computation 14 (2002).
    /// </remarks>
    /// <param name="compensator">The compensator at the spikes.</param>
    /// <param name="firstInterval">What becomes of the first interval of each stretch.</param>
    /// <param name="censoring">What becomes of the wait that the end of a stretch cuts off.</param>
    /// <returns>The intervals; empty if there is no spike.</returns>
    public static RescaledIntervals Continuous(
        Compensator compensator, FirstInterval firstInterval = FirstInterval.Include, Censoring censoring = Censoring.CarryOver)
    {
        ArgumentNullException.ThrowIfNull(compensator);
        Collector collector = new(compensator, firstInterval, censoring);
        foreach (CompensatorSegment segment in compensator.Segments)
        {
            double previous = 0;
            bool first = true;
            foreach (double value in segment.AtEvents.Span)
            {
                collector.Add(first, value - previous);
                previous = value;
                first = false;
            }

            collector.CutOff(first, segment.AtEnd - previous);
        }

        return collector.Collect();
    }

    /// <summary>Rescales a model on bins, with the correction for discrete time.</summary>
    /// <remarks>
    /// ξ_k = Σ q over the bins strictly between two spikes + δ_k, δ_k = -log(1 - r_k (1 - e^(-q_k))), where q = -log P(no spike in the bin),
    /// q_k belongs to the bin of the spike and r_k is uniform: exactly exponential if the model is true, whatever the width of the bins.
    /// <b>Source:</b> Haslinger, Pipa and Brown, Neural Computation 22 (2010).
    /// </remarks>
    /// <param name="compensator">The compensator of a model on bins.</param>
    /// <param name="uniforms">r, uniform on (0, 1): one number per event of the compensator, in order, those of dropped intervals included.</param>
    /// <param name="firstInterval">What becomes of the first interval of each stretch.</param>
    /// <param name="censoring">What becomes of the wait that the end of a stretch cuts off.</param>
    /// <returns>The intervals; empty if there is no spike.</returns>
    /// <exception cref="ArgumentException">The model is not one on bins, or there is not one number per event.</exception>
    public static RescaledIntervals Discrete(
        Compensator compensator, ReadOnlySpan<double> uniforms, FirstInterval firstInterval = FirstInterval.Include, Censoring censoring = Censoring.CarryOver)
    {
        ArgumentNullException.ThrowIfNull(compensator);
        if (!compensator.IsDiscrete) throw new ArgumentException("The correction for discrete time needs a model on bins.", nameof(compensator));
        if (uniforms.Length != compensator.EventCount)
            throw new ArgumentException($"{compensator.EventCount} events need as many uniform numbers, not {uniforms.Length}.", nameof(uniforms));
        Collector collector = new(compensator, firstInterval, censoring);
        int n = 0;
        foreach (CompensatorSegment segment in compensator.Segments)
        {
            double previous = 0;
            ReadOnlySpan<double> upTo = segment.HazardAtEvents.Span, own = segment.EventHazard.Span;
            for (int i = 0; i < upTo.Length; i++)
            {
                double within = -Math.Log(1 - (uniforms[n++] * (1 - Math.Exp(-own[i]))));
                // Rounding must not make the bins between two neighbouring spikes negative.
                collector.Add(i == 0, Math.Max(0, upTo[i] - own[i] - previous) + within);
                previous = upTo[i];
            }

            collector.CutOff(upTo.IsEmpty, segment.HazardAtEnd - previous);
        }

        return collector.Collect();
    }

    /// <summary>Takes intervals one by one and decides which count.</summary>
    private sealed class Collector(Compensator compensator, FirstInterval firstInterval, Censoring censoring)
    {
        private readonly double[] intervals = new double[compensator.EventCount];
        private readonly bool carriesOver = censoring == Censoring.CarryOver && firstInterval == FirstInterval.Include;
        private int count, dropped;

        // What has gone by of a wait that began in an earlier stretch.
        private double carried;

        public void Add(bool first, double interval)
        {
            if (first && firstInterval == FirstInterval.Drop)
            {
                dropped++;
                return;
            }

            intervals[count++] = first ? carried + interval : interval;
        }

        /// <summary>Ends a stretch: with what is left of it after its last spike, or with all of it if it holds none.</summary>
        public void CutOff(bool isSilent, double left)
        {
            if (carriesOver) carried = isSilent ? carried + left : left;
        }

        public RescaledIntervals Collect()
        {
            double[] uniforms = new double[count];
            for (int i = 0; i < count; i++) uniforms[i] = 1 - Math.Exp(-intervals[i]);
            return new(intervals.AsMemory(0, count), uniforms, dropped, carriesOver ? Math.Min(1, compensator.Segments.Count) : compensator.Segments.Count);
        }
    }
}
