namespace SpikeStats.Models.FokkerPlanck;

/// <summary>The grid of a Fokker-Planck equation.</summary>
public sealed record FokkerPlanckOptions
{
    // The reset needs two cells, the threshold one, and there must be some between.
    private const int FewestCells = 20;

    /// <summary>The number of cells of equal width between the lower boundary and the threshold.</summary>
    /// <value>400 by default; at least 20. The error of the rate falls with its square.</value>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public int Cells
    {
        get;
        init => field = value >= FewestCells ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A density needs at least 20 cells.");
    }

    = 400;

    /// <summary>The reflecting lower boundary, in volts.</summary>
    /// <value>By default six σ below the least of mean input, reset and start. Only some e^-36 of the neurons would go there.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double? LowerBoundary
    {
        get;
        init => field = value is null || double.IsFinite(value.Value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The lower boundary must be finite, in volts.");
    }

    /// <summary>The length of a time step, in seconds.</summary>
    /// <value>0.1 ms by default; positive. The error falls with its square.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double TimeStep
    {
        get;
        init => field = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The time step must be positive and finite, in seconds.");
    }

    = 1e-4;
}
