using System.Collections;
using System.Data;
using System.Globalization;

namespace SpikeStats.Statistics;

/// <summary>The summaries of all units of a recording, in its order.</summary>
public sealed class UnitSummaryTable : IReadOnlyList<UnitSummary>
{
    private readonly UnitSummary[] summaries;

    private UnitSummaryTable(UnitSummary[] summaries) => this.summaries = summaries;

    /// <summary>The number of units.</summary>
    public int Count => summaries.Length;

    /// <summary>The summary of a unit.</summary>
    /// <param name="index">Position of the unit, from 0.</param>
    public UnitSummary this[int index] => summaries[index];

    /// <summary>Describes every unit of a recording.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="refractoryPeriod">Refractory period, in seconds; positive.</param>
    /// <param name="threads">Largest number of threads; -1 for one per processor. The result does not depend on it.</param>
    /// <param name="cancellationToken">Cancels the computation.</param>
    /// <returns>One summary per unit, over the unit's own observed intervals.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The refractory period is not positive.</exception>
    public static UnitSummaryTable Of(
        Recording recording, double refractoryPeriod = RefractoryViolations.DefaultRefractoryPeriod, int threads = -1,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        UnitSummary[] summaries = new UnitSummary[recording.UnitCount];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, summaries.Length, parallel, unit => summaries[unit] = UnitSummary.Of(recording[unit], refractoryPeriod));
        return new UnitSummaryTable(summaries);
    }

    /// <summary>The summaries as a table; its columns bear the names of the properties of <see cref="UnitSummary"/> in camel case.</summary>
    /// <returns>One row per unit; SI units.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("units") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("unit", typeof(string));
        table.Columns.Add("spikeCount", typeof(int));
        foreach (string column in (string[])["observedDuration", "firstSpike", "lastSpike", "rate", "isiMean", "isiStandardDeviation", "isiCv", "isiMedian", "isiMin", "cv2", "lv"])
            table.Columns.Add(column, typeof(double));
        table.Columns.Add("refractoryViolations", typeof(int));
        table.Columns.Add("refractoryFraction", typeof(double));
        foreach (UnitSummary row in summaries)
        {
            table.Rows.Add(
                row.Unit, row.SpikeCount, row.ObservedDuration, row.FirstSpike, row.LastSpike, row.Rate, row.IsiMean, row.IsiStandardDeviation,
                row.IsiCv, row.IsiMedian, row.IsiMin, row.Cv2, row.Lv, row.RefractoryViolations.Count, row.RefractoryViolations.Fraction);
        }

        return table;
    }

    /// <inheritdoc/>
    public IEnumerator<UnitSummary> GetEnumerator() => ((IEnumerable<UnitSummary>)summaries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
