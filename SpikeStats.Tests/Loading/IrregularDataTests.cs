using SpikeStats.Loading;

namespace SpikeStats.Tests.Loading;

public sealed class IrregularDataTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Path_ThatDoesNotExist_IsNamed()
    {
        InvalidRecordingException error = Assert.Throws<InvalidRecordingException>(() => RecordingFile.Open(folder.PathOf("nothing.csv")));
        Assert.Equal(folder.PathOf("nothing.csv"), error.File);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("\n\n# only a comment\n", "blank lines")]
    [InlineData("unit,time\n", "no spike")]
    public void File_WithoutSpikes_IsRefused(string text, string problem)
    {
        InvalidRecordingException error = Assert.Throws<InvalidRecordingException>(() => RecordingFile.Open(folder.Write("a.csv", text)));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.File);
    }

    [Fact]
    public void Folder_OfNoKnownLayout_IsRefused()
    {
        folder.Write("README.txt", "Nothing to see here, really.\n");
        Assert.Contains("no known layout", Assert.Throws<InvalidRecordingException>(() => RecordingFile.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BinaryFile_OfNoKnownFormat_IsRefused() =>
        Assert.Throws<InvalidRecordingException>(() => RecordingFile.Open(folder.Write("a.bin", [1, 2, 3, 0, 255])));

    [Theory]
    [InlineData("unit,time\n1,0.5\n1,abc\n", 3, null, "not a number")]
    [InlineData("# c\nunit,time\n\n1,0.5\n7,NaN\n", 5, "7", "--on-nan")]
    [InlineData("unit,time\n1,0.5\n7,\n", 3, "7", "--on-nan")]
    [InlineData("unit,time\n1,0.5\n7,-inf\n", 3, "7", "--on-nan")]
    [InlineData("unit,time\n1,0.5\n1,1e300\n", 3, "1", "no time")]
    [InlineData("unit,time\n1,0.5\n2,0.9\n1,0.4\n", 4, "1", "--on-unsorted")]
    [InlineData("unit,time\n1,0.5\n2,0.9\n1,0.5\n", 4, "1", "--on-duplicate")]
    [InlineData("unit,time\n1,0.5\n1\n", 3, null, "column 2")]
    [InlineData("unit,time\n1,0.5\n,0.6\n", 3, null, "names no unit")]
    [InlineData("unit,time\n1,0.5\n1,0,6\n", 3, null, "3 fields")]
    [InlineData("unit,time\n1,0.5\n\"1,0.6\n", 3, null, "quotation marks")]
    public void Irregularity_ByDefault_ThrowsWithItsPlace(string text, long row, string? unit, string expected)
    {
        string path = folder.Write("a.csv", text);
        InvalidRecordingException error = Assert.Throws<InvalidRecordingException>(() => RecordingFile.Open(path));
        Assert.Equal(path, error.File);
        Assert.Equal(row, error.Row);
        Assert.Equal(unit, error.Unit);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Outside_ByDefault_ThrowsWithItsPlace()
    {
        string path = folder.Write("a.csv", "unit,time\n1,0.5\n2,1.0\n");
        InvalidRecordingException error = Assert.Throws<InvalidRecordingException>(
            () => RecordingFile.Open(path, new LoadOptions { Observed = TimeIntervals.Of(0, 1) }));
        Assert.Equal((3, "2"), (error.Row, error.Unit));
        Assert.Contains("--on-outside", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Policies_Stated_MendAndCountPerUnit()
    {
        string path = folder.Write("a.csv", "unit,time\n1,0.5\n1,0.25\n1,0.5\n2,0.75\n2,0.75\n2,NA\n2,9\n3,-1\n");
        LoadOptions options = new()
        {
            Observed = TimeIntervals.Of(0, 1),
            OnUnsorted = IrregularityPolicy.Sort,
            OnDuplicate = IrregularityPolicy.Drop,
            OnNonFinite = IrregularityPolicy.Drop,
            OnOutside = IrregularityPolicy.Drop,
        };
        Recording recording = RecordingFile.Open(path, options);
        Assert.Equal([0.25, 0.5], recording["1"].Times);
        Assert.Equal([0.75], recording["2"].Times);
        Assert.Equal(0, recording["3"].Count);
        string[] warnings = [.. recording.LoadReport.Where(note => note.Severity == LoadNoteSeverity.Warning).Select(note => note.Message)];
        Assert.Equal(4, warnings.Length);
        Assert.StartsWith("1 spikes stood before", warnings[0], StringComparison.Ordinal);
        Assert.StartsWith("2 spikes at the instant", warnings[1], StringComparison.Ordinal);
        Assert.Contains("(unit 1: 1, unit 2: 1)", warnings[1], StringComparison.Ordinal);
        Assert.StartsWith("1 times that are missing", warnings[2], StringComparison.Ordinal);
        Assert.Contains("(unit 2: 1, unit 3: 1)", warnings[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Unsorted_Dropped_LeavesTheRisingSpikes()
    {
        string path = folder.Write("a.csv", "1\n3\n2\n2.5\n4\n");
        Recording recording = RecordingFile.Open(path, new LoadOptions { OnUnsorted = IrregularityPolicy.Drop });
        Assert.Equal([1.0, 3, 4], recording[0].Times);
    }

    [Fact]
    public void Duplicates_ThatSortingBringsTogether_AreJudged()
    {
        string path = folder.Write("a.csv", "1.5\n0.5\n1.5\n");
        LoadOptions options = new() { OnUnsorted = IrregularityPolicy.Sort };
        Assert.Contains("--on-duplicate", Assert.Throws<InvalidRecordingException>(() => RecordingFile.Open(path, options)).Remedy, StringComparison.Ordinal);
        Assert.Equal([0.5, 1.5], RecordingFile.Open(path, options with { OnDuplicate = IrregularityPolicy.Drop })[0].Times);
    }

    [Fact]
    public void Duplicates_Kept_StayInTheTrain()
    {
        LoadOptions options = new() { OnDuplicate = IrregularityPolicy.Keep, OnUnsorted = IrregularityPolicy.Sort };
        Recording sorted = RecordingFile.Open(folder.Write("a.csv", "1.5\n1.5\n0.5\n1.5\n"), options);
        Assert.Equal([0.5, 1.5, 1.5, 1.5], sorted[0].Times);
        Assert.Contains(sorted.LoadReport, note => note.Message.StartsWith("2 spikes are at the instant", StringComparison.Ordinal));
        Recording ascending = RecordingFile.Open(folder.Write("b.csv", "0.5\n1.5\n1.5\n"), options);
        Assert.Contains(ascending.LoadReport, note => note.Message.StartsWith("1 spikes are at the instant", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0.5\n7\n9.5\n", 0, 9.5)]
    [InlineData("2\n7\n9.5\n", 2, 9.5)]
    [InlineData("-2\n7\n9.5\n", -2, 9.5)]
    [InlineData("9.5\n", 0, 9.5)]
    public void Window_NotStated_IsAssumedAndReported(string text, double start, double last)
    {
        Recording recording = RecordingFile.Open(folder.Write("a.txt", text));
        Assert.Equal(TimeIntervals.Of(start, Math.BitIncrement(last)), recording.Observed);
        Assert.Contains(recording.LoadReport, note => note.Message.Contains("--observed", StringComparison.Ordinal));
    }

    [Fact]
    public void TimeScale_OfMillisecondsInTrials_IsSuspected()
    {
        IEnumerable<string> rows = Enumerable.Range(0, 30).SelectMany(trial => new[] { 20.5, 80.25, 130.75 }.Select(
            time => FormattableString.Invariant($"1,{trial},{time + (trial % 7)}")));
        string text = "unit,trial,time\n" + string.Join('\n', rows);
        Assert.Contains(RecordingFile.Open(folder.Write("a.csv", text)).LoadReport, Suspects);
        Assert.DoesNotContain(RecordingFile.Open(folder.Write("b.csv", text), new LoadOptions { TimeUnit = TimeUnit.Milliseconds }).LoadReport, Suspects);
    }

    [Fact]
    public void TimeScale_TooFastForANeuron_IsSuspectedEvenIfStated()
    {
        string text = string.Join('\n', Enumerable.Range(1, 50).Select(i => FormattableString.Invariant($"{i * 0.1:F1}")));
        Assert.Contains(RecordingFile.Open(folder.Write("a.txt", text), new LoadOptions { TimeUnit = TimeUnit.Milliseconds }).LoadReport, Suspects);
        Assert.DoesNotContain(RecordingFile.Open(folder.Write("b.txt", text)).LoadReport, Suspects);
    }

    private static bool Suspects(LoadNote note) => note is { Severity: LoadNoteSeverity.Warning } && note.Message.Contains("--time-unit", StringComparison.Ordinal);
}
