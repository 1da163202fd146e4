using System.Data;
using System.Globalization;

namespace SpikeStats.Fitting.Decoding;

/// <summary>A recording cut into hidden states: the probability of every state in every bin, and the most probable path.</summary>
public sealed class StateSegmentation
{
    private readonly double[] probabilities;
    private readonly int[] path;

    internal StateSegmentation(BinGrid grid, int stateCount, Expectation expectation, int[] path, double pathLogProbability)
    {
        Grid = grid;
        StateCount = stateCount;
        LogLikelihood = expectation.LogLikelihood;
        probabilities = expectation.Posterior;
        this.path = path;
        PathLogProbability = pathLogProbability;
        Runs = [.. FindRuns()];
    }

    /// <summary>The bins.</summary>
    public BinGrid Grid { get; }

    /// <summary>The number of states.</summary>
    public int StateCount { get; }

    /// <summary>Log probability of the spikes, summed over all paths of states, in nats.</summary>
    public double LogLikelihood { get; }

    /// <summary>Log probability of the spikes together with the most probable path, in nats; not larger than <see cref="LogLikelihood"/>.</summary>
    public double PathLogProbability { get; }

    /// <summary>The most probable path as a whole (Viterbi): a state per bin.</summary>
    public ReadOnlySpan<int> Path => path;

    /// <summary>The path as runs of one state; a run ends with its observed interval at the latest.</summary>
    public IReadOnlyList<StateRun> Runs { get; }

    /// <summary>The probability of each state in a bin, given all spikes of its observed interval.</summary>
    /// <param name="bin">Position of the bin in the grid.</param>
    /// <returns>Probabilities, one per state, of sum 1.</returns>
    public ReadOnlySpan<double> Probabilities(int bin) => probabilities.AsSpan(bin * StateCount, StateCount);

    /// <summary>The probability of one state over time, ready to be drawn.</summary>
    /// <param name="state">Position of the state.</param>
    /// <returns>Probabilities, one per bin.</returns>
    public double[] ProbabilityOf(int state)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(state);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(state, StateCount);
        double[] values = new double[path.Length];
        for (int bin = 0; bin < values.Length; bin++) values[bin] = probabilities[(bin * StateCount) + state];
        return values;
    }

    /// <summary>The expected share of time in a state.</summary>
    /// <param name="state">Position of the state.</param>
    /// <returns>A fraction; NaN without bins.</returns>
    public double Occupancy(int state) => ProbabilityOf(state).Sum() / path.Length;

    /// <summary>The runs as a table: state, start (s), end (s), duration (s).</summary>
    /// <returns>One row per run.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("states") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("state", typeof(int));
        foreach (string column in (string[])["start", "end", "duration"]) table.Columns.Add(column, typeof(double));
        foreach (StateRun run in Runs) table.Rows.Add(run.State, run.Interval.Start, run.Interval.End, run.Interval.Duration);
        return table;
    }

    private List<StateRun> FindRuns()
    {
        List<StateRun> runs = [];
        foreach (BinSegment segment in Grid.Segments)
        {
            int start = 0;
            for (int bin = 1; bin <= segment.BinCount; bin++)
            {
                int state = path[segment.FirstBin + start];
                if (bin < segment.BinCount && path[segment.FirstBin + bin] == state) continue;
                runs.Add(new StateRun(state, new TimeInterval(segment.Start + (start * Grid.BinWidth), segment.Start + (bin * Grid.BinWidth))));
                start = bin;
            }
        }

        return runs;
    }
}
