using System.Globalization;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>The shape of the kernels of a Hawkes process, shared by all pairs of units: a sum of exponentials or a power law.</summary>
/// <remarks>A given shape leaves a convex problem with one optimum; a shape that is estimated too is found from several starts.</remarks>
public sealed record HawkesKernel
{
    private HawkesKernel(int exponentials, IReadOnlyList<double> decays)
    {
        ExponentialCount = exponentials;
        Decays = decays;
    }

    /// <summary>The number of exponentials; 0 for a power law, which takes as many as its accuracy needs.</summary>
    public int ExponentialCount { get; }

    /// <summary>The given decays β, in reciprocal seconds (units of hertz); empty if they are to be estimated, or for a power law.</summary>
    public IReadOnlyList<double> Decays { get; }

    /// <summary>Whether this is a power law.</summary>
    public bool IsPowerLaw { get; private init; }

    /// <summary>The given power law; null if its parameters are to be estimated, or for exponentials.</summary>
    public PowerLawKernel? GivenPowerLaw { get; private init; }

    /// <summary>Largest relative error of a power law as a sum of exponentials, dimensionless; see <see cref="PowerLawMixture.RelativeError"/>.</summary>
    public double Accuracy { get; private init; } = PowerLawKernel.DefaultAccuracy;

    /// <summary>Whether the shape, decays or power law, is to be estimated.</summary>
    public bool IsFree => IsPowerLaw ? GivenPowerLaw is null : Decays.Count == 0;

    /// <summary>Branching ratios that each pair of units has.</summary>
    internal int RatiosPerPair => IsPowerLaw ? 1 : ExponentialCount;

    /// <summary>One exponential with a given decay.</summary>
    /// <param name="decay">β, in reciprocal seconds (units of hertz); positive.</param>
    /// <returns>The kernel.</returns>
    /// <exception cref="ArgumentException">The decay is not positive and finite.</exception>
    public static HawkesKernel Exponential(double decay) => Exponentials(decay);

    /// <summary>A sum of exponentials with given decays.</summary>
    /// <param name="decays">β, in reciprocal seconds (units of hertz); positive and different.</param>
    /// <returns>The kernel.</returns>
    /// <exception cref="ArgumentException">A decay is not positive and finite, two are equal, or there is none.</exception>
    public static HawkesKernel Exponentials(params IReadOnlyList<double> decays)
    {
        ArgumentNullException.ThrowIfNull(decays);
        if (decays.Count == 0) throw new ArgumentException($"Name the decays, or use {nameof(FreeExponentials)}.", nameof(decays));
        foreach (double decay in decays)
        {
            if (!(decay > 0) || !double.IsFinite(decay))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"A decay is the reciprocal of a time constant and must be positive, not {decay} per second."), nameof(decays));
        }

        if (decays.Distinct().Count() < decays.Count) throw new ArgumentException("The decays must differ; two equal exponentials cannot be told apart.", nameof(decays));
        return new HawkesKernel(decays.Count, [.. decays]);
    }

    /// <summary>A sum of exponentials whose decays are estimated with everything else.</summary>
    /// <param name="count">The number of exponentials, 1 to 4.</param>
    /// <returns>The kernel.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The number is not between 1 and 4.</exception>
    public static HawkesKernel FreeExponentials(int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 4);
        return new HawkesKernel(count, []);
    }

    /// <summary>A power law φ(t) = θ c^θ / (t + c)^(1+θ) with given parameters.</summary>
    /// <param name="timeScale">c, in seconds; positive.</param>
    /// <param name="exponent">θ, dimensionless; positive.</param>
    /// <param name="accuracy">Largest relative error of its approximation by exponentials, dimensionless, 10^-13 to 0.1.</param>
    /// <returns>The kernel.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static HawkesKernel PowerLaw(double timeScale, double exponent, double accuracy = PowerLawKernel.DefaultAccuracy)
    {
        PowerLawKernel.ThrowIfInaccurate(accuracy);
        return new HawkesKernel(0, []) { IsPowerLaw = true, GivenPowerLaw = new PowerLawKernel(timeScale, exponent), Accuracy = accuracy };
    }

    /// <summary>A power law whose time scale c and exponent θ are estimated with everything else.</summary>
    /// <param name="accuracy">Largest relative error of its approximation by exponentials, dimensionless, 10^-13 to 0.1.</param>
    /// <returns>The kernel.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The accuracy is out of range.</exception>
    public static HawkesKernel FreePowerLaw(double accuracy = PowerLawKernel.DefaultAccuracy)
    {
        PowerLawKernel.ThrowIfInaccurate(accuracy);
        return new HawkesKernel(0, []) { IsPowerLaw = true, Accuracy = accuracy };
    }

    /// <summary>The kernel in words.</summary>
    /// <returns>For example <c>exponential, decay estimated</c>.</returns>
    public override string ToString()
    {
        if (IsPowerLaw)
        {
            return GivenPowerLaw is null
                ? "power law, time scale and exponent estimated"
                : string.Create(CultureInfo.InvariantCulture, $"power law, time scale {GivenPowerLaw.TimeScale:G6} s, exponent {GivenPowerLaw.Exponent:G6}");
        }

        string sum = ExponentialCount == 1 ? "exponential" : string.Create(CultureInfo.InvariantCulture, $"sum of {ExponentialCount} exponentials");
        return IsFree ? $"{sum}, decays estimated" : string.Create(CultureInfo.InvariantCulture, $"{sum}, decays {string.Join(", ", Decays.Select(decay => decay.ToString("G6", CultureInfo.InvariantCulture)))} per second");
    }
}
