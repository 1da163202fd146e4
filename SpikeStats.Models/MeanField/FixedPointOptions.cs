using SpikeStats.Models.Neurons;

namespace SpikeStats.Models.MeanField;

/// <summary>Where to look for the fixed points of a network.</summary>
public sealed record FixedPointOptions
{
    /// <summary>The lowest rate of the grid, in hertz; below it the network does not influence itself and the rate is that under external input alone.</summary>
    /// <value>10⁻¹² Hz by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double LowestRate { get; init => field = Require.Positive(value, nameof(value), "The lowest rate", "in hertz"); } = 1e-12;

    /// <summary>The highest rate, in hertz; the inverse of the refractory period bounds all rates.</summary>
    /// <value>1000 Hz by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double HighestRate { get; init => field = Require.Positive(value, nameof(value), "The highest rate", "in hertz"); } = 1000;

    /// <summary>The number of cells of the logarithmic grid per factor of ten, for one population.</summary>
    /// <value>64 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is below 1.</exception>
    public int CellsPerDecade
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There must be at least 1 cell per decade.");
    }

    = 64;

    internal void Validate()
    {
        if (LowestRate >= HighestRate) throw new ArgumentException(FormattableString.Invariant($"The lowest rate ({LowestRate} Hz) must lie below the highest ({HighestRate} Hz)."));
    }
}
