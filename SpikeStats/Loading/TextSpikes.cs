using System.Globalization;

namespace SpikeStats.Loading;

/// <summary>Takes the spikes of one delimited text file into a collector, as a plan says.</summary>
internal sealed class TextSpikes
{
    private const int RowsPerReport = 1 << 16;
    private readonly string path;
    private readonly TextPlan plan;
    private readonly SpikeCollector collector;
    private readonly TimeUnit timeUnit;

    /// <summary>Prepares the reading.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plan">How to read it.</param>
    /// <param name="options">The options; a stated unit of time wins over that of the plan.</param>
    /// <param name="collector">Receives the spikes.</param>
    public TextSpikes(string path, TextPlan plan, LoadOptions options, SpikeCollector collector)
    {
        this.path = path;
        this.plan = plan;
        this.collector = collector;
        timeUnit = options.TimeUnit ?? plan.TimeUnit ?? default;
        Columns = new UnitColumns(plan.ExtraColumns);
    }

    /// <summary>The columns that may describe units.</summary>
    public UnitColumns Columns { get; }

    /// <summary>Reads the file.</summary>
    /// <param name="unitName">Identifier of the only unit, if no column names units.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <param name="progress">Told the fraction that was read.</param>
    public void Read(string unitName, CancellationToken cancellationToken, IProgress<double>? progress = null)
    {
        using TextTable table = TextTable.Open(path, plan.Separator);
        for (int row = 0; row < plan.HeaderRowCount; row++) table.Read();
        int onlyUnit = plan.UnitColumn < 0 ? collector.Units.IndexOf(unitName) : -1;
        for (long row = 1; table.Read(); row++)
        {
            if (row % RowsPerReport == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(table.Fraction);
            }

            if (plan.Layout == TextLayout.TrialRows) AddTrial(table, onlyUnit, row);
            else AddSpike(table, onlyUnit);
        }
    }

    private void AddSpike(TextTable table, int unit)
    {
        if (plan.ColumnCount > 0 && table.FieldCount > plan.ColumnCount) RequireBlank(table);
        if (table.FieldCount <= plan.TimeColumn)
        {
            throw new InvalidRecordingException(
                string.Create(CultureInfo.InvariantCulture, $"the row has no column {plan.TimeColumn + 1}, which holds the times"),
                "mend or remove the row", path, table.Row);
        }

        if (plan.UnitColumn >= 0) unit = LabelOf(table, plan.UnitColumn, collector.Units, "unit");
        int group = plan.TrialColumn < 0
            ? collector.GroupOf(unit)
            : collector.GroupOf(unit, Listed(table, LabelOf(table, plan.TrialColumn, collector.Trials, "trial")));
        collector.Add(group, timeUnit.ToSeconds(table.Number(plan.TimeColumn)), table.Row, path);
        if (plan.ExtraColumns.Count > 0) Columns.Add(table, unit);
    }

    private void AddTrial(TextTable table, int unit, long row)
    {
        int trial = plan.TrialColumn < 0
            ? collector.Trials.IndexOf(row.ToString(CultureInfo.InvariantCulture))
            : LabelOf(table, plan.TrialColumn, collector.Trials, "trial");
        int group = collector.GroupOf(unit, Listed(table, trial));
        for (int column = plan.TimeColumn; column < table.FieldCount; column++)
        {
            if (column == plan.TrialColumn) continue;
            double time = table.Number(column);
            // What is missing is padding here and not a spike without a time.
            if (!double.IsNaN(time)) collector.Add(group, timeUnit.ToSeconds(time), table.Row, path);
        }
    }

    private int Listed(TextTable table, int trial) => collector.IsListed(trial) ? trial : throw new InvalidRecordingException(
        $"trial {collector.Trials.Labels[trial]} is not among the trials that a comment in front of the rows states", "mend the comment or the row",
        path, table.Row);

    private int LabelOf(TextTable table, int column, LabelIndex labels, string what)
    {
        ReadOnlySpan<byte> label = table.Field(column);
        return label.IsEmpty
            ? throw new InvalidRecordingException($"the row names no {what}", "mend or remove the row", path, table.Row)
            : labels.IndexOf(label);
    }

    private void RequireBlank(TextTable table)
    {
        for (int column = plan.ColumnCount; column < table.FieldCount; column++)
        {
            if (table.Field(column).IsEmpty) continue;
            throw new InvalidRecordingException(
                string.Create(CultureInfo.InvariantCulture, $"the row has {table.FieldCount} fields, but the header names {plan.ColumnCount}"),
                "mend the row (a decimal comma splits a number in two)", path, table.Row);
        }
    }
}
