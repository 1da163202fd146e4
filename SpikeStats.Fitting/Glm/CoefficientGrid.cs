using SpikeStats.Models.Bases;

namespace SpikeStats.Fitting.Glm;

/// <summary>How the coefficients of a term lie: blocks side by side, each a grid with one dimension per margin, the last running fastest.</summary>
/// <param name="Blocks">The margins of every block.</param>
/// <param name="Kept">Places of the coefficients that are fitted, ascending; the others are 0.</param>
internal sealed record CoefficientGrid(IReadOnlyList<IReadOnlyList<CoefficientMargin>> Blocks, IReadOnlyList<int> Kept)
{
    /// <summary>Number of places.</summary>
    public int Count => CountOf(Blocks);

    /// <summary>Coefficients in a row, one after the other.</summary>
    public static CoefficientGrid Line(int count) => Full([[new CoefficientMargin(count, IsCyclic: false)]]);

    /// <summary>One row for every part of a basis of lags.</summary>
    public static CoefficientGrid Of(Basis basis, double binWidth, int firstLag)
    {
        Basis[] parts = basis is ConcatenatedBasis joined ? [.. joined.Parts] : [basis];
        return Full([.. parts.Select(part => (IReadOnlyList<CoefficientMargin>)[new CoefficientMargin(part.Sample(binWidth, firstLag).ColumnCount, IsCyclic: false)])]);
    }

    /// <summary>All places of some blocks.</summary>
    public static CoefficientGrid Full(IReadOnlyList<IReadOnlyList<CoefficientMargin>> blocks) => new(blocks, [.. Enumerable.Range(0, CountOf(blocks))]);

    /// <summary>The same grid with some places left out.</summary>
    public CoefficientGrid Without(Func<int, bool> isLeftOut) => this with { Kept = [.. Kept.Where(place => !isLeftOut(place))] };

    /// <summary>The coefficients of all places from those that are fitted.</summary>
    public double[] Expand(IReadOnlyList<double> fitted)
    {
        double[] all = new double[Count];
        for (int i = 0; i < Kept.Count; i++) all[Kept[i]] = fitted[i];
        return all;
    }

    private static int CountOf(IReadOnlyList<IReadOnlyList<CoefficientMargin>> blocks) =>
        blocks.Sum(block => block.Aggregate(1, (product, margin) => product * margin.Length));
}
