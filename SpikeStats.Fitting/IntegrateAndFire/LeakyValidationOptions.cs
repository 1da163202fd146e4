namespace SpikeStats.Fitting.IntegrateAndFire;

/// <summary>How a simulated ensemble is held against theory.</summary>
public sealed record LeakyValidationOptions
{
    /// <summary>The analysed time, in seconds.</summary>
    /// <value>10 s by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Duration
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The duration must be positive and finite, in seconds.");
    }

    = 10;

    /// <summary>The frequencies of the susceptibility, in hertz; each is moved to the nearest with whole periods in the analysed time.</summary>
    /// <value>5, 20 and 80 Hz by default; may be empty.</value>
    /// <exception cref="ArgumentOutOfRangeException">A frequency is not positive and finite.</exception>
    public IReadOnlyList<double> Frequencies
    {
        get;
        init => field = value.All(frequency => frequency > 0 && double.IsFinite(frequency))
            ? [.. value]
            : throw new ArgumentOutOfRangeException(nameof(value), "The frequencies must be positive and finite, in hertz.");
    }

    = [5, 20, 80];

    /// <summary>The amplitude of each sine of the modulated mean as a fraction of σ, dimensionless.</summary>
    /// <value>0.1 by default: small enough for the response to be linear to about 1 %.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not between 0 and 1.</exception>
    public double Modulation
    {
        get;
        init => field = value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The modulation must lie between 0 and 1, as a fraction of σ.");
    }

    = 0.1;

    /// <summary>The largest |z| that counts as agreement, in units of the standard error.</summary>
    /// <value>4 by default: of correct numbers each fails with a probability of 6·10⁻⁵.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Bound
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The bound must be positive and finite, in units of the standard error.");
    }

    = 4;
}
