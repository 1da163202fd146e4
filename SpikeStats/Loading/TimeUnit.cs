using System.Globalization;

namespace SpikeStats.Loading;

/// <summary>The unit in which a file states times, defined by how many of it make a second.</summary>
/// <remarks><c>default</c> is the second. A sample number at 1000 Hz is a millisecond: units with the same <see cref="PerSecond"/> are equal.</remarks>
public readonly record struct TimeUnit
{
    private const string SamplesPrefix = "samples:";

    // 0 stands for 1, so that default is the second.
    private readonly double stated;

    private TimeUnit(double perSecond) => stated = perSecond == 1 ? 0 : perSecond;

    /// <summary>Seconds.</summary>
    public static TimeUnit Seconds => default;

    /// <summary>Milliseconds.</summary>
    public static TimeUnit Milliseconds => new(1e3);

    /// <summary>Microseconds.</summary>
    public static TimeUnit Microseconds => new(1e6);

    /// <summary>How many of the unit make a second.</summary>
    public double PerSecond => stated == 0 ? 1 : stated;

    /// <summary>Sample numbers (clock ticks) at a sampling rate.</summary>
    /// <param name="samplingRate">Samples per second, in hertz; positive and finite.</param>
    /// <returns>The unit.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not positive and finite.</exception>
    public static TimeUnit Samples(double samplingRate) => samplingRate > 0 && double.IsFinite(samplingRate)
        ? new TimeUnit(samplingRate)
        : throw new ArgumentOutOfRangeException(nameof(samplingRate), samplingRate, "The sampling rate must be positive.");

    /// <summary>Reads a unit as the command line spells it: <c>s</c>, <c>ms</c>, <c>us</c> or <c>samples:30000</c>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The unit.</returns>
    /// <exception cref="FormatException">The text names no unit of time.</exception>
    public static TimeUnit Parse(string text) => TryParse(text, out TimeUnit unit)
        ? unit
        : throw new FormatException($"'{text}' is no unit of time. Write s, ms, us, or samples:RATE with the rate in hertz, for example samples:30000.");

    /// <summary>Reads a unit as the command line spells it, without an exception.</summary>
    /// <param name="text">The text.</param>
    /// <param name="unit">The unit; the second if the text names none.</param>
    /// <returns>True if the text names a unit of time.</returns>
    public static bool TryParse(string? text, out TimeUnit unit)
    {
        unit = default;
        switch (text)
        {
            case "s":
                return true;
            case "ms":
                unit = Milliseconds;
                return true;
            case "us" or "µs" or "μs":
                unit = Microseconds;
                return true;
        }

        if (text is null || !text.StartsWith(SamplesPrefix, StringComparison.Ordinal)) return false;
        ReadOnlySpan<char> rate = text.AsSpan(SamplesPrefix.Length);
        if (!double.TryParse(rate, NumberStyles.Float, CultureInfo.InvariantCulture, out double samplingRate)) return false;
        if (!(samplingRate > 0) || !double.IsFinite(samplingRate)) return false;
        unit = Samples(samplingRate);
        return true;
    }

    /// <summary>A time of a file in seconds: the value divided by <see cref="PerSecond"/>, correctly rounded.</summary>
    /// <param name="value">The value, in units of this one.</param>
    /// <returns>Seconds.</returns>
    public double ToSeconds(double value) => value / PerSecond;

    /// <summary>The unit as <see cref="Parse"/> reads it.</summary>
    /// <returns>For example <c>ms</c> or <c>samples:30000</c>.</returns>
    public override string ToString() => PerSecond switch
    {
        1 => "s",
        1e3 => "ms",
        1e6 => "us",
        double rate => string.Create(CultureInfo.InvariantCulture, $"{SamplesPrefix}{rate:R}"),
    };
}
