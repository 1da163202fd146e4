using System.Collections;
using System.Data;
using SpikeStats.Plotting;

namespace SpikeStats.Statistics;

/// <summary>The summaries of all units of a recording, in its order.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
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
        DataTable table = UnitSummary.EmptyTable();
        foreach (UnitSummary row in summaries) row.AddTo(table);
        return table;
    }

    /// <summary>The summaries for a notebook or a report.</summary>
    /// <returns>A <c>table</c> element with one row per unit; SI units.</returns>
    public string ToHtml() => HtmlTable.Of(ToDataTable(), $"{Count} units", numberFormat: "G4").ToHtml();

    /// <inheritdoc/>
    public IEnumerator<UnitSummary> GetEnumerator() => ((IEnumerable<UnitSummary>)summaries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
