using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>The runs of consecutive spikes of one target that lie in the same piece of the baseline.</summary>
/// <remarks>With them the baseline costs sums over spikes, however many pieces there are.</remarks>
internal sealed class BaselineRuns
{
    private readonly List<int> firstRows = [], pieces = [];
    private readonly int rows;

    public BaselineRuns(MarkedEvents events, HawkesBaseline baseline, int target)
    {
        PieceCount = baseline.PieceCount;
        rows = events.Counts[target];
        if (baseline.IsConstant)
        {
            firstRows.Add(0);
            pieces.Add(0);
            return;
        }

        BaselineCursor cursor = new(baseline, events.Observed.Span.Start);
        int row = 0;
        for (int k = 0; k < events.Count; k++)
        {
            if (events.Marks[k] != target) continue;
            cursor.MoveTo(events.Times[k]);
            if (row == 0 || pieces[^1] != cursor.Piece)
            {
                firstRows.Add(row);
                pieces.Add(cursor.Piece);
            }

            row++;
        }
    }

    public int PieceCount { get; }

    /// <summary>The parts of the rows [start, start + length) that lie in one piece each; <c>From</c> counts from the start.</summary>
    public (int Piece, Range Rows)[] Within(int start, int length)
    {
        if (PieceCount == 1) return [(0, 0..length)];
        int run = firstRows.BinarySearch(start);
        if (run < 0) run = ~run - 1;
        List<(int Piece, Range Rows)> parts = [];
        for (; run < firstRows.Count && firstRows[run] < start + length; run++)
        {
            int end = run + 1 < firstRows.Count ? firstRows[run + 1] : rows;
            parts.Add((pieces[run], Math.Max(0, firstRows[run] - start)..Math.Min(length, end - start)));
        }

        return [.. parts];
    }
}
