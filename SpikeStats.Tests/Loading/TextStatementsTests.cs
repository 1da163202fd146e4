using SpikeStats.Loading;
using SpikeStats.Tests.Testing;
using SpikeStats.Units;

namespace SpikeStats.Tests.Loading;

public sealed class TextStatementsTests : IDisposable
{
    private const string Rows = "unit,trial,time_ms\na,1,-100\na,1,50\nb,3,20\n";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Comments_StateWindowAndTrials_SilentTrialsAreObserved()
    {
        Recording recording = Open("# observed: -250ms..250ms\n# trials: 1..4\n" + Rows);
        Assert.Equal(["1", "2", "3", "4"], recording.Trials.Select(trial => trial.Id));
        Assert.Equal([0.25, 0.75, 1.25, 1.75], recording.Trials.Select(trial => trial.Zero));
        Assert.Equal(IntervalNotation.Parse("0s..0.5s,0.5s..1s,1s..1.5s,1.5s..2s"), recording.Observed);
        Assert.Equal([0.15, 0.3], recording["a"].Times);
        Assert.Equal([1.27], recording["b"].Times);
        Assert.Empty(Warnings(recording));
        Assert.Equal(2, recording.LoadReport.Count(note => note.Message.Contains("the file states", StringComparison.OrdinalIgnoreCase)));
    }

    // The same rows with the window in the options, and the silent trials as rows without a spike, make the same recording.
    [Fact]
    public void Comments_AndOptions_MakeTheSameRecording()
    {
        Recording stated = Open("# observed: 0s..1s\n# trials: 1..3\ntrial,time\n1,0.5\n3,0.25\n");
        Recording asked = Open("trial,time\n1,0.5\n2,NA\n3,0.25\n", new LoadOptions { Observed = TimeIntervals.Of(0, 1), OnNonFinite = IrregularityPolicy.Drop });
        Assert.Equal(asked.Trials, stated.Trials);
        Assert.Equal(asked.Observed, stated.Observed);
        Assert.Equal(asked[0].Times, stated[0].Times);
    }

    [Theory]
    [InlineData("#observed:0s..42s,50s..88s\n")]
    [InlineData("# a recording\n\n#  observed :  0s..42s,50s..88s \n# of two units\n")]
    [InlineData("# Observed: 0s..42s,50s..88s\n")]
    [InlineData("# observed: 0s..1s\n# observed: 0s..42s,50s..88s\n")]
    [InlineData("# unit,time\n# observed: 0s..42s,50s..88s\n")]
    public void Observed_OfAContinuousRecording_IsThatOfTheComment(string comments)
    {
        Recording recording = Open(comments + "1,0.5\n1,50.25\n2,0.75\n2,87\n");
        Assert.Equal(IntervalNotation.Parse("0s..42s,50s..88s"), recording.Observed);
        Assert.Empty(Warnings(recording));
    }

    [Fact]
    public void Observed_InTheOptions_WinsWithAWarning()
    {
        LoadOptions options = new() { Observed = TimeIntervals.Of((-100).ms, 100.ms) };
        Recording recording = Open("# observed: -250ms..250ms\n# trials: 1..3\n" + Rows, options);
        Assert.Equal(0.2, recording.Trials[0].Interval.Duration, 12);
        Assert.Contains("although the file states", Assert.Single(Warnings(recording)), StringComparison.Ordinal);
        Assert.Empty(Warnings(Open("# observed: -100ms..100ms\n# trials: 1..3\n" + Rows, options)));
    }

    [Fact]
    public void Observed_WithoutASpike_RefusesItWithItsRow()
    {
        InvalidRecordingException error = Assert.Throws<InvalidRecordingException>(() => Open("# observed: 0s..1s\n# trials: 1..3\n" + Rows));
        Assert.Equal(4, error.Row);
    }

    [Theory]
    [InlineData("# trials: 1,3", "unit,trial,time\n1,1,0.5\n1,2,0.5\n1,3,0.5\n", 4)]
    [InlineData("# trials: 1..2", "NA 0.1 0.2\n0.1 NA NA\nNA NA 0.3\n", 4)]
    public void Trials_ThatOmitATrialOfARow_RefuseTheRow(string comment, string rows, long row)
    {
        InvalidRecordingException error = Assert.Throws<InvalidRecordingException>(() => Open($"{comment}\n{rows}"));
        Assert.Equal(row, error.Row);
    }

    [Fact]
    public void Trials_OfTrialRows_MayEndInSilence() => Assert.Equal(5, Open("# trials: 1..5\nNA 0.1 0.2\n0.1 NA NA\n").Trials.Count);

    // A list with a gap is meant so: nothing warns of the missing numbers.
    [Fact]
    public void Trials_WithAGap_AreTheListedOnes()
    {
        Recording recording = Open("# trials: 1..2, 4..4,7\n" + Rows.Replace("b,3", "b,4", StringComparison.Ordinal));
        Assert.Equal(["1", "2", "4", "7"], recording.Trials.Select(trial => trial.Id));
        Assert.Empty(Warnings(recording));
    }

    [Theory]
    [InlineData("# trials: see the paper", "neither a trial number nor a range")]
    [InlineData("# trials: 40", "lists no trials")]
    [InlineData("# trials: 3..1", "neither a trial number nor a range")]
    [InlineData("# trials: 1..2..3", "neither a trial number nor a range")]
    [InlineData("# trials: 1..2147483647", "more than 1000000")]
    [InlineData("# trials:", "neither a trial number nor a range")]
    [InlineData("# observed: -250..250ms", "is no time interval")]
    [InlineData("# observed: 1s..1s", "has no length")]
    [InlineData("# observed: -1e300s..1e300s", "no time of an experiment")]
    public void Statement_ThatMakesNoSense_IsLeftOutWithAWarning(string comment, string objection)
    {
        Recording recording = Open($"{comment}\nunit,trial,time_ms\na,1,-100\na,1,50\nb,2,20\n");
        string warning = Assert.Single(Warnings(recording));
        Assert.Contains(comment, warning, StringComparison.Ordinal);
        Assert.Contains(objection, warning, StringComparison.Ordinal);
        Assert.Equal(2, recording.Trials.Count);
    }

    [Fact]
    public void Trials_WithoutAColumnOfTrials_AreLeftOutWithAWarning()
    {
        Recording recording = Open("# trials: 1..3\nunit,time\n1,0.5\n1,1.5\n");
        Assert.Empty(recording.Trials);
        Assert.Contains("no column says which trial", Assert.Single(Warnings(recording)), StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_WhoseFilesStateTheObservedTime_WarnsThatItIsNotUsed()
    {
        folder.Write("units/1.txt", "# observed: 0s..10s\n0.5\n1.5\n");
        folder.Write("units/2.txt", "0.75\n1.25\n");
        Recording recording = RecordingFile.Open(folder.PathOf("units"));
        Assert.Equal(Math.BitIncrement(1.5), recording.Observed.Span.End);
        Assert.Contains("1.txt", Assert.Single(Warnings(recording)), StringComparison.Ordinal);
    }

    [Fact]
    public void SampleRecording_OpensWithoutOptions()
    {
        Recording recording = RecordingFile.Open(Repository.PathOf("sample-data", "neuro.csv"));
        Assert.Equal(469, recording.Trials.Count);
        Assert.Equal(1930, recording["neuro"].Count);
        Assert.Equal(469 * 0.5, recording.Observed.Duration, 9);
        Assert.Equal(0.25, recording.Trials[0].Zero);
        Assert.Empty(Warnings(recording));
    }

    private static IEnumerable<string> Warnings(Recording recording) =>
        recording.LoadReport.Where(note => note.Severity == LoadNoteSeverity.Warning).Select(note => note.Message);

    private Recording Open(string text, LoadOptions? options = null) => RecordingFile.Open(folder.Write("a.csv", text), options);
}
