using System.Globalization;

namespace SpikeStats.Loading;

/// <summary>Columns of samples with, perhaps, a column of times in the unit of the file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Names">One name per column of values.</param>
/// <param name="Values">The columns of values.</param>
/// <param name="Times">The times in the unit of the file; null if there are none.</param>
/// <param name="TimeUnit">The unit that the header states; null if it states none.</param>
/// <param name="RowOf">The row of the file that sample i came from, from 1.</param>
internal sealed record SignalTable(
    string Path, IReadOnlyList<string> Names, IReadOnlyList<List<double>> Values, List<double>? Times, TimeUnit? TimeUnit, Func<int, long> RowOf)
{
    private const int RowsPerReport = 1 << 16;

    /// <summary>Largest distance of a timestamp from the even grid that counts as rounding, in steps.</summary>
    private const double Rounding = 0.02;

    /// <summary>Reads an array: a vector of values, or a matrix with times in its first column.</summary>
    public static SignalTable FromNpy(RecordingSource source, LoadOptions options)
    {
        NpyArray array = NpyArray.Open(source.Path);
        if (array.Count == 0) throw Empty(source.Path);
        double[] all = array.ToDoubles();
        long[] lengths = array.Shape.ToArray();
        if (array.IsVector)
            return new SignalTable(source.Path, [source.Name], [[.. all]], null, null, static i => i + 1L);
        if (lengths.Length != 2)
        {
            throw new InvalidRecordingException(
                $"the array has {lengths.Length} dimensions", "save a vector of values, or a matrix with times in its first column", source.Path);
        }

        int columns = (int)lengths[1], rows = (int)lengths[0];
        // A stated sampling rate says that no column holds times.
        int first = options.SamplingRate is null ? 1 : 0;
        List<double> Column(int column) => [.. Enumerable.Range(0, rows).Select(row => all[(row * columns) + column])];
        return new SignalTable(
            source.Path, Numbered(source.Name, columns - first), [.. Enumerable.Range(first, columns - first).Select(Column)], first == 1 ? Column(0) : null,
            null, static i => i + 1L);
    }

    /// <summary>Reads delimited text.</summary>
    public static SignalTable FromText(RecordingSource source, LoadOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        string path = source.Path;
        TextSample sample = TextSample.Of(path)
            ?? throw new InvalidRecordingException("the file holds nothing but blank lines and comments", "check that it is the right file", path);
        int named = ColumnName.Find(sample.Header, ColumnRole.Time);
        int time = named >= 0 ? named : options.SamplingRate is null ? sample.FirstColumn : -1;
        ColumnName? header = named >= 0 ? sample.Header[named] : null;
        if (header is { CountsSamples: true } && options.TimeUnit is null)
        {
            throw new InvalidRecordingException(
                $"column '{header.Text}' counts samples, and the file does not state the sampling rate", "state it with --time-unit samples:RATE", path);
        }

        int[] columns = [.. Enumerable.Range(sample.FirstColumn, sample.ColumnCount - sample.FirstColumn).Where(column => column != time)];
        if (columns.Length == 0)
        {
            throw new InvalidRecordingException(
                "there is only one column", "add a column of times, or state the rate of the values with --sampling-rate", path);
        }

        string[] unnamed = Numbered(source.Name, columns.Length);
        string[] names = [.. columns.Select((column, i) =>
            column < sample.Header.Count && sample.Header[column].Text.Length > 0 ? sample.Header[column].Text : unnamed[i])];
        List<double>[] values = [.. columns.Select(_ => new List<double>())];
        List<double>? times = time < 0 ? null : [];
        List<long> lines = [];
        using TextTable table = TextTable.Open(path, sample.Separator);
        for (int row = 0; row < sample.HeaderRowCount; row++) table.Read();
        while (table.Read())
        {
            if (lines.Count % RowsPerReport == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Report(table.Fraction);
            }

            if (table.FieldCount < sample.ColumnCount || !table.Field(sample.ColumnCount).IsEmpty)
            {
                throw new InvalidRecordingException(
                    string.Create(CultureInfo.InvariantCulture, $"the row has {table.FieldCount} fields where the first has {sample.ColumnCount}"),
                    "mend or remove the row", path, table.Row);
            }

            lines.Add(table.Row);
            times?.Add(table.Number(time));
            for (int i = 0; i < columns.Length; i++) values[i].Add(table.Number(columns[i]));
        }

        return new SignalTable(path, names, values, times, header?.TimeUnit, i => lines[i]);
    }

    /// <summary>Makes signals of the columns.</summary>
    public IReadOnlyList<SampledSignal> ToSignals(LoadOptions options)
    {
        int[] kept = Kept(options);
        if (kept.Length == 0) throw Empty(Path);
        double[][] values = [.. Values.Select(column => Array.ConvertAll(kept, row => column[row]))];
        if (Times is null)
        {
            double rate = options.SamplingRate ?? throw new InvalidRecordingException(
                "nothing says when the samples were taken", "state their rate with --sampling-rate, or add a column of times", Path);
            if (kept.Length < Values[0].Count)
            {
                throw new InvalidRecordingException(
                    "samples that are left out would shift all later ones, because no column holds times",
                    "mend the samples that are missing or not finite", Path);
            }

            return [.. Names.Select((name, i) => SampledSignal.Regular(name, values[i], 0, rate))];
        }

        double[] times = Array.ConvertAll(kept, row => Times[row]);
        if (options.TimeUnit is null && TimeUnit is null && times.Length > 1 && Array.TrueForAll(times, time => time == Math.Floor(time)))
        {
            throw new InvalidRecordingException(
                "every timestamp is a whole number, and nothing says of what", "state the unit of time with --time-unit s, ms, us or samples:RATE", Path);
        }

        TimeUnit unit = options.TimeUnit ?? TimeUnit ?? default;
        if (Rate(times, unit) is { } even)
            return [.. Names.Select((name, i) => SampledSignal.Regular(name, values[i], unit.ToSeconds(times[0]), even))];
        double[] stamps = Array.ConvertAll(times, unit.ToSeconds);
        return [.. Names.Select((name, i) => SampledSignal.Irregular(name, stamps, values[i]))];
    }

    private static InvalidRecordingException Empty(string path) => new("it holds no sample", "check that it is the right file", path);

    private static string[] Numbered(string name, int count) =>
        count == 1 ? [name] : [.. Enumerable.Range(1, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"{name}_{number}"))];

    /// <summary>The sampling rate of evenly spaced times, in hertz; null if they are not even.</summary>
    private static double? Rate(double[] times, TimeUnit unit)
    {
        if (times.Length < 2) return null;
        double step = (times[^1] - times[0]) / (times.Length - 1);
        for (int i = 0; i < times.Length; i++)
        {
            if (!(Math.Abs(times[i] - (times[0] + (i * step))) <= Rounding * step)) return null;
        }

        // In the unit of the file the step is often exact (50 us), while in seconds it is not; a rate that misses a round number by
        // the rounding of decimal fractions only is that number.
        double rate = unit.PerSecond / step, round = Math.Round(rate, 3);
        if (!double.IsFinite(rate)) return null;
        return Math.Abs(rate - round) <= 1e-9 * rate ? round : rate;
    }

    /// <summary>The rows that the policies leave, in the order of time.</summary>
    private int[] Kept(LoadOptions options)
    {
        List<int> kept = [];
        for (int row = 0; row < Values[0].Count; row++)
        {
            if ((Times is null || double.IsFinite(Times[row])) && Values.All(column => double.IsFinite(column[row])))
            {
                kept.Add(row);
            }
            else if (options.OnNonFinite == IrregularityPolicy.Throw)
            {
                throw new InvalidRecordingException(
                    "a timestamp or sample is missing or not a finite number", "mend or remove the row, or load with --on-nan drop", Path, RowOf(row));
            }
        }

        if (Times is null) return [.. kept];
        int[] ordered = options.OnUnsorted == IrregularityPolicy.Sort ? [.. kept.OrderBy(row => Times[row])] : [.. kept];
        List<int> ascending = new(ordered.Length);
        foreach (int row in ordered)
        {
            if (ascending.Count == 0 || Times[row] > Times[ascending[^1]])
            {
                ascending.Add(row);
            }
            else if (Times[row] == Times[ascending[^1]])
            {
                if (options.OnDuplicate == IrregularityPolicy.Drop) continue;
                throw new InvalidRecordingException(
                    "the timestamp is that of the row before it", "remove one of them, or load with --on-duplicate drop", Path, RowOf(row));
            }
            else if (options.OnUnsorted == IrregularityPolicy.Throw)
            {
                throw new InvalidRecordingException(
                    "the timestamp is earlier than that of the row before it", "sort the rows, or load with --on-unsorted sort or drop", Path, RowOf(row));
            }
        }

        return [.. ascending];
    }
}
