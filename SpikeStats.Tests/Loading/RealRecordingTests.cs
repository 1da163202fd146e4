using System.Text.Json;
using SpikeStats.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Loading;

public sealed class RealRecordingTests
{
    // The reference tables give nine significant digits.
    private const double Digits = 1e-8;

    private static JsonElement Reference => ReferenceFile.Read("loaded_recordings");

    public static TheoryData<string> Continuous => [.. Reference.At("star").EnumerateObject().Select(file => file.Name)];

    public static TheoryData<string> Trials => [.. Reference.At("starTrials").EnumerateObject().Select(file => file.Name)];

    [SkippableFact]
    public void Grasshopper_InMicroseconds_HasItsSpikes()
    {
        Recording recording = RecordingFile.Open(
            Repository.SharedData("grasshopper_auditory_1", "spike_times_us.txt"), new LoadOptions { TimeUnit = TimeUnit.Microseconds });
        Assert.Equal(929, recording.SpikeCount);
        Matches(recording, Reference.At("grasshopper"), Digits);
        Assert.DoesNotContain(recording.LoadReport, note => note.Severity == LoadNoteSeverity.Warning);
    }

    [SkippableFact]
    public void Grasshopper_WithoutAUnit_OpensInSecondsWithAWarning()
    {
        Recording recording = RecordingFile.Open(Repository.SharedData("grasshopper_auditory_1", "spike_times_us.txt"));
        Assert.Equal(6700, recording[0].Times[0]);
        Assert.Contains(
            recording.LoadReport, note => note is { Severity: LoadNoteSeverity.Warning } && note.Message.Contains("--time-unit", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void Grasshopper_Stimulus_IsRegularAt20Kilohertz()
    {
        IReadOnlyList<SampledSignal> signals = SignalFile.Open(
            Repository.SharedData("grasshopper_auditory_1", "stimulus_us_volt.txt"), new LoadOptions { TimeUnit = TimeUnit.Microseconds });
        SampledSignal stimulus = Assert.Single(signals);
        Assert.Equal("stimulus_us_volt", stimulus.Name);
        Assert.True(stimulus.IsRegular);
        Assert.Equal(20000, stimulus.SamplingRate);
        Assert.Equal((0, 200_000), (stimulus.Start, stimulus.Count));
        double mean = 0;
        foreach (double volt in stimulus.Values) mean += volt / stimulus.Count;
        StatisticalAssert.Close(0.15994093, mean, relative: Digits);
        Assert.Equal([0.242911, 0.245464, 0.247884], stimulus.Values[..3]);
    }

    [SkippableTheory]
    [MemberData(nameof(Continuous))]
    public void Cockroach_Spontaneous_HasItsSpikes(string file)
    {
        Recording recording = RecordingFile.Open(Repository.SharedData("star_cockroach", file));
        Assert.Empty(recording.Trials);
        Matches(recording, Reference.At("star", file), Digits);
    }

    [SkippableTheory]
    [MemberData(nameof(Trials))]
    public void Cockroach_Trials_HaveTheirSpikes(string file)
    {
        Recording recording = RecordingFile.Open(Repository.SharedData("star_cockroach", file));
        JsonElement[] units = [.. Reference.At("starTrials", file).EnumerateArray()];
        Assert.Equal(units.Length, recording.UnitCount);
        foreach (JsonElement unit in units)
        {
            SpikeTrain train = recording[unit[0].GetString()!];
            Assert.Equal(unit[1].GetInt32(), train.Count);
            Assert.Equal(unit[7].GetInt32(), recording.Trials.Count);
            Assert.Equal(unit[6].GetInt32(), Enumerable.Range(0, recording.Trials.Count).Count(trial => train.TimesIn(trial).Length > 0));
            double[] inTrial = [.. recording.Trials.SelectMany(trial => train.TimesIn(trial.Interval).ToArray().Select(time => time - trial.Zero))];
            StatisticalAssert.Close(unit[2].GetDouble(), inTrial.Min(), relative: Digits);
            StatisticalAssert.Close(unit[3].GetDouble(), inTrial.Max(), relative: Digits);
            double[] intervals = Intervals(train);
            StatisticalAssert.Close(unit[4].GetDouble(), intervals.Average(), relative: Digits);
            StatisticalAssert.Close(unit[5].GetDouble(), StandardDeviation(intervals) / intervals.Average(), relative: Digits);
        }
    }

    [SkippableFact]
    public void Nelpy_DerivedTable_HasItsUnits()
    {
        Recording recording = RecordingFile.Open(Repository.SharedData("nelpy_linear_track", "spikes_derived.csv"));
        Assert.Equal(28829, recording.SpikeCount);
        // The derived table rounds times to 9 decimals; the reference was taken from the original file.
        Matches(recording, Reference.At("nelpy"), Digits, 1e-9);
        foreach (JsonElement unit in Reference.At("nelpy").EnumerateArray())
        {
            Unit loaded = recording.Units[recording.Units.IndexOf(unit[0].GetString()!)];
            Assert.Equal((unit[9].GetString(), unit[10].GetString()), (loaded["tetrode"], loaded["cluster"]));
        }
    }

    [SkippableFact]
    public void Ibl_Alf_HasItsUnits()
    {
        Recording recording = RecordingFile.Open(Repository.SharedData("ibl_npy_289units", "alf"));
        Assert.Equal(124905, recording.SpikeCount);
        Matches(recording, Reference.At("ibl"), Digits);
    }

    [SkippableFact]
    public void Ibl_Phy_HasItsUnitsAndLabels()
    {
        Recording recording = RecordingFile.Open(Repository.SharedData("ibl_npy_289units", "phy"), new LoadOptions { SamplingRate = 30000 });
        Assert.Equal(124905, recording.SpikeCount);
        // Times were rounded to ticks of 1/30000 s when the folder was made: half a tick for a time, one for an interval.
        Matches(recording, Reference.At("ibl"), Digits, 1.001 / 30000);
        foreach (JsonProperty label in Reference.At("iblLabels").EnumerateObject())
            Assert.Equal(label.Value.GetInt32(), recording.Where(unit => unit["group"] == label.Name).UnitCount);
    }

    private static void Matches(Recording recording, JsonElement units, double relative, double absolute = 0)
    {
        Assert.Equal(units.EnumerateArray().Select(unit => unit[0].GetString()!), recording.Units.Ids);
        foreach (JsonElement unit in units.EnumerateArray())
        {
            SpikeTrain train = recording[unit[0].GetString()!];
            Assert.Equal(unit[1].GetInt32(), train.Count);
            StatisticalAssert.Close(unit[2].GetDouble(), train.Times[0], absolute, relative);
            StatisticalAssert.Close(unit[3].GetDouble(), train.Times[^1], absolute, relative);
            if (unit[4].ValueKind == JsonValueKind.Null) continue;
            double[] intervals = [.. Intervals(train).Order()];
            double mean = intervals.Average(), deviation = StandardDeviation(intervals);
            StatisticalAssert.Close(unit[4].GetDouble(), mean, absolute, relative);
            if (unit[5].ValueKind != JsonValueKind.Null)
            {
                StatisticalAssert.Close(unit[5].GetDouble(), deviation, absolute, relative);
                StatisticalAssert.Close(unit[6].GetDouble(), deviation / mean, 2 * absolute / mean, relative);
            }

            double median = (intervals[(intervals.Length - 1) / 2] + intervals[intervals.Length / 2]) / 2;
            StatisticalAssert.Close(unit[7].GetDouble(), intervals[0], absolute, relative);
            StatisticalAssert.Close(unit[8].GetDouble(), median, absolute, relative);
        }
    }

    private static double[] Intervals(SpikeTrain train)
    {
        List<double> intervals = [];
        for (int interval = 0; interval < train.Observed.Count; interval++)
        {
            ReadOnlySpan<double> times = train.TimesIn(interval);
            for (int i = 1; i < times.Length; i++) intervals.Add(times[i] - times[i - 1]);
        }

        return [.. intervals];
    }

    private static double StandardDeviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
