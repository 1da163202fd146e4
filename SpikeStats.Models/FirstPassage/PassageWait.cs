namespace SpikeStats.Models.FirstPassage;

/// <summary>A wait of a neuron for its next spike, from the end of the refractory period on.</summary>
/// <param name="Segment">Position of the observed interval.</param>
/// <param name="Start">When the voltage leaves the reset, in seconds.</param>
/// <param name="Duration">How long the wait lasted, in seconds; not positive for a spike within the refractory period.</param>
/// <param name="IsOpen">Whether the observation ended first.</param>
internal readonly record struct PassageWait(int Segment, double Start, double Duration, bool IsOpen)
{
    /// <summary>All waits of a train from the first spike of each observed interval on, in order.</summary>
    public static PassageWait[] Of(SpikeTrain train, double refractoryPeriod)
    {
        List<PassageWait> waits = [];
        for (int s = 0; s < train.Observed.Count; s++)
        {
            ReadOnlySpan<double> times = train.TimesIn(train.Observed[s]);
            for (int i = 0; i < times.Length; i++)
            {
                bool isOpen = i == times.Length - 1;
                double start = times[i] + refractoryPeriod, end = isOpen ? train.Observed[s].End : times[i + 1];
                waits.Add(new PassageWait(s, start, isOpen ? Math.Max(0, end - start) : end - start, isOpen));
            }
        }

        return [.. waits];
    }
}
