using SpikeStats.Models.Neurons;

namespace SpikeStats.Models.MeanField;

/// <summary>Which modes of a network to look for.</summary>
public sealed record DelayStabilityOptions
{
    /// <summary>The highest frequency of a mode, in hertz.</summary>
    /// <value>1000 Hz by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double HighestFrequency { get; init => field = Require.Positive(value, nameof(value), "The highest frequency", "in hertz"); } = 1000;

    /// <summary>The lowest growth rate of a mode, in hertz (inverse seconds).</summary>
    /// <value>-300/s by default: modes that decay faster are not listed.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is positive or not finite.</exception>
    public double LowestGrowthRate
    {
        get;
        init => field = value <= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The lowest growth rate must be finite and not positive, in inverse seconds.");
    }

    = -300;
}
