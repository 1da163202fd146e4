using SpikeStats.Loading;

namespace SpikeStats.Tests.Loading;

public sealed class TrialRecordingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TrialColumn_LaysTrialsEndToEnd()
    {
        string path = folder.Write("a.csv", "neuron,trial,time_s\n1,1,  0.25\n1,1,0.75\n1,2, 0.5\n2,1,0.125\n2,10,0.875\n");
        Recording recording = RecordingFile.Open(path, new LoadOptions { Observed = TimeIntervals.Of(0, 1) });
        Assert.Equal(["1", "2", "10"], recording.Trials.Select(trial => trial.Id));
        Assert.Equal(TimeIntervals.FromSorted(new TimeInterval(0, 1), new TimeInterval(1, 2), new TimeInterval(2, 3)), recording.Observed);
        Assert.Equal([0.0, 1, 2], recording.Trials.Select(trial => trial.Zero));
        Assert.Equal([0.25, 0.75, 1.5], recording["1"].Times);
        Assert.Equal([0.125, 2.875], recording["2"].Times);
        Assert.Equal(0, recording["2"].TimesIn(1).Length);
    }

    [Fact]
    public void Window_WithNegativeTimes_MovesZeroIntoTheTrial()
    {
        string path = folder.Write("a.csv", "unit,trial,time_ms\n1,1,-250\n1,1,100\n1,2,0\n1,2,249\n");
        Recording recording = RecordingFile.Open(path, new LoadOptions { Observed = TimeIntervals.Of(-0.25, 0.25) });
        Assert.Equal([0.25, 0.75], recording.Trials.Select(trial => trial.Zero));
        Assert.Equal(new TimeInterval(0.5, 1), recording.Trials[1].Interval);
        double[] inTrial = [.. recording[0].Times.ToArray().Select((time, i) => time - recording.Trials[i / 2].Zero)];
        Assert.Equal([-0.25, 0.1, 0, 0.249], inTrial, (expected, actual) => Math.Abs(expected - actual) < 1e-12);
    }

    [Fact]
    public void Window_NotStated_CoversAllTrialsAndUnitsFromZero()
    {
        Recording recording = RecordingFile.Open(folder.Write("a.csv", "unit,trial,time\n1,1,0.5\n1,2,0.6\n2,2,0.9\n"));
        Assert.Equal(Math.BitIncrement(0.9), recording.Trials[0].Interval.Duration);
        Assert.Equal(0, recording.Trials[0].Zero);
        Assert.Contains(recording.LoadReport, note => note.Message.Contains("--observed 0s..1s", StringComparison.Ordinal));
    }

    [Fact]
    public void Window_OfTwoIntervals_RepeatsInEveryTrial()
    {
        string path = folder.Write("a.csv", "unit,trial,time\n1,1,0.1\n1,1,2.5\n1,2,0.9\n");
        Recording recording = RecordingFile.Open(path, new LoadOptions { Observed = IntervalNotation.Parse("0s..1s,2s..3s") });
        Assert.Equal(IntervalNotation.Parse("0s..1s,2s..3s,3s..4s,5s..6s"), recording.Observed);
        Assert.Equal([0.1, 2.5, 3.9], recording[0].Times);
    }

    [Fact]
    public void SingleTrial_IsAContinuousRecording()
    {
        Recording recording = RecordingFile.Open(folder.Write("a.csv", "unit,trial,time\n1,1,5.5\n1,1,6.5\n"));
        Assert.Empty(recording.Trials);
        Assert.Equal(TimeIntervals.Of(5.5, Math.BitIncrement(6.5)), recording.Observed);
    }

    [Theory]
    [InlineData("NA,-203.7,18.5,NA\n-249,-92.1,27.8,177.1\nNA,NA,NA,NA\n")]
    [InlineData("\"V1\",\"V2\",\"V3\",\"V4\"\nNA,-203.7,18.5,NA\n-249,-92.1,27.8,177.1\nNA,NA,NA,NA\n")]
    [InlineData("\"V1\" \"V2\" \"V3\" \"V4\"\n\"1\" NA -203.7 18.5 NA\n\"2\" -249 -92.1 27.8 177.1\n\"3\" NA NA NA NA\n")]
    [InlineData("-203.7\t18.5\n-249\t-92.1\t27.8\t177.1\nNA\n")]
    public void TrialRows_PaddedOrRagged_AreRecognised(string text)
    {
        Recording recording = RecordingFile.Open(
            folder.Write("neuro.csv", text), new LoadOptions { TimeUnit = TimeUnit.Milliseconds, Observed = TimeIntervals.Of(-0.25, 0.25) });
        Assert.Equal(3, recording.Trials.Count);
        Assert.Equal([2, 4, 0], Enumerable.Range(0, 3).Select(trial => recording["neuro"].TimesIn(trial).Length));
        Assert.Equal(0.2685, recording[0].Times[1], 12);
        Assert.Equal(0.501, recording[0].Times[2], 12);
        Assert.Contains("one trial per row", recording.LoadReport.Format, StringComparison.Ordinal);
    }

    [Fact]
    public void Trials_NumberedWithAGap_AreReported()
    {
        Recording recording = RecordingFile.Open(folder.Write("a.csv", "unit,trial,time\n1,1,0.5\n1,2,0.6\n1,4,0.9\n"));
        Assert.Contains(recording.LoadReport, note => note is { Severity: LoadNoteSeverity.Warning } && note.Message.Contains("trial 3", StringComparison.Ordinal));
    }

    [Fact]
    public void Unsorted_IsJudgedWithinTrials()
    {
        string path = folder.Write("a.csv", "unit,trial,time\n1,1,0.5\n1,2,0.2\n1,2,0.1\n");
        InvalidRecordingException error = Assert.Throws<InvalidRecordingException>(() => RecordingFile.Open(path));
        Assert.Equal(4, error.Row);
        Recording sorted = RecordingFile.Open(path, new LoadOptions { OnUnsorted = IrregularityPolicy.Sort, Observed = TimeIntervals.Of(0, 1) });
        Assert.Equal([0.5, 1.1, 1.2], sorted[0].Times);
    }
}
