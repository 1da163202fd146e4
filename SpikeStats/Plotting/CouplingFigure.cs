using SpikeStats.Plotting.Layers;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting;

/// <summary>Matrices of couplings between units: blue for suppression, vermilion for excitation, near-white for none.</summary>
public static class CouplingFigure
{
    private const int MostGriddedCells = 1600;

    /// <summary>Draws a matrix of couplings in square cells.</summary>
    /// <param name="couplings">Couplings, in any one unit; targets × sources: entry [i, j] is the effect of source j on target i. NaN is drawn in grey.</param>
    /// <param name="targets">Names of the targets; one per row, the first at the top.</param>
    /// <param name="sources">Names of the sources; one per column.</param>
    /// <param name="quantity">What a coupling is, with its unit: the label of the colour bar.</param>
    /// <param name="separatesSelf">Whether the diagonal, the effect of a unit on itself, is left grey and out of the colour scale.</param>
    /// <param name="groupEnds">Numbers of units after which a line parts groups, such as excitatory from inhibitory units; empty for none.</param>
    /// <param name="options">Heading, note, seed and size.</param>
    /// <returns>The figure; its colours are symmetric about zero.</returns>
    /// <exception cref="ArgumentException">The number of names differs from that of rows or columns, or the matrix is not square but has a diagonal to separate.</exception>
    public static Figure Of(
        double[,] couplings, IReadOnlyList<string> targets, IReadOnlyList<string> sources, string quantity = "Coupling (log-gain)",
        bool separatesSelf = false, ReadOnlySpan<int> groupEnds = default, FigureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(couplings);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(sources);
        options ??= new FigureOptions();
        (int rows, int columns) = (couplings.GetLength(0), couplings.GetLength(1));
        if (targets.Count != rows) throw new ArgumentException($"{rows} rows have as many targets, not {targets.Count}.", nameof(targets));
        if (sources.Count != columns) throw new ArgumentException($"{columns} columns have as many sources, not {sources.Count}.", nameof(sources));
        if (separatesSelf && rows != columns) throw new ArgumentException($"A matrix of {rows} × {columns} has no diagonal of self-couplings.", nameof(separatesSelf));
        HeatMapLayer map = new(CellEdges(columns), CellEdges(rows), separatesSelf ? WithoutDiagonal(couplings) : couplings)
        {
            Value = new Axis(quantity),
            IsDiverging = true,
            IsGridded = rows * columns <= MostGriddedCells,
        };
        Panel panel = new()
        {
            X = new Axis("Source") { Categories = sources },
            Y = new Axis("Target") { Categories = targets, IsReversed = true },
            Layers = [map, .. GroupLines(groupEnds)],
            AspectRatio = rows > 0 && columns > 0 ? (double)columns / rows : double.NaN,
        };
        return new Figure
        {
            Panels = [panel],
            Title = options.Title,
            Size = options.Size ?? FigureSize.Small with { Height = 72 },
            Caption = CaptionText.Join(
                options, $"{CaptionText.Count(rows, "target")} × {CaptionText.Count(columns, "source")}",
                separatesSelf ? "diagonal (self-coupling) in grey, not on this scale" : ""),
        };
    }

    private static List<Layer> GroupLines(ReadOnlySpan<int> groupEnds)
    {
        List<Layer> lines = [];
        foreach (int end in groupEnds)
        {
            lines.Add(ReferenceLine.Horizontal(end - 0.5, style: LineStyle.Solid));
            lines.Add(ReferenceLine.Vertical(end - 0.5, style: LineStyle.Solid));
        }

        return lines;
    }

    private static double[] CellEdges(int count) => [.. Enumerable.Range(0, count + 1).Select(i => i - 0.5)];

    private static double[,] WithoutDiagonal(double[,] square)
    {
        double[,] copy = (double[,])square.Clone();
        for (int i = 0; i < copy.GetLength(0); i++) copy[i, i] = double.NaN;
        return copy;
    }
}
