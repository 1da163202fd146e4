using FsCheck.Fluent;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests;

public sealed class RecordingTests
{
    private static readonly TimeIntervals minute = TimeIntervals.Of(0, 60);

    [Fact]
    public void FromFlat_Offsets_CutTheArrayIntoTrainsThatShareIt()
    {
        double[] times = [1, 2, 3, 0.5];
        Recording recording = Recording.FromFlat(new UnitTable(["a", "b", "c"]), times, [0, 3, 3, 4], minute);
        Assert.Equal([1, 2, 3], recording["a"].Times.ToArray());
        Assert.Equal(0, recording["b"].Count);
        Assert.Equal([0.5], recording[2].Times.ToArray());
        Assert.Equal(4, recording.SpikeCount);
        Assert.Equal("Recording: 3 units, 4 spikes, 60 s observed, 0 trials, 0 signals", recording.ToString());
        Assert.True(recording["a"].Times.Overlaps(times));
    }

    [Theory]
    [InlineData(new[] { 0, 2 })]
    [InlineData(new[] { 0, 1, 3 })]
    [InlineData(new[] { 1, 1, 2 })]
    [InlineData(new[] { 0, 3, 2 })]
    [InlineData(new int[0])]
    public void FromFlat_OffsetsThatDoNotFit_Throws(int[] offsets)
    {
        Assert.Throws<ArgumentException>(() => Recording.FromFlat(new UnitTable(["a", "b"]), [1, 2], offsets, minute));
    }

    [Fact]
    public void FromFlat_BadSpike_NamesTheUnitAndItsSpike()
    {
        InvalidRecordingException error = Assert.Throws<InvalidRecordingException>(
            () => Recording.FromFlat(new UnitTable(["a", "b"]), [1, 2, 5, 4], [0, 2, 4], minute));
        Assert.Equal("b", error.Unit);
        Assert.Contains("spike 2: 4 s lies before", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromFlat_TrialsThatOverlap_NamesThem()
    {
        Trial[] trials = [new("first", new(0, 2), 0), new("second", new(1, 3), 1)];
        ArgumentException error = Assert.Throws<ArgumentException>(() => Recording.FromFlat(new UnitTable([]), [], [0], minute, trials));
        Assert.Contains("Trial 'second' [1 s, 3 s) begins before trial 'first'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromTrains_DifferentObservedIntervals_AreKeptAndIntersected()
    {
        Recording recording = Recording.FromTrains([
            SpikeTrain.FromSorted(new[] { 1.0 }, TimeIntervals.Of(0, 2), "a"),
            SpikeTrain.FromSorted(new[] { 2.5 }, TimeIntervals.Of(1, 3), "b")]);
        Assert.Equal(TimeIntervals.Of(1, 2), recording.Observed);
        Assert.Equal(TimeIntervals.Of(0, 2), recording.ObservedOf(0));
        Assert.Equal(TimeIntervals.Of(1, 3), recording["b"].Observed);
    }

    [Fact]
    public void FromTrains_TheTrainsOfARecording_IsTheRecording()
    {
        PropertyAssert.Holds(Generated.Recording, recording =>
            AssertSame(recording, Recording.FromTrains(recording.Trains, recording.Trials, recording.Signals)));
    }

    [Fact]
    public void Observed_AnyRecording_IsTheIntersectionOverUnits()
    {
        PropertyAssert.Holds(Generated.Recording, recording =>
        {
            Recording some = recording.Where(unit => unit.Index % 2 == 1);
            if (some.UnitCount == 0) return;
            Assert.Equal(Enumerable.Range(0, some.UnitCount).Select(some.ObservedOf).Aggregate((one, other) => one.Intersect(other)), some.Observed);
        });
    }

    [Fact]
    public void Restrict_AnyIntervals_RestrictsEveryTrainAndTrial()
    {
        var cases = from recording in Generated.Recording from intervals in Generated.Intervals select (recording, intervals);
        PropertyAssert.Holds(cases, pair =>
        {
            Recording kept = pair.recording.Restrict(pair.intervals);
            Assert.Equal(pair.recording.Observed.Intersect(pair.intervals), kept.Observed);
            for (int unit = 0; unit < kept.UnitCount; unit++)
            {
                SpikeTrain expected = pair.recording[unit].Restrict(pair.intervals);
                Assert.Equal(expected.Times.ToArray(), kept[unit].Times.ToArray());
                Assert.Equal(expected.Observed, kept[unit].Observed);
            }

            Assert.All(kept.Trials, trial => Assert.Equal(trial.Zero, pair.recording.Trials.Single(whole => whole.Id == trial.Id).Zero));
            Assert.Equal(
                TimeIntervals.FromSorted([.. pair.recording.Trials.Select(trial => trial.Interval)]).Intersect(pair.intervals),
                TimeIntervals.FromSorted([.. kept.Trials.Select(trial => trial.Interval)]));
        });
    }

    [Fact]
    public void Restrict_ToItsOwnObservedTime_ChangesNothing()
    {
        var recordings = Generated.Recording.Where(recording => Enumerable.Range(0, recording.UnitCount).All(unit => recording.ObservedOf(unit) == recording.Observed));
        PropertyAssert.Holds(recordings, recording => AssertSame(recording, recording.Restrict(recording.Observed)));
    }

    [Fact]
    public void RestrictWhereAndShift_InAnyOrder_Commute()
    {
        var cases = from recording in Generated.Recording from intervals in Generated.Intervals from offset in Generated.Eighths(-50, 50) select (recording, intervals, offset);
        PropertyAssert.Holds(cases, sample =>
        {
            static bool Even(Unit unit) => unit.Id is "u0" or "u2" or "u4";
            Recording one = sample.recording.Where(Even).Restrict(sample.intervals).Shift(sample.offset);
            Recording other = sample.recording.Shift(sample.offset).Restrict(sample.intervals.Shift(sample.offset)).Where(Even);
            AssertSame(one, other, tolerance: 1e-12);
        });
    }

    [Fact]
    public void Shift_ThereAndBack_IsTheIdentityToRounding()
    {
        var cases = from recording in Generated.Recording from offset in Generated.Eighths(-50, 50) select (recording, offset);
        PropertyAssert.Holds(cases, pair => AssertSame(pair.recording, pair.recording.Shift(pair.offset).Shift(-pair.offset), tolerance: 1e-12));
    }

    [Fact]
    public void Merge_PartsByUnit_GivesTheWholeBack()
    {
        PropertyAssert.Holds(Generated.Recording, recording =>
        {
            if (recording.UnitCount == 0) return;
            Recording merged = Recording.Merge(recording.Where(unit => unit.Index < 2), recording.Where(unit => unit.Index >= 2).WithSignals());
            AssertSame(recording, merged);
        });
    }

    [Fact]
    public void Merge_SameUnitTwice_NamesIt()
    {
        Recording recording = Recording.FromFlat(new UnitTable(["a"]), [1], [0, 1], minute);
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => Recording.Merge(recording, recording)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Recording.Merge());
    }

    [Fact]
    public void Merge_ColumnsOfTheUnitTables_AreJoinedByName()
    {
        Recording one = Recording.FromFlat(new UnitTable(["a"], new Dictionary<string, string[]> { ["group"] = ["good"] }), [], [0, 0], minute);
        Recording other = Recording.FromFlat(new UnitTable(["b"], new Dictionary<string, string[]> { ["depth"] = ["120"] }), [], [0, 0], minute);
        UnitTable units = Recording.Merge(one, other).Units;
        Assert.Equal(["group", "depth"], units.ColumnNames);
        Assert.Equal(("good", "", "", "120"), (units[0]["group"], units[1]["group"], units[0]["depth"], units[1]["depth"]));
    }

    [Fact]
    public void Signal_UnknownName_ListsTheSignals()
    {
        Recording recording = Recording.FromFlat(new UnitTable([]), [], [0], minute).WithSignals(SampledSignal.Regular("lfp", new double[] { 1 }, 0, 1));
        Assert.Equal("lfp", recording.Signal("lfp").Name);
        Assert.Contains("Signals of the recording: lfp", Assert.Throws<ArgumentException>(() => recording.Signal("LFP")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Indexer_UnknownUnit_ListsTheUnits()
    {
        Recording recording = Recording.FromFlat(new UnitTable(["a", "b"]), [], [0, 0, 0], minute);
        UnknownUnitException error = Assert.Throws<UnknownUnitException>(() => recording["c"]);
        Assert.Equal("c", error.Unit);
        Assert.Contains("a, b", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Recording_ListsHandedIn_CannotBeChangedFromOutside()
    {
        List<Trial> trials = [new("t", new(0, 1), 0)];
        List<SampledSignal> signals = [SampledSignal.Regular("s", new double[] { 1 }, 0, 1)];
        Recording recording = Recording.FromFlat(new UnitTable([]), [], [0], minute, trials, signals), other = recording.WithSignals(signals);
        trials.Clear();
        signals.Clear();
        Assert.Single(recording.Trials);
        Assert.Single(recording.Signals);
        Assert.Single(other.Signals);
    }

    private static void AssertSame(Recording expected, Recording actual, double tolerance = 0)
    {
        Assert.Equal(expected.Units.Ids, actual.Units.Ids);
        Assert.Equal(expected.Observed, actual.Observed);
        Assert.Equal(expected.Trials, actual.Trials);
        Assert.Equal(expected.Signals.Select(signal => (signal.Name, signal.Start)), actual.Signals.Select(signal => (signal.Name, signal.Start)));
        for (int unit = 0; unit < expected.UnitCount; unit++)
        {
            Assert.Equal(expected[unit].Observed, actual[unit].Observed);
            StatisticalAssert.Close(expected[unit].Times, actual[unit].Times, absolute: tolerance);
        }
    }
}
