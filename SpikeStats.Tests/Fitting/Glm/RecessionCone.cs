using System.Numerics;

namespace SpikeStats.Tests.Fitting.Glm;

/// <summary>Whether a regression with integer columns is separated, decided exactly: all edges of the cone of recession are tried in whole numbers.</summary>
/// <remarks>
/// The likelihood rises forever along d if and only if x d ≤ 0 in silent bins and x d = 0 in those with a spike (≥ 0 if a bin holds one at most), and not all are 0.
/// Of a design of full rank the cone has no line, so that it is more than the origin if and only if it has an edge, on which as many constraints are
/// equalities as there are columns less one.
/// </remarks>
internal static class RecessionCone
{
    /// <summary>Whether the likelihood has no finite optimum.</summary>
    /// <param name="rows">The design with its intercept.</param>
    /// <param name="counts">One count per row.</param>
    /// <param name="isBinary">Whether a bin holds one spike at most.</param>
    public static bool IsSeparated(long[][] rows, int[] counts, bool isBinary)
    {
        int[] columns = IndependentColumns(rows);
        long[][] full = Array.ConvertAll(rows, row => Array.ConvertAll(columns, column => row[column]));
        return Subsets(rows.Length, columns.Length - 1).Select(tight => Edge([.. tight.Select(row => full[row])], columns.Length))
            .SelectMany(edge => (BigInteger[][])[edge, Array.ConvertAll(edge, value => -value)])
            .Any(edge => edge.Any(value => !value.IsZero) && full.Zip(counts).All(pair => Allows(Dot(pair.First, edge).Sign, pair.Second > 0, isBinary)));
    }

    /// <summary>Columns that do not depend on those before them.</summary>
    public static int[] IndependentColumns(long[][] rows)
    {
        List<int> kept = [];
        for (int column = 0; column < rows[0].Length; column++)
        {
            int[] tried = [.. kept, column];
            if (Subsets(rows.Length, tried.Length).Any(some => !Determinant([.. some.Select(row => Array.ConvertAll(tried, own => (BigInteger)rows[row][own]))]).IsZero)) kept.Add(column);
        }

        return [.. kept];
    }

    private static bool Allows(int sign, bool hasSpike, bool isBinary) => !hasSpike ? sign <= 0 : isBinary ? sign >= 0 : sign == 0;

    private static BigInteger Dot(long[] row, BigInteger[] direction) => row.Zip(direction).Aggregate(BigInteger.Zero, (sum, pair) => sum + (pair.First * pair.Second));

    // What is orthogonal to some rows, one less than there are columns: the minors with alternating signs; zero if the rows depend on each other.
    private static BigInteger[] Edge(long[][] tight, int size) => [.. Enumerable.Range(0, size).Select(column =>
        (column % 2 == 0 ? 1 : -1) * Determinant([.. tight.Select(row => row.Where((_, other) => other != column).Select(value => (BigInteger)value).ToArray())]))];

    // By the first row; matrices are of four rows at most.
    private static BigInteger Determinant(BigInteger[][] matrix) => matrix.Length == 0 ? BigInteger.One : Enumerable.Range(0, matrix.Length).Aggregate(
        BigInteger.Zero, (sum, column) => sum + ((column % 2 == 0 ? 1 : -1) * matrix[0][column] * Determinant([.. matrix.Skip(1).Select(row => row.Where((_, other) => other != column).ToArray())])));

    private static IEnumerable<int[]> Subsets(int count, int size)
    {
        if (size == 0) return [[]];
        return Enumerable.Range(0, count).SelectMany(last => Subsets(last, size - 1).Select(rest => (int[])[.. rest, last]));
    }
}
