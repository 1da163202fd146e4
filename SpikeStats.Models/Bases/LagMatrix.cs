namespace SpikeStats.Models.Bases;

/// <summary>A basis sampled on a grid of lags: one row per lag, one column per basis function.</summary>
/// <remarks>Row i belongs to the lag (<see cref="FirstLag"/> + i) bins. Stored row after row, so that the functions at one lag are neighbours.</remarks>
public sealed class LagMatrix
{
    private readonly double[] values;

    /// <summary>Creates a matrix.</summary>
    /// <param name="firstLag">Lag of the first row, in bins; 0 for a stimulus filter, 1 for a filter of past spikes.</param>
    /// <param name="columnCount">Number of basis functions; positive.</param>
    /// <param name="values">Values, dimensionless, row after row; length: rows × columns. Not copied.</param>
    /// <exception cref="ArgumentException">The length is no multiple of the number of columns, or there is no row.</exception>
    public LagMatrix(int firstLag, int columnCount, double[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegative(firstLag);
        ArgumentOutOfRangeException.ThrowIfLessThan(columnCount, 1);
        if (values.Length == 0 || values.Length % columnCount != 0)
            throw new ArgumentException($"{values.Length} values do not fill rows of {columnCount} basis functions.", nameof(values));
        FirstLag = firstLag;
        ColumnCount = columnCount;
        RowCount = values.Length / columnCount;
        this.values = values;
    }

    /// <summary>Lag of the first row, in bins.</summary>
    public int FirstLag { get; }

    /// <summary>Lag of the last row, in bins.</summary>
    public int LastLag => FirstLag + RowCount - 1;

    /// <summary>Number of lags.</summary>
    public int RowCount { get; }

    /// <summary>Number of basis functions.</summary>
    public int ColumnCount { get; }

    /// <summary>A value, dimensionless.</summary>
    /// <param name="row">Row: lag minus <see cref="FirstLag"/>.</param>
    /// <param name="column">Basis function.</param>
    public double this[int row, int column] => values[(row * ColumnCount) + column];

    /// <summary>The basis functions at one lag.</summary>
    /// <param name="row">Row: lag minus <see cref="FirstLag"/>.</param>
    /// <returns><see cref="ColumnCount"/> values.</returns>
    public ReadOnlySpan<double> Row(int row) => values.AsSpan(row * ColumnCount, ColumnCount);

    /// <summary>The filter that coefficients make of the basis: h[lag] = Σ_k B[lag, k] w_k.</summary>
    /// <remarks>A function that is zero at a lag adds nothing there even if its coefficient is infinite (an absolute refractory period).</remarks>
    /// <param name="coefficients">One coefficient per basis function, in any one unit.</param>
    /// <returns>One value per lag, in the unit of the coefficients.</returns>
    public double[] Combine(ReadOnlySpan<double> coefficients)
    {
        if (coefficients.Length != ColumnCount)
            throw new ArgumentException($"{ColumnCount} basis functions need as many coefficients, not {coefficients.Length}.", nameof(coefficients));
        double[] filter = new double[RowCount];
        for (int row = 0; row < RowCount; row++)
        {
            for (int column = 0; column < ColumnCount; column++)
            {
                double value = this[row, column];
                if (value != 0) filter[row] += value * coefficients[column];
            }
        }

        return filter;
    }
}
