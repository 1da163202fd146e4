namespace SpikeStats.Models.Hawkes;

/// <summary>The spikes of one observed interval, preceded by those that a model says came before it.</summary>
internal sealed class PrecededSpikes
{
    private PrecededSpikes(TimeInterval interval, double[] times, int[] marks, int initialCount)
    {
        Interval = interval;
        Times = times;
        Marks = marks;
        InitialCount = initialCount;
    }

    public TimeInterval Interval { get; }

    /// <summary>Times, in seconds, ascending.</summary>
    public double[] Times { get; }

    /// <summary>The position of each spike's unit.</summary>
    public int[] Marks { get; }

    /// <summary>How many of the spikes came before the interval.</summary>
    public int InitialCount { get; }

    public static PrecededSpikes Of(BasisHawkesModel model, MarkedEvents events, int interval)
    {
        (double[] before, int[] marksBefore) = Before(model, events.Observed[interval]);
        Range own = events.StretchStarts[interval]..events.StretchStarts[interval + 1];
        return new PrecededSpikes(events.Observed[interval], [.. before, .. events.Times[own]], [.. marksBefore, .. events.Marks[own]], before.Length);
    }

    /// <summary>The spikes before an interval, ascending, without those whose excitation is over when it starts.</summary>
    public static (double[] Times, int[] Marks) Before(BasisHawkesModel model, TimeInterval interval)
    {
        (double Time, int Mark)[] spikes =
        [
            .. model.InitialSpikes.SelectMany((own, mark) => own.Where(before => before < model.Basis.Support).Select(before => (interval.Start - before, mark)))
                .OrderBy(spike => spike.Item1),
        ];
        return (Array.ConvertAll(spikes, spike => spike.Time), Array.ConvertAll(spikes, spike => spike.Mark));
    }
}
