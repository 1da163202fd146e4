using System.Globalization;

namespace SpikeStats.Models.Bases;

/// <summary>Raw lags: one function per lag, so that every value of the filter is free.</summary>
/// <remarks>The number of lags is fixed and their length follows the bin width.</remarks>
public sealed class LagBasis : Basis
{
    /// <summary>Creates the basis.</summary>
    /// <param name="lagCount">Number of lags; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public LagBasis(int lagCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lagCount, 1);
        LagCount = lagCount;
    }

    /// <summary>The number of lags.</summary>
    public int LagCount { get; }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"lags:{LagCount}");

    /// <summary>The identity.</summary>
    /// <param name="binWidth">Not used: lags are counted in bins.</param>
    /// <param name="firstLag">Lag of the first row, in bins.</param>
    /// <returns><see cref="LagCount"/> rows and as many columns.</returns>
    public override LagMatrix Sample(double binWidth, int firstLag)
    {
        double[] values = new double[(long)LagCount * LagCount];
        for (int i = 0; i < LagCount; i++) values[(i * LagCount) + i] = 1;
        return new LagMatrix(firstLag, LagCount, values);
    }
}
