using System.Data;
using System.Globalization;

namespace SpikeStats.Fitting.Decoding;

/// <summary>A hidden state over time as a Gaussian in every bin.</summary>
public sealed class GaussianStatePath
{
    private const double NormalQuantile = 1.959963984540054;
    private readonly double[] means;
    private readonly double[] covariances;

    internal GaussianStatePath(BinGrid grid, int dimension, double[] means, double[] covariances, bool isSmoothed)
    {
        Grid = grid;
        Dimension = dimension;
        this.means = means;
        this.covariances = covariances;
        IsSmoothed = isSmoothed;
    }

    /// <summary>The bins.</summary>
    public BinGrid Grid { get; }

    /// <summary>The number of components of the state.</summary>
    public int Dimension { get; }

    /// <summary>Whether each bin was estimated from all spikes of its observed interval, not only from those up to the bin.</summary>
    public bool IsSmoothed { get; }

    /// <summary>The mean of the state in a bin.</summary>
    /// <param name="bin">Position of the bin in the grid.</param>
    /// <returns>One value per component, in the units of these.</returns>
    public ReadOnlySpan<double> Mean(int bin) => means.AsSpan(bin * Dimension, Dimension);

    /// <summary>The covariance of the state in a bin.</summary>
    /// <param name="bin">Position of the bin in the grid.</param>
    /// <returns>A symmetric matrix, row after row, in products of the units of the components.</returns>
    public ReadOnlySpan<double> Covariance(int bin) => covariances.AsSpan(bin * Dimension * Dimension, Dimension * Dimension);

    /// <summary>The standard deviation of a component in a bin.</summary>
    /// <param name="bin">Position of the bin in the grid.</param>
    /// <param name="component">Position of the component.</param>
    /// <returns>A value in the unit of the component.</returns>
    public double StandardDeviation(int bin, int component) => Math.Sqrt(Covariance(bin)[(component * Dimension) + component]);

    /// <summary>A component over time as a table: start (s), mean, standardDeviation, lower, upper (95 %), all in the unit of the component.</summary>
    /// <param name="component">Position of the component.</param>
    /// <returns>One row per bin.</returns>
    public DataTable ToDataTable(int component = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(component);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(component, Dimension);
        DataTable table = new("state") { Locale = CultureInfo.InvariantCulture };
        foreach (string column in (string[])["start", "mean", "standardDeviation", "lower", "upper"]) table.Columns.Add(column, typeof(double));
        for (int bin = 0; bin < Grid.BinCount; bin++)
        {
            double mean = Mean(bin)[component], deviation = StandardDeviation(bin, component);
            table.Rows.Add(Grid.StartOf(bin), mean, deviation, mean - (NormalQuantile * deviation), mean + (NormalQuantile * deviation));
        }

        return table;
    }
}
