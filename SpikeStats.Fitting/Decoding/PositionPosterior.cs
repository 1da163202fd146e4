using System.Data;
using System.Globalization;
using System.Numerics.Tensors;

namespace SpikeStats.Fitting.Decoding;

/// <summary>What spikes say about a position: a posterior distribution for every window of time.</summary>
public sealed class PositionPosterior
{
    private readonly double[] positions;
    private readonly double[] probabilities;

    internal PositionPosterior(BinGrid grid, double[] positions, double[] probabilities, double logEvidence)
    {
        Grid = grid;
        this.positions = positions;
        this.probabilities = probabilities;
        LogEvidence = logEvidence;
    }

    /// <summary>The windows; each is a bin of the grid.</summary>
    public BinGrid Grid { get; }

    /// <summary>The number of windows.</summary>
    public int WindowCount => Grid.BinCount;

    /// <summary>The positions, in the unit of the signal, ascending.</summary>
    public ReadOnlySpan<double> Positions => positions;

    /// <summary>Log probability of all counts under tuning curves and prior, in nats.</summary>
    public double LogEvidence { get; }

    /// <summary>The posterior in a window.</summary>
    /// <param name="window">Position of the window, from 0.</param>
    /// <returns>Probabilities, one per position, of sum 1.</returns>
    public ReadOnlySpan<double> Probabilities(int window) => probabilities.AsSpan(window * positions.Length, positions.Length);

    /// <summary>The most probable position in a window.</summary>
    /// <param name="window">Position of the window, from 0.</param>
    /// <returns>A position, in the unit of the signal.</returns>
    public double Mode(int window) => positions[TensorPrimitives.IndexOfMax(Probabilities(window))];

    /// <summary>The posterior mean in a window.</summary>
    /// <param name="window">Position of the window, from 0.</param>
    /// <returns>A position, in the unit of the signal.</returns>
    public double Mean(int window) => TensorPrimitives.Dot(Probabilities(window), positions);

    /// <summary>The posterior standard deviation in a window.</summary>
    /// <param name="window">Position of the window, from 0.</param>
    /// <returns>A distance, in the unit of the signal; without the width of a cell of position.</returns>
    public double StandardDeviation(int window)
    {
        double mean = Mean(window), sum = 0;
        ReadOnlySpan<double> posterior = Probabilities(window);
        for (int cell = 0; cell < positions.Length; cell++) sum += posterior[cell] * (positions[cell] - mean) * (positions[cell] - mean);
        return Math.Sqrt(sum);
    }

    /// <summary>The smallest set of positions that holds a given probability: the most probable ones first.</summary>
    /// <param name="window">Position of the window, from 0.</param>
    /// <param name="level">The probability to hold, at least, between 0 and 1.</param>
    /// <returns>Indices into <see cref="Positions"/>, ascending; not always neighbours of each other.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level does not lie between 0 and 1.</exception>
    public int[] CredibleSet(int window, double level = 0.95)
    {
        if (!(level > 0 && level < 1)) throw new ArgumentOutOfRangeException(nameof(level), level, "The level must lie between 0 and 1.");
        double[] posterior = Probabilities(window).ToArray();
        int[] order = [.. Enumerable.Range(0, posterior.Length).OrderByDescending(cell => posterior[cell])];
        double sum = 0;
        int count = 0;
        while (count < order.Length && sum < level) sum += posterior[order[count++]];
        return [.. order.Take(count).Order()];
    }

    /// <summary>The index of the cell of a position: that of the nearest centre.</summary>
    /// <param name="position">A position, in the unit of the signal.</param>
    /// <returns>An index into <see cref="Positions"/>; -1 if the position lies more than half a cell outside them, or is NaN.</returns>
    public int CellOf(double position)
    {
        double before = (positions[1] - positions[0]) / 2, after = (positions[^1] - positions[^2]) / 2;

        // The range is computed by division and multiplication: its ends may be off by rounding.
        double slack = 1e-9 * (positions[^1] - positions[0]);
        if (!(position >= positions[0] - before - slack && position <= positions[^1] + after + slack)) return -1;
        int nearest = 0;
        for (int cell = 1; cell < positions.Length; cell++)
        {
            if (Math.Abs(positions[cell] - position) < Math.Abs(positions[nearest] - position)) nearest = cell;
        }

        return nearest;
    }

    /// <summary>The estimates as a table: start (s), mode, mean, standardDeviation (unit of the signal).</summary>
    /// <returns>One row per window.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("decodedPosition") { Locale = CultureInfo.InvariantCulture };
        foreach (string column in (string[])["start", "mode", "mean", "standardDeviation"]) table.Columns.Add(column, typeof(double));
        for (int window = 0; window < WindowCount; window++) table.Rows.Add(Grid.StartOf(window), Mode(window), Mean(window), StandardDeviation(window));
        return table;
    }
}
