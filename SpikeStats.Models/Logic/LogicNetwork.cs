namespace SpikeStats.Models.Logic;

/// <summary>Lines from outside and <see cref="LogicUnit"/>s that listen to them and to each other, all at once, with a delay of one tick.</summary>
/// <remarks><b>Cost:</b> of a run O(ticks times synapses). <b>Source:</b> see <see cref="LogicUnit"/>.</remarks>
public sealed class LogicNetwork
{
    private readonly (int Source, int Multiplicity)[][] excitatory;
    private readonly int[][] inhibitory;

    /// <summary>States a network.</summary>
    /// <param name="lines">The names of the lines.</param>
    /// <param name="units">The units; cycles are allowed.</param>
    /// <exception cref="ArgumentException">A name stands twice, or a unit listens to what does not exist.</exception>
    public LogicNetwork(IEnumerable<string> lines, IEnumerable<LogicUnit> units)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(units);
        Lines = [.. lines];
        Units = [.. units];
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        foreach (string name in Lines.Concat(Units.Select(unit => unit.Name)))
        {
            if (!places.TryAdd(name, places.Count)) throw new ArgumentException($"There are two lines or units called '{name}'.", nameof(units));
        }

        excitatory = [.. Units.Select(unit => unit.Excitatory.Select(input => (Place(unit, input.Source), input.Multiplicity)).ToArray())];
        inhibitory = [.. Units.Select(unit => unit.Inhibitory.Select(source => Place(unit, source)).ToArray())];

        int Place(LogicUnit unit, string source) => places.TryGetValue(source, out int place)
            ? place
            : throw new ArgumentException($"'{unit.Name}' listens to '{source}', which does not exist. There are {string.Join(", ", places.Keys)}.", nameof(units));
    }

    /// <summary>The names of the lines.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The units.</summary>
    public IReadOnlyList<LogicUnit> Units { get; }

    /// <summary>A network of two layers that computes any function of its lines.</summary>
    /// <remarks>
    /// For every row of the table with the outcome true, a unit that is excited by the lines that are active in it and vetoed by the others, so that it fires in that row alone; and a unit that fires
    /// when any of them did. The answer comes two ticks after the question.
    /// </remarks>
    /// <param name="lines">The names of the n lines.</param>
    /// <param name="outcomes">The outcome for each of the 2ⁿ combinations; line 0 is the highest bit of the index, as in a table that is written down in ascending order.</param>
    /// <param name="output">What the unit with the answer is called.</param>
    /// <returns>The network; the unit with the answer is the last.</returns>
    /// <exception cref="ArgumentException">There are not 2ⁿ outcomes.</exception>
    public static LogicNetwork FromTruthTable(IReadOnlyList<string> lines, IReadOnlyList<bool> outcomes, string output = "output")
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(outcomes);
        if (lines.Count > 24 || outcomes.Count != 1 << lines.Count)
            throw new ArgumentException($"{lines.Count} lines (24 at most) have 2^{lines.Count} combinations, but the table has {outcomes.Count} outcomes.", nameof(outcomes));
        LogicUnit[] rows = [.. Enumerable.Range(0, outcomes.Count).Where(row => outcomes[row]).Select(Row)];
        return new LogicNetwork(lines, [.. rows, LogicUnit.Or(output, [.. rows.Select(row => row.Name)])]);

        LogicUnit Row(int row)
        {
            ILookup<bool, string> byState = lines.Select((line, i) => (line, IsActive: (row >> (lines.Count - 1 - i) & 1) == 1)).ToLookup(pair => pair.IsActive, pair => pair.line);
            return new LogicUnit($"{output}:{Convert.ToString(row, 2).PadLeft(lines.Count, '0')}", byState[true].Count(), byState[true].Select(line => new LogicInput(line)), byState[false]);
        }
    }

    /// <summary>Runs the network from silence.</summary>
    /// <param name="lines">Whether each line is active in each tick; ticks × lines.</param>
    /// <returns>Whether each unit is active in each tick; ticks × units, as many ticks as were given. In tick 0 no unit is.</returns>
    /// <exception cref="ArgumentException">The number of columns is not that of the lines.</exception>
    public bool[,] Run(bool[,] lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        int ticks = lines.GetLength(0);
        if (lines.GetLength(1) != Lines.Count) throw new ArgumentException($"The network has {Lines.Count} lines, but the activity of {lines.GetLength(1)} is given.", nameof(lines));
        bool[,] active = new bool[ticks, Units.Count];
        for (int tick = 1; tick < ticks; tick++)
        {
            for (int unit = 0; unit < Units.Count; unit++) active[tick, unit] = Fires(unit, source => source < Lines.Count ? lines[tick - 1, source] : active[tick - 1, source - Lines.Count]);
        }

        return active;
    }

    /// <summary>Runs the network on recorded spikes: a line is active in the bins in which its unit fired.</summary>
    /// <param name="recording">A recording with a unit for every line.</param>
    /// <param name="tick">How long a tick lasts, in seconds; positive.</param>
    /// <returns>The units of the network, with a spike at the start of every tick in which they are active. After a gap of the recording they start from silence.</returns>
    /// <exception cref="UnknownUnitException">A line has no unit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tick is not positive.</exception>
    public Recording Run(Recording recording, double tick)
    {
        ArgumentNullException.ThrowIfNull(recording);
        BinGrid grid = new(recording.Observed, tick);
        SpikeCounts counts = SpikeCounts.FromRecording(recording, grid);
        int[] units = [.. Lines.Select(recording.Units.IndexOf)];
        List<double>[] times = [.. Units.Select(_ => new List<double>())];
        foreach (BinSegment segment in grid.Segments)
        {
            bool[,] lines = new bool[segment.BinCount, Lines.Count];
            for (int line = 0; line < units.Length; line++)
            {
                foreach (int bin in counts.BinsOf(units[line]))
                {
                    if (bin >= segment.FirstBin && bin < segment.FirstBin + segment.BinCount) lines[bin - segment.FirstBin, line] = true;
                }
            }

            bool[,] active = Run(lines);
            for (int bin = 0; bin < segment.BinCount; bin++)
            {
                for (int unit = 0; unit < Units.Count; unit++)
                {
                    if (active[bin, unit]) times[unit].Add(grid.StartOf(segment.FirstBin + bin));
                }
            }
        }

        return Recording.FromTrains(Units.Select((unit, i) => SpikeTrain.FromSorted(times[i].ToArray(), recording.Observed, unit.Name)));
    }

    private bool Fires(int unit, Func<int, bool> isActive)
    {
        foreach (int source in inhibitory[unit])
        {
            if (isActive(source)) return false;
        }

        int sum = 0;
        foreach ((int source, int multiplicity) in excitatory[unit]) sum += isActive(source) ? multiplicity : 0;
        return sum >= Units[unit].Threshold;
    }
}
