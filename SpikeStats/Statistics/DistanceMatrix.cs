using System.Data;
using System.Globalization;

namespace SpikeStats.Statistics;

/// <summary>The distances between all pairs of spike trains: symmetric, zero on the diagonal.</summary>
public sealed class DistanceMatrix
{
    private readonly string[] ids;
    private readonly double[] distances;

    internal DistanceMatrix(IReadOnlyList<SpikeTrain> trains)
    {
        ids = [.. trains.Select(train => train.Unit)];
        distances = new double[checked(ids.Length * ids.Length)];
    }

    /// <summary>The number of trains.</summary>
    public int Count => ids.Length;

    /// <summary>The identifiers of the trains, in order.</summary>
    public IReadOnlyList<string> Ids => ids;

    /// <summary>The distance between two trains, dimensionless.</summary>
    /// <param name="first">Position of one train.</param>
    /// <param name="second">Position of the other.</param>
    public double this[int first, int second]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)first, (uint)Count, nameof(first));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)second, (uint)Count, nameof(second));
            return distances[(first * Count) + second];
        }
    }

    /// <summary>The distances as a table: first, second, distance.</summary>
    /// <returns>One row per pair, each pair once.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("distances") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("first", typeof(string));
        table.Columns.Add("second", typeof(string));
        table.Columns.Add("distance", typeof(double));
        for (int first = 0; first < Count; first++)
        {
            for (int second = first + 1; second < Count; second++) table.Rows.Add(ids[first], ids[second], this[first, second]);
        }

        return table;
    }

    internal void Set(int first, int second, double distance) =>
        distances[(first * Count) + second] = distances[(second * Count) + first] = distance;
}
