namespace SpikeStats.Models.SpikeResponses;

/// <summary>What a spike adds to a membrane, over the time since it: the kernels η and ε of the spike response model.</summary>
public abstract record ResponseKernel
{
    private protected ResponseKernel()
    {
    }

    /// <summary>The lag from which on the kernel is zero, to rounding, in seconds.</summary>
    public abstract double Support { get; }

    /// <summary>The kernel at a lag.</summary>
    /// <param name="lag">Time since the spike, in seconds.</param>
    /// <returns>Volts; 0 at negative lags and from <see cref="Support"/> on, the value right after the spike at 0.</returns>
    public double At(double lag) => lag < 0 || lag >= Support ? 0 : Inside(lag);

    /// <summary>The kernel on bins, as the filter of a generalised linear model: at lag l·binWidth, the mean lag of spikes that are l bins apart.</summary>
    /// <param name="binWidth">Width of a bin, in seconds; positive.</param>
    /// <param name="firstLag">The first lag, in bins; at least 1.</param>
    /// <returns>Volts, one value per lag from <paramref name="firstLag"/> to the last within <see cref="Support"/>; empty if there is none.</returns>
    public virtual double[] Sample(double binWidth, int firstLag)
    {
        if (!(binWidth > 0) || !double.IsFinite(binWidth)) throw new ArgumentOutOfRangeException(nameof(binWidth), binWidth, "The bin width must be positive and finite, in seconds.");
        ArgumentOutOfRangeException.ThrowIfLessThan(firstLag, 1);
        int count = Math.Max(0, (int)Math.Ceiling(Support / binWidth) - firstLag);
        return [.. Enumerable.Range(firstLag, count).Select(lag => At(lag * binWidth))];
    }

    private protected abstract double Inside(double lag);
}
