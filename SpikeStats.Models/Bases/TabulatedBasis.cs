using System.Globalization;

namespace SpikeStats.Models.Bases;

/// <summary>A basis made elsewhere, given as a table: one row per lag bin, one column per function.</summary>
public sealed class TabulatedBasis : Basis
{
    private readonly double[,] table;

    /// <summary>Creates the basis.</summary>
    /// <param name="table">Values, dimensionless, lag by function; at least one of each.</param>
    public TabulatedBasis(double[,] table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Length == 0) throw new ArgumentException("The table is empty.", nameof(table));
        this.table = (double[,])table.Clone();
    }

    /// <inheritdoc/>
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"tabulated:{table.GetLength(0)}x{table.GetLength(1)}");

    /// <summary>The table, whatever the bin width: its first row is the first lag.</summary>
    /// <param name="binWidth">Not used: a table has no unit of time.</param>
    /// <param name="firstLag">Lag of the first row, in bins.</param>
    /// <returns>The table.</returns>
    public override LagMatrix Sample(double binWidth, int firstLag) => new(firstLag, table.GetLength(1), [.. table.Cast<double>()]);
}
