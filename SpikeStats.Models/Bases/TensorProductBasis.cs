namespace SpikeStats.Models.Bases;

/// <summary>Products of functions of several values: B_ij(x, y) = A_i(x) C_j(y), and so on for more.</summary>
/// <remarks>
/// The functions are numbered row after row: that of the last margin runs fastest. They contain the constant if every margin does, and add up to 1 if those
/// of every margin do. One margin is that basis itself.
/// <para><b>Source:</b> de Boor, "A practical guide to splines", 1978, chapter XVII.</para>
/// </remarks>
public sealed class TensorProductBasis
{
    private readonly ValueBasis[] margins;

    /// <summary>Creates the products.</summary>
    /// <param name="margins">The basis of each value; at least one.</param>
    /// <exception cref="ArgumentException">There is no margin.</exception>
    public TensorProductBasis(params IReadOnlyList<ValueBasis> margins)
    {
        ArgumentNullException.ThrowIfNull(margins);
        if (margins.Count == 0) throw new ArgumentException("A tensor product needs at least one margin.", nameof(margins));
        this.margins = [.. margins];
        FunctionCount = this.margins.Aggregate(1, (product, margin) => checked(product * margin.FunctionCount));
    }

    /// <summary>The basis of each value.</summary>
    public IReadOnlyList<ValueBasis> Margins => margins;

    /// <summary>Number of products.</summary>
    public int FunctionCount { get; }

    /// <summary>The margins in words and numbers, joined by <c> × </c>.</summary>
    public string Description => string.Join(" × ", margins.Select(margin => margin.Description));

    /// <summary>The products at a point.</summary>
    /// <param name="point">One value per margin, each in the unit of its signal.</param>
    /// <param name="values">Receives <see cref="FunctionCount"/> values, dimensionless.</param>
    /// <exception cref="ArgumentException">A value lies outside its range, or a span has another length.</exception>
    public void Evaluate(ReadOnlySpan<double> point, Span<double> values)
    {
        if (point.Length != margins.Length) throw new ArgumentException($"A point of {margins.Length} values is needed, not of {point.Length}.", nameof(point));
        if (values.Length != FunctionCount) throw new ArgumentException($"{FunctionCount} functions need as many places, not {values.Length}.", nameof(values));
        if (margins.Length == 1)
        {
            margins[0].Evaluate(point[0], values);
            return;
        }

        // Outer products one after the other, from the back of the array so that nothing is overwritten before it is read.
        Span<double> own = stackalloc double[margins.Max(margin => margin.FunctionCount)];
        int filled = 1;
        values[0] = 1;
        for (int m = 0; m < margins.Length; m++)
        {
            int count = margins[m].FunctionCount;
            margins[m].Evaluate(point[m], own[..count]);
            for (int i = filled - 1; i >= 0; i--)
            {
                double left = values[i];
                for (int j = count - 1; j >= 0; j--) values[(i * count) + j] = left * own[j];
            }

            filled *= count;
        }
    }

    /// <summary>The place of a product in each margin.</summary>
    /// <param name="function">Its number.</param>
    /// <returns>The number of the function in each margin.</returns>
    public int[] IndicesOf(int function)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(function);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(function, FunctionCount);
        int[] indices = new int[margins.Length];
        for (int m = margins.Length - 1; m >= 0; m--) (function, indices[m]) = Math.DivRem(function, margins[m].FunctionCount);
        return indices;
    }

    /// <summary>The description.</summary>
    /// <returns><see cref="Description"/>.</returns>
    public override string ToString() => Description;

    /// <summary>Coefficients whose combination of the products is 1 everywhere; null if there are none.</summary>
    internal double[]? ConstantCombination()
    {
        double[] combination = [1];
        foreach (ValueBasis margin in margins)
        {
            if (margin.ConstantCombination is not { } own) return null;
            combination = [.. combination.SelectMany(left => own.Select(right => left * right))];
        }

        return combination;
    }
}
