namespace SpikeStats.Fitting.Renewal;

/// <summary>The intervals of a train, sorted by what is known of them.</summary>
internal sealed class IntervalSample
{
    private IntervalSample(double[] complete, double[] open, double[] firstWaits, double[] silences)
    {
        Complete = complete;
        Open = open;
        FirstWaits = firstWaits;
        Silences = silences;
    }

    /// <summary>Intervals between two spikes of one observed interval, in seconds.</summary>
    public double[] Complete { get; }

    /// <summary>From the last spike to the end of an observed interval.</summary>
    public double[] Open { get; }

    /// <summary>From the start of an observed interval to its first spike; only in equilibrium.</summary>
    public double[] FirstWaits { get; }

    /// <summary>Observed intervals without a spike; only in equilibrium.</summary>
    public double[] Silences { get; }

    public int EventCount => Complete.Length + FirstWaits.Length;

    public double Exposure => Complete.Sum() + Open.Sum() + FirstWaits.Sum() + Silences.Sum();

    public double Mean => Complete.Average();

    public double MeanLog => Complete.Average(Math.Log);

    public double MeanReciprocal => Complete.Average(time => 1 / time);

    public double DeviationLog
    {
        get
        {
            double mean = MeanLog;
            return Math.Sqrt(Complete.Average(time => (Math.Log(time) - mean) * (Math.Log(time) - mean)));
        }
    }

    /// <summary>Takes the intervals of a train.</summary>
    /// <exception cref="InvalidRecordingException">There are too few intervals, or some that the family forbids.</exception>
    public static IntervalSample Of(SpikeTrain train, IntervalFamily family, bool withOpen, bool inEquilibrium)
    {
        List<double> complete = [], open = [], firstWaits = [], silences = [];
        foreach (TimeInterval interval in train.Observed)
        {
            ReadOnlySpan<double> times = train.TimesIn(interval);
            if (times.IsEmpty)
            {
                if (inEquilibrium) silences.Add(interval.Duration);
                continue;
            }

            for (int i = 1; i < times.Length; i++) complete.Add(times[i] - times[i - 1]);
            if (withOpen) open.Add(interval.End - times[^1]);
            if (inEquilibrium) firstWaits.Add(times[0] - interval.Start);
        }

        Refuse(train, family, complete);
        return new IntervalSample([.. complete], [.. open], [.. firstWaits], [.. silences]);
    }

    private static void Refuse(SpikeTrain train, IntervalFamily family, List<double> complete)
    {
        if (train.Count == 0)
            throw new InvalidRecordingException("there is no spike, so that no interval can be fitted", "choose another unit or a longer recording", unit: train.Unit);
        if (complete.Count <= family.ParameterCount)
        {
            throw new InvalidRecordingException(
                $"{train.Count} spikes leave {complete.Count} complete intervals, too few for the {family.ParameterCount} parameters of the family {family.Name}",
                "choose a unit with more spikes or a family with fewer parameters", unit: train.Unit);
        }

        int zero = complete.Count(time => time <= 0);
        if (zero > 0)
        {
            throw new InvalidRecordingException(
                $"{zero} of {complete.Count} intervals are zero, which no continuous distribution allows", "drop coincident spikes on loading (policy Drop for duplicates)",
                unit: train.Unit);
        }

        double shortest = complete.Min();
        if (shortest <= family.ShortestInterval)
        {
            throw new InvalidRecordingException(
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"an interval of {shortest} s lies within the refractory period of {family.ShortestInterval} s"),
                "choose a shorter refractory period", unit: train.Unit);
        }

        if (family.NeedsSpread && complete.Max() - shortest <= 1e-9 * shortest)
        {
            throw new InvalidRecordingException(
                $"all intervals are equal, so that the likelihood of the family {family.Name} has no maximum", "choose the family exponential or another unit", unit: train.Unit);
        }
    }
}
