using System.Globalization;

namespace SpikeStats.Models.Hawkes;

/// <summary>The shape of the baselines of a Hawkes process: the pieces of time in each of which every unit has a constant level.</summary>
/// <remarks>
/// A constant baseline has one piece. Levels do not belong to the shape: a model has one per unit and piece, and a fit estimates them.
/// Pieces are half-open, [start, end), and cover all of time.
/// </remarks>
public sealed class HawkesBaseline
{
    private readonly double[] changes;
    private readonly double start;

    private HawkesBaseline(double[] changes, double? period, int pieceCount, double start)
    {
        this.changes = changes;
        this.start = start;
        Period = period;
        PieceCount = pieceCount;
    }

    /// <summary>One level for all time.</summary>
    public static HawkesBaseline Constant { get; } = new([], null, 1, 0);

    /// <summary>The number of pieces; those of a period count once.</summary>
    public int PieceCount { get; }

    /// <summary>Whether there is one piece only.</summary>
    public bool IsConstant => PieceCount == 1;

    /// <summary>After how many seconds the pieces repeat; null if they do not.</summary>
    public double? Period { get; }

    /// <summary>The instants at which levels change, in seconds, ascending; empty for a constant or periodic baseline.</summary>
    public IReadOnlyList<double> Changes => changes;

    /// <summary>Levels that change at given instants.</summary>
    /// <param name="changes">The instants, in seconds, strictly ascending; n of them separate n + 1 pieces, of which the first begins before all time and the last never ends.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="ArgumentException">An instant is not finite, or they do not ascend.</exception>
    public static HawkesBaseline Piecewise(params IReadOnlyList<double> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        for (int i = 0; i < changes.Count; i++)
        {
            if (double.IsFinite(changes[i]) && (i == 0 || changes[i] > changes[i - 1])) continue;
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The instants of change must be finite and ascend; {changes[i]} s at position {i} does not."), nameof(changes));
        }

        return changes.Count == 0 ? Constant : new HawkesBaseline([.. changes], null, changes.Count + 1, 0);
    }

    /// <summary>Levels that repeat: each period is cut into pieces of equal length.</summary>
    /// <param name="period">The period, in seconds; positive.</param>
    /// <param name="pieceCount">The number of pieces of a period.</param>
    /// <param name="start">Where a period begins, in seconds.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The period is not positive and finite, there is no piece, or the start is not finite.</exception>
    public static HawkesBaseline Periodic(double period, int pieceCount, double start = 0)
    {
        if (!(period > 0) || !double.IsFinite(period)) throw new ArgumentOutOfRangeException(nameof(period), period, "The period must be positive and finite.");
        ArgumentOutOfRangeException.ThrowIfLessThan(pieceCount, 1);
        if (!double.IsFinite(start)) throw new ArgumentOutOfRangeException(nameof(start), start, "The start of a period must be finite.");
        return pieceCount == 1 ? Constant : new HawkesBaseline([], period, pieceCount, start);
    }

    /// <summary>The piece that holds an instant.</summary>
    /// <param name="time">The instant, in seconds.</param>
    /// <returns>Position of the piece, from 0.</returns>
    public int PieceAt(double time) => Period is null ? Passed(time) : (int)(((Passes(time) % PieceCount) + PieceCount) % PieceCount);

    /// <summary>How much of some intervals lies in each piece.</summary>
    /// <param name="observed">The intervals.</param>
    /// <returns>Seconds, one value per piece.</returns>
    public double[] Durations(TimeIntervals observed)
    {
        ArgumentNullException.ThrowIfNull(observed);
        double[] durations = new double[PieceCount];
        if (IsConstant)
        {
            durations[0] = observed.Duration;
            return durations;
        }

        foreach (TimeInterval interval in observed)
        {
            for (double time = interval.Start; time < interval.End;)
            {
                double end = Math.Min(ChangeAfter(time), interval.End);
                durations[PieceAt(time)] += end - time;
                time = end;
            }
        }

        return durations;
    }

    /// <summary>The shape in words.</summary>
    /// <returns>For example <c>periodic, 12 pieces of 0.5 s</c>.</returns>
    public override string ToString() => IsConstant ? "constant"
        : Period is double period ? string.Create(CultureInfo.InvariantCulture, $"periodic, {PieceCount} pieces of {period / PieceCount:G6} s")
        : string.Create(CultureInfo.InvariantCulture, $"piecewise constant, {PieceCount} pieces");

    /// <summary>The end of the piece that holds an instant, in seconds; infinity for the last one.</summary>
    internal double ChangeAfter(double time)
    {
        if (Period is not null) return Edge(Passes(time) + 1);
        int piece = Passed(time);
        return piece == changes.Length ? double.PositiveInfinity : changes[piece];
    }

    // Changes at or before an instant.
    private int Passed(double time)
    {
        int index = Array.BinarySearch(changes, time);
        return index >= 0 ? index + 1 : ~index;
    }

    // Pieces since the start; the quotient may be rounded over an edge, and the edge itself decides.
    private long Passes(double time)
    {
        long piece = (long)Math.Floor((time - start) * PieceCount / Period!.Value);
        if (time < Edge(piece)) return piece - 1;
        return time >= Edge(piece + 1) ? piece + 1 : piece;
    }

    private double Edge(long piece) => start + (piece * (Period!.Value / PieceCount));
}
