using System.Data;
using System.Globalization;
using SpikeStats.Plotting;
using SpikeStats.Plotting.Layers;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Statistics;

/// <summary>The distances between all pairs of spike trains: symmetric, zero on the diagonal.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
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

    /// <summary>The matrix as a figure: dark cells are far apart.</summary>
    /// <param name="options">Heading, note and size.</param>
    /// <returns>The figure, in square cells.</returns>
    public Figure Plot(FigureOptions? options = null)
    {
        double[] edges = [.. Enumerable.Range(0, Count + 1).Select(i => i - 0.5)];
        double[,] cells = new double[Count, Count];
        for (int first = 0; first < Count; first++)
        {
            for (int second = 0; second < Count; second++) cells[first, second] = this[first, second];
        }

        options ??= new FigureOptions();
        Axis trains = new("Train") { Categories = Array.TrueForAll(ids, id => id.Length > 0) ? ids : [] };
        return new Figure
        {
            Panels = [new Panel { X = trains, Y = trains with { IsReversed = true }, Layers = [new HeatMapLayer(edges, edges, cells) { Value = new Axis("Distance") }], AspectRatio = 1 }],
            Title = options.Title,
            Size = options.Size ?? FigureSize.Small with { Height = 72 },
            Caption = CaptionText.Join(options, CaptionText.Count(Count, "train")),
        };
    }

    /// <summary>The matrix for a notebook or a report.</summary>
    /// <returns>A <c>figure</c> element.</returns>
    public string ToHtml() => Plot().ToHtml();

    internal void Set(int first, int second, double distance) =>
        distances[(first * Count) + second] = distances[(second * Count) + first] = distance;
}
