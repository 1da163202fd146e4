using System.Globalization;

namespace SpikeStats.Loading;

/// <summary>Takes the spikes of a file one by one in the order of the file, applies the policies of the options and keeps what is left.</summary>
/// <remarks>
/// Costs 12 bytes per spike while it collects, in blocks that are never copied, and no object per spike. A spike that is refused is
/// named by its row, which is known only while it passes.
/// </remarks>
internal sealed class SpikeCollector
{
    /// <summary>No clock of an experiment reaches it, in whatever unit; keeps sums of times finite.</summary>
    private const double LatestTime = 1e20;

    private const int BlockLength = 1 << 16;
    private readonly string source;
    private readonly LoadOptions options;
    private readonly double windowStart = -LatestTime, windowEnd = LatestTime;
    private readonly TimeIntervals? gaps;
    private readonly Dictionary<long, int> groupOfTrial = [];
    private readonly List<double[]> timeBlocks = [];
    private readonly List<int[]> groupBlocks = [];
    private SpikeGroup[] groups = new SpikeGroup[16];
    private double[] times = [];
    private int[] owners = [];
    private int filled = BlockLength;
    private int listedTrials;

    /// <summary>Creates a collector.</summary>
    /// <param name="source">The file or folder, for messages.</param>
    /// <param name="options">The policies and the observed intervals.</param>
    public SpikeCollector(string source, LoadOptions options)
    {
        this.source = source;
        this.options = options;
        if (options.Observed is not { } observed) return;
        windowStart = observed.Span.Start;
        windowEnd = observed.Span.End;
        if (observed.Count > 1) gaps = observed;
    }

    /// <summary>The units seen so far.</summary>
    public LabelIndex Units { get; } = new();

    /// <summary>The trials seen so far; none for a continuous recording.</summary>
    public LabelIndex Trials { get; } = new();

    /// <summary>What was mended or left out.</summary>
    public IrregularityTally Tally { get; } = new();

    /// <summary>The groups of spikes seen so far.</summary>
    public Span<SpikeGroup> Groups => groups.AsSpan(0, GroupCount);

    /// <summary>The number of groups.</summary>
    public int GroupCount { get; private set; }

    /// <summary>Whether spikes at the same instant are kept, so that they are still to be counted.</summary>
    public bool KeepsDuplicates => options.OnDuplicate == IrregularityPolicy.Keep;

    /// <summary>The number of spikes kept so far.</summary>
    public long SpikeCount => timeBlocks.Count == 0 ? 0 : ((timeBlocks.Count - 1L) * BlockLength) + filled;

    /// <summary>Whether the file lists its trials, so that none is missing.</summary>
    public bool ListsTrials => listedTrials > 0;

    /// <summary>Tells whether the bounds of an interval are no larger than a time can be.</summary>
    public static bool Admits(TimeInterval interval) => Math.Max(-interval.Start, interval.End) < LatestTime;

    /// <summary>Takes the list of all trials, before the first spike.</summary>
    /// <returns>A note that says so.</returns>
    public LoadNote ListTrials(IReadOnlyList<string> trials)
    {
        foreach (string trial in trials) Trials.IndexOf(trial);
        listedTrials = Trials.Labels.Count;
        return new LoadNote(LoadNoteSeverity.Information, string.Create(CultureInfo.InvariantCulture, $"The file states its {listedTrials} trials."));
    }

    /// <summary>Tells whether a trial is one of those listed, or whether there is no list.</summary>
    public bool IsListed(int trial) => !ListsTrials || trial < listedTrials;

    /// <summary>The group of a unit in a continuous recording: its number.</summary>
    public int GroupOf(int unit)
    {
        while (GroupCount <= unit) AddGroup(GroupCount, 0);
        return unit;
    }

    /// <summary>The group of a unit in a trial.</summary>
    public int GroupOf(int unit, int trial)
    {
        long key = ((long)unit << 32) | (uint)trial;
        if (groupOfTrial.TryGetValue(key, out int group)) return group;
        groupOfTrial.Add(key, GroupCount);
        AddGroup(unit, trial);
        return GroupCount - 1;
    }

    /// <summary>Takes a spike.</summary>
    /// <param name="group">Its group.</param>
    /// <param name="time">Its time, in seconds (in the time of the trial, if there are trials).</param>
    /// <param name="row">Its row in the file, from 1.</param>
    /// <param name="file">The file of the row, if not the source.</param>
    /// <exception cref="InvalidRecordingException">The spike is irregular and the policy is to throw.</exception>
    public void Add(int group, double time, long row, string? file = null)
    {
        ref SpikeGroup own = ref groups[group];
        // NaN fails every comparison and so takes the slow way, too.
        bool regular = time > own.Last && time >= windowStart && time < windowEnd && (gaps is null || gaps.Contains(time));
        if (!regular && !Admits(ref own, time, row, file ?? source)) return;
        own.Last = time;
        own.Count++;
        if (filled == BlockLength)
        {
            if (SpikeCount > Array.MaxLength - BlockLength)
                throw new InvalidRecordingException("it holds more than 2^31 spikes", "split the recording into several files", file ?? source);
            timeBlocks.Add(times = new double[BlockLength]);
            groupBlocks.Add(owners = new int[BlockLength]);
            filled = 0;
        }

        times[filled] = time;
        owners[filled++] = group;
    }

    /// <summary>Hands over the spikes group by group and forgets them.</summary>
    /// <param name="offsets">Where each group goes.</param>
    /// <param name="flat">Receives the times; within a group they keep the order of the file.</param>
    public void MoveTo(ReadOnlySpan<int> offsets, Span<double> flat)
    {
        int[] next = offsets.ToArray();
        for (int block = 0; block < timeBlocks.Count; block++)
        {
            int length = block == timeBlocks.Count - 1 ? filled : BlockLength;
            double[] blockTimes = timeBlocks[block];
            int[] blockOwners = groupBlocks[block];
            for (int i = 0; i < length; i++) flat[next[blockOwners[i]]++] = blockTimes[i];
            (timeBlocks[block], groupBlocks[block]) = ([], []);
        }
    }

    /// <summary>Judges a spike at the instant of another of its unit.</summary>
    /// <returns>Whether to keep it.</returns>
    public bool AdmitsDuplicate(int unit, double time, long? row, string file)
    {
        switch (options.OnDuplicate)
        {
            case IrregularityPolicy.Drop:
                Tally.Add(Irregularity.DuplicateDropped, unit);
                return false;
            case IrregularityPolicy.Keep:
                Tally.Add(Irregularity.DuplicateKept, unit);
                return true;
            default:
                throw new InvalidRecordingException(
                    $"two spikes at {Text(time)} s", "remove one of them, or load with --on-duplicate drop or keep", file, row, Units.Labels[unit]);
        }
    }

    private static string Text(double seconds) => seconds.ToString("R", CultureInfo.InvariantCulture);

    private bool Admits(ref SpikeGroup own, double time, long row, string file)
    {
        string unit = Units.Labels[own.Unit];
        if (!(Math.Abs(time) < LatestTime))
        {
            if (options.OnNonFinite == IrregularityPolicy.Drop) return Drop(Irregularity.NonFiniteDropped, own.Unit);
            throw new InvalidRecordingException(
                double.IsFinite(time) ? $"{Text(time)} s is no time" : "the time is missing or not a finite number",
                "remove the row, or load with --on-nan drop", file, row, unit);
        }

        if (time < windowStart || time >= windowEnd || gaps?.Contains(time) == false)
        {
            if (options.OnOutside == IrregularityPolicy.Drop) return Drop(Irregularity.OutsideDropped, own.Unit);
            throw new InvalidRecordingException(
                $"the spike at {Text(time)} s lies outside the observed intervals {options.Observed}, whose ends do not belong to them",
                "widen them with --observed, state the unit of time with --time-unit, or load with --on-outside drop", file, row, unit);
        }

        // Those that are kept are counted when the group is complete, because sorting may bring more of them together.
        if (time == own.Last) return KeepsDuplicates || AdmitsDuplicate(own.Unit, time, row, file);
        if (time > own.Last) return true;
        switch (options.OnUnsorted)
        {
            case IrregularityPolicy.Drop:
                return Drop(Irregularity.UnsortedDropped, own.Unit);
            case IrregularityPolicy.Sort:
                Tally.Add(Irregularity.UnsortedSorted, own.Unit);
                own.IsUnsorted = true;
                return true;
            default:
                throw new InvalidRecordingException(
                    $"the spike at {Text(time)} s stands after the one at {Text(own.Last)} s: the interval between them is negative",
                    "sort the file, state trials in a column named trial, or load with --on-unsorted sort or drop", file, row, unit);
        }
    }

    private bool Drop(Irregularity kind, int unit)
    {
        Tally.Add(kind, unit);
        return false;
    }

    private void AddGroup(int unit, int trial)
    {
        if (GroupCount == groups.Length) Array.Resize(ref groups, groups.Length * 2);
        groups[GroupCount++] = new SpikeGroup { Unit = unit, Trial = trial, Last = double.NegativeInfinity };
    }
}
