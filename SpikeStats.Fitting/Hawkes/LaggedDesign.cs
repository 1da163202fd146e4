using System.Runtime.InteropServices;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>What the past looked like at each spike of one target: Σ_(s of j, s &lt; t) B_b(t - s) for each source j and function b, without the zeros.</summary>
/// <remarks>
/// Column j·n + b of n functions. Rows are stored one after another as pairs of column and value, columns ascending: with narrow windows most are zero.
/// <b>Cost:</b> one evaluation of the basis per pair of spikes within its support.
/// </remarks>
internal sealed class LaggedDesign
{
    private readonly int[] rowStarts;
    private readonly List<int> columns = [];
    private readonly List<double> values = [];

    public LaggedDesign(MarkedEvents events, ContinuousBasis basis, double[] exposure, int target, CancellationToken cancellationToken)
    {
        Exposure = exposure;
        Duration = events.Observed.Duration;
        rowStarts = new int[events.Counts[target] + 1];
        int functions = basis.ColumnCount, row = 0;
        double[] sums = new double[exposure.Length], atLag = new double[functions];
        bool[] touched = new bool[events.UnitCount];
        for (int s = 0; s + 1 < events.StretchStarts.Length; s++)
        {
            for (int k = events.StretchStarts[s]; k < events.StretchStarts[s + 1]; k++)
            {
                if (events.Marks[k] != target) continue;
                if ((row & 0xFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
                AddPast(events, basis, k, events.StretchStarts[s], sums, atLag, touched);
                Store(sums, touched, functions);
                rowStarts[++row] = values.Count;
            }
        }
    }

    /// <summary>The number of spikes of the target.</summary>
    public int Rows => rowStarts.Length - 1;

    public int Columns => Exposure.Length;

    /// <summary>Observed time, in seconds.</summary>
    public double Duration { get; }

    /// <summary>The part of ∫ Σ_s B(t - s) dt that was observed, by columns, in seconds.</summary>
    public double[] Exposure { get; }

    /// <summary>Which columns are not zero at some spike.</summary>
    public bool[] Seen()
    {
        bool[] seen = new bool[Columns];
        foreach (int column in columns) seen[column] = true;
        return seen;
    }

    public ReadOnlySpan<int> ColumnsOf(int row) => CollectionsMarshal.AsSpan(columns)[rowStarts[row]..rowStarts[row + 1]];

    public ReadOnlySpan<double> ValuesOf(int row) => CollectionsMarshal.AsSpan(values)[rowStarts[row]..rowStarts[row + 1]];

    /// <summary>The exposure of each source and function.</summary>
    public static double[] ExposureOf(MarkedEvents events, ContinuousBasis basis)
    {
        double[] exposure = new double[events.UnitCount * basis.ColumnCount];
        for (int s = 0; s < events.Observed.Count; s++)
        {
            int from = events.StretchStarts[s], length = events.StretchStarts[s + 1] - from;
            BasisHawkesLikelihood.AddExposure(basis, events.Times.AsSpan(from, length), events.Marks.AsSpan(from, length), events.Observed[s], exposure);
        }

        return exposure;
    }

    private static void AddPast(MarkedEvents events, ContinuousBasis basis, int at, int first, double[] sums, double[] atLag, bool[] touched)
    {
        double time = events.Times[at], support = basis.Support;
        for (int k = at - 1; k >= first; k--)
        {
            double lag = time - events.Times[k];
            if (lag >= support) return;
            // Spikes at the same instant do not excite each other.
            if (lag == 0) continue;
            basis.EvaluateAt(lag, atLag);
            int source = events.Marks[k], column = source * atLag.Length;
            touched[source] = true;
            for (int b = 0; b < atLag.Length; b++) sums[column + b] += atLag[b];
        }
    }

    private void Store(double[] sums, bool[] touched, int functions)
    {
        for (int source = 0; source < touched.Length; source++)
        {
            if (!touched[source]) continue;
            touched[source] = false;
            for (int column = source * functions; column < (source + 1) * functions; column++)
            {
                if (sums[column] == 0) continue;
                columns.Add(column);
                values.Add(sums[column]);
                sums[column] = 0;
            }
        }
    }
}
