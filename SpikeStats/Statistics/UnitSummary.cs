using System.Data;
using System.Globalization;
using SpikeStats.Plotting;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Statistics;

/// <summary>The numbers that describe one unit: a row of <see cref="UnitSummaryTable"/>.</summary>
/// <remarks>Interspike intervals never reach across a gap in observation; see <see cref="InterspikeIntervals"/> for the definitions.</remarks>
/// <param name="Unit">Identifier of the unit.</param>
/// <param name="SpikeCount">Number of spikes.</param>
/// <param name="ObservedDuration">Observed time, in seconds.</param>
/// <param name="FirstSpike">Time of the first spike, in seconds; NaN without spikes.</param>
/// <param name="LastSpike">Time of the last spike, in seconds; NaN without spikes.</param>
/// <param name="Rate">Spikes per second of observed time; NaN if nothing was observed.</param>
/// <param name="IsiMean">Mean interspike interval, in seconds; NaN without intervals.</param>
/// <param name="IsiStandardDeviation">Standard deviation of the interspike intervals (divisor n - 1), in seconds; NaN with fewer than two.</param>
/// <param name="IsiCv">Coefficient of variation of the interspike intervals; NaN with fewer than two.</param>
/// <param name="IsiMedian">Median interspike interval, in seconds; NaN without intervals.</param>
/// <param name="IsiMin">Shortest interspike interval, in seconds; NaN without intervals.</param>
/// <param name="Cv2">Local irregularity <see cref="LocalVariation.Cv2"/>, dimensionless; NaN without two successive intervals.</param>
/// <param name="Lv">Local variation <see cref="LocalVariation.Lv"/>, dimensionless; NaN without two successive intervals.</param>
/// <param name="RefractoryViolations">Interspike intervals shorter than the refractory period.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed record UnitSummary(
    string Unit, int SpikeCount, double ObservedDuration, double FirstSpike, double LastSpike, double Rate, double IsiMean, double IsiStandardDeviation,
    double IsiCv, double IsiMedian, double IsiMin, double Cv2, double Lv, RefractoryViolations RefractoryViolations)
{
    /// <summary>Describes a train.</summary>
    /// <param name="train">The train.</param>
    /// <param name="refractoryPeriod">Refractory period for <see cref="RefractoryViolations"/>, in seconds; positive.</param>
    /// <returns>The summary; for an empty train every number that spikes define is NaN. Cost O(n).</returns>
    /// <exception cref="ArgumentOutOfRangeException">The refractory period is not positive.</exception>
    public static UnitSummary Of(SpikeTrain train, double refractoryPeriod = Statistics.RefractoryViolations.DefaultRefractoryPeriod)
    {
        ArgumentNullException.ThrowIfNull(train);
        InterspikeIntervals intervals = InterspikeIntervals.Of(train);
        double duration = train.Observed.Duration;
        return new UnitSummary(
            train.Unit, train.Count, duration, train.Count > 0 ? train.Times[0] : double.NaN, train.Count > 0 ? train.Times[^1] : double.NaN,
            duration > 0 ? train.Count / duration : double.NaN, intervals.Mean, intervals.StandardDeviation, intervals.CoefficientOfVariation,
            intervals.Median(), intervals.Minimum, LocalVariation.Cv2(intervals), LocalVariation.Lv(intervals),
            Statistics.RefractoryViolations.Of(train, refractoryPeriod));
    }

    /// <summary>The summary as a table of one row, with the columns of <see cref="UnitSummaryTable.ToDataTable"/>.</summary>
    /// <returns>One row; SI units.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = EmptyTable();
        AddTo(table);
        return table;
    }

    /// <summary>The summary for a notebook or a report: one line per number, with its unit.</summary>
    /// <returns>A <c>table</c> element.</returns>
    public string ToHtml() => HtmlTable.Of(
        ["", ""],
        [
            ["Spikes", SpikeCount.ToString(CultureInfo.InvariantCulture)],
            ["Observed", $"{NumberText.Short(ObservedDuration)} s"],
            ["First and last spike", $"{NumberText.Short(FirstSpike, 6)} s, {NumberText.Short(LastSpike, 6)} s"],
            ["Rate", $"{NumberText.Short(Rate)} spikes/s"],
            ["Interspike interval, mean ± standard deviation", $"{NumberText.Short(IsiMean)} ± {NumberText.Short(IsiStandardDeviation)} s"],
            ["Interspike interval, median and shortest", $"{NumberText.Short(IsiMedian)} s, {NumberText.Short(IsiMin)} s"],
            ["Coefficient of variation", NumberText.Short(IsiCv)],
            ["Local variation: CV2, Lv", $"{NumberText.Short(Cv2)}, {NumberText.Short(Lv)}"],
            [
                $"Intervals shorter than {NumberText.Short(RefractoryViolations.RefractoryPeriod * Milliseconds.PerSecond)} ms",
                $"{RefractoryViolations.Count.ToString(CultureInfo.InvariantCulture)} ({NumberText.Short(100 * RefractoryViolations.Fraction, 3)} %)"
            ],
        ],
        Unit.Length == 0 ? "" : $"Unit {Unit}").ToHtml();

    /// <summary>Adds the summary as a row to such a table.</summary>
    internal void AddTo(DataTable table) => table.Rows.Add(
        Unit, SpikeCount, ObservedDuration, FirstSpike, LastSpike, Rate, IsiMean, IsiStandardDeviation, IsiCv, IsiMedian, IsiMin, Cv2, Lv,
        RefractoryViolations.Count, RefractoryViolations.Fraction);

    /// <summary>The columns of a table of summaries.</summary>
    internal static DataTable EmptyTable()
    {
        DataTable table = new("units") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("unit", typeof(string));
        table.Columns.Add("spikeCount", typeof(int));
        foreach (string column in (string[])["observedDuration", "firstSpike", "lastSpike", "rate", "isiMean", "isiStandardDeviation", "isiCv", "isiMedian", "isiMin", "cv2", "lv"])
            table.Columns.Add(column, typeof(double));
        table.Columns.Add("refractoryViolations", typeof(int));
        table.Columns.Add("refractoryFraction", typeof(double));
        return table;
    }
}
