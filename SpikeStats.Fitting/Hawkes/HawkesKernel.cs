using System.Globalization;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>The shape of the kernels of a Hawkes process: a sum of exponentials whose decays are shared by all pairs of units.</summary>
/// <remarks>Given decays leave a convex problem with one optimum; decays that are estimated too are found from several starts.</remarks>
public sealed record HawkesKernel
{
    private HawkesKernel(int exponentials, IReadOnlyList<double> decays)
    {
        ExponentialCount = exponentials;
        Decays = decays;
    }

    /// <summary>The number of exponentials.</summary>
    public int ExponentialCount { get; }

    /// <summary>The given decays β, in reciprocal seconds (units of hertz); empty if they are to be estimated.</summary>
    public IReadOnlyList<double> Decays { get; }

    /// <summary>Whether the decays are to be estimated.</summary>
    public bool IsFree => Decays.Count == 0;

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

    /// <summary>The kernel in words.</summary>
    /// <returns>For example <c>exponential, decay estimated</c>.</returns>
    public override string ToString()
    {
        string sum = ExponentialCount == 1 ? "exponential" : string.Create(CultureInfo.InvariantCulture, $"sum of {ExponentialCount} exponentials");
        return IsFree ? $"{sum}, decays estimated" : string.Create(CultureInfo.InvariantCulture, $"{sum}, decays {string.Join(", ", Decays.Select(decay => decay.ToString("G6", CultureInfo.InvariantCulture)))} per second");
    }
}
