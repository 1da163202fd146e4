namespace SpikeStats.Models.Bases;

/// <summary>Several bases over the same lags, side by side: the filter is the sum of what each of them spans.</summary>
/// <remarks>
/// For example free windows for the refractory period and a few smooth functions for what comes later. Rows go from the first lag to the longest of any part;
/// beyond its own end a part is zero. If the parts overlap so that one of their functions is a combination of others, a fit says so and leaves it out.
/// A penalty on differences of neighbouring coefficients acts within each part and not from one to the next.
/// </remarks>
public sealed class ConcatenatedBasis : Basis
{
    private readonly Basis[] parts;

    /// <summary>Joins bases.</summary>
    /// <param name="parts">The bases, in the order of their coefficients; at least one.</param>
    /// <exception cref="ArgumentException">There is no basis.</exception>
    public ConcatenatedBasis(params IReadOnlyList<Basis> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0) throw new ArgumentException("Give at least one basis.", nameof(parts));
        this.parts = [.. parts.SelectMany(part => part is ConcatenatedBasis joined ? joined.parts : [part])];
    }

    /// <summary>The bases.</summary>
    public IReadOnlyList<Basis> Parts => parts;

    /// <inheritdoc/>
    public override string Description => string.Join('+', parts.Select(part => part.Description));

    /// <summary>Samples every part on the lags of a bin width.</summary>
    /// <param name="binWidth">Width of a bin, in seconds; positive.</param>
    /// <param name="firstLag">Lag of the first row, in bins: 0 for a signal, 1 for past spikes.</param>
    /// <returns>One row per lag up to the longest of any part, and the columns of the parts one after the other.</returns>
    /// <exception cref="ArgumentException">A part cannot be sampled at this bin width.</exception>
    public override LagMatrix Sample(double binWidth, int firstLag)
    {
        LagMatrix[] sampled = Array.ConvertAll(parts, part => part.Sample(binWidth, firstLag));
        int first = sampled.Min(part => part.FirstLag), rows = sampled.Max(part => part.LastLag) - first + 1, columns = sampled.Sum(part => part.ColumnCount);
        double[] values = new double[(long)rows * columns];
        int column = 0;
        foreach (LagMatrix part in sampled)
        {
            for (int row = 0; row < part.RowCount; row++)
                part.Row(row).CopyTo(values.AsSpan(((row + part.FirstLag - first) * columns) + column, part.ColumnCount));
            column += part.ColumnCount;
        }

        return new LagMatrix(first, columns, values);
    }
}
