namespace SpikeStats.Statistics;

/// <summary>Segments, frequencies and tapers of a <see cref="SpikeSpectrum"/>.</summary>
public sealed record SpectrumOptions
{
    /// <summary>Length of the segments that are averaged, in seconds; frequencies are its inverse apart.</summary>
    /// <value>2 s unless set.</value>
    public double SegmentDuration { get; init; } = 2;

    /// <summary>Highest frequency, in hertz.</summary>
    /// <value>200 Hz unless set.</value>
    public double MaximumFrequency { get; init; } = 200;

    /// <summary>Number of sine tapers; ignored by Welch's method.</summary>
    /// <value>5 unless set.</value>
    public int TaperCount { get; init; } = 5;
}
