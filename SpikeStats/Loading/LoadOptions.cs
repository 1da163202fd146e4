namespace SpikeStats.Loading;

/// <summary>What the reader of a file must be told because the file does not say it, and what to do with irregular data.</summary>
/// <remarks>Every value is checked when it is set; an impossible one throws an <see cref="ArgumentException"/>.</remarks>
public sealed record LoadOptions
{
    /// <summary>The unit in which the file states times.</summary>
    /// <value>Default null: as the header or the format says, else seconds. A stated unit wins over the header, with a warning if they differ.</value>
    public TimeUnit? TimeUnit { get; init; }

    /// <summary>When the units were observed, in seconds; for a recording of trials in the time of a trial.</summary>
    /// <value>Default null: assumed from the spikes, and reported. Not used for signals.</value>
    public TimeIntervals? Observed
    {
        get;
        init => field = value is { Count: 0 } ? throw new ArgumentException("The observed intervals are empty.", nameof(value)) : value;
    }

    /// <summary>
    /// The sampling rate of sample numbers that come without one (a Phy folder without params.py) and of signals without a time column, in hertz.
    /// </summary>
    /// <value>Default null: as the file says. It does not turn the times of a text file into sample numbers; <see cref="TimeUnit"/> does.</value>
    public double? SamplingRate
    {
        get;
        init => field = value is { } rate && (!(rate > 0) || !double.IsFinite(rate))
            ? throw new ArgumentOutOfRangeException(nameof(value), value, "The sampling rate must be positive.")
            : value;
    }

    /// <summary>How the rows of a text file are to be read.</summary>
    /// <remarks>Ignored for other formats and for signals.</remarks>
    /// <value>Default <see cref="TextLayout.Auto"/>.</value>
    public TextLayout Layout
    {
        get;
        init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such layout.");
    }

    /// <summary>A spike that lies before the spike of the same unit and trial that precedes it in the file.</summary>
    /// <value>Default <see cref="IrregularityPolicy.Throw"/>; also <see cref="IrregularityPolicy.Sort"/> and <see cref="IrregularityPolicy.Drop"/>,
    /// which leaves out every spike before the latest one seen.</value>
    public IrregularityPolicy OnUnsorted
    {
        get;
        init => field = Allowed(value, nameof(OnUnsorted), IrregularityPolicy.Throw, IrregularityPolicy.Sort, IrregularityPolicy.Drop);
    }

    /// <summary>A spike at the same instant as another of the same unit and trial.</summary>
    /// <value>Default <see cref="IrregularityPolicy.Throw"/>; also <see cref="IrregularityPolicy.Drop"/> and <see cref="IrregularityPolicy.Keep"/>
    /// (not for timestamps of signals).</value>
    public IrregularityPolicy OnDuplicate
    {
        get;
        init => field = Allowed(value, nameof(OnDuplicate), IrregularityPolicy.Throw, IrregularityPolicy.Drop, IrregularityPolicy.Keep);
    }

    /// <summary>A time that is NaN, infinite or missing; for a signal also such a sample.</summary>
    /// <value>Default <see cref="IrregularityPolicy.Throw"/>; also <see cref="IrregularityPolicy.Drop"/>.</value>
    public IrregularityPolicy OnNonFinite
    {
        get;
        init => field = Allowed(value, nameof(OnNonFinite), IrregularityPolicy.Throw, IrregularityPolicy.Drop);
    }

    /// <summary>A spike outside <see cref="Observed"/>.</summary>
    /// <value>Default <see cref="IrregularityPolicy.Throw"/>; also <see cref="IrregularityPolicy.Drop"/>.</value>
    public IrregularityPolicy OnOutside
    {
        get;
        init => field = Allowed(value, nameof(OnOutside), IrregularityPolicy.Throw, IrregularityPolicy.Drop);
    }

    private static IrregularityPolicy Allowed(IrregularityPolicy policy, string option, params ReadOnlySpan<IrregularityPolicy> allowed)
    {
        if (allowed.Contains(policy)) return policy;
        throw new ArgumentException($"{option} cannot be {policy}; it can be {string.Join(", ", allowed.ToArray())}.", nameof(policy));
    }
}
