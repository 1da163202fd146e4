namespace SpikeStats.Fitting.Glm;

/// <summary>The quadratic part of a <see cref="Penalty"/> on the coefficients of a term, whose margins may be several.</summary>
internal static class PenaltyMatrix
{
    /// <summary>P on the coefficients that are fitted.</summary>
    /// <remarks>
    /// Second differences act along every margin, I ⊗ D₂ᵀD₂ ⊗ I (Eilers and Marx 2003; Wood 2006, section 4.1.8); the autoregressive prior is the product of one
    /// along each, Q ⊗ Q. A coefficient that is left out is 0, so that its row and column fall away.
    /// </remarks>
    public static double[,] Of(Penalty penalty, CoefficientGrid grid)
    {
        int count = grid.Kept.Count;
        double[,] full = new double[grid.Count, grid.Count], matrix = new double[count, count];
        int offset = 0;
        foreach (IReadOnlyList<CoefficientMargin> block in grid.Blocks) offset = AddBlock(full, offset, block, penalty);
        double[,]? precision = penalty.Precision;
        if (precision is not null && precision.GetLength(0) != count)
            throw new ArgumentException($"A term of {count} coefficients cannot have a precision matrix of {precision.GetLength(0)} rows.", nameof(penalty));
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++) matrix[i, j] = full[grid.Kept[i], grid.Kept[j]] + (precision?[i, j] ?? 0);
        }

        return matrix;
    }

    private static int AddBlock(double[,] matrix, int offset, IReadOnlyList<CoefficientMargin> block, Penalty penalty)
    {
        IReadOnlyList<double> along = penalty.MarginSmoothness;
        if (along.Count > 0 && along.Count != block.Count)
            throw new ArgumentException($"A term of {block.Count} margins cannot have {along.Count} strengths along them.", nameof(penalty));
        int size = block.Aggregate(1, (product, margin) => product * margin.Length);
        for (int i = 0; i < size; i++) matrix[offset + i, offset + i] += penalty.Ridge;
        int stride = size;
        double[,] product = { { penalty.Autoregressive } };
        for (int m = 0; m < block.Count; m++)
        {
            stride /= block[m].Length;
            double strength = penalty.Smoothness + (along.Count > 0 ? along[m] : 0);
            if (strength > 0) AddAlong(matrix, offset, size, stride, SecondDifference(block[m]), strength);
            if (penalty.Autoregressive > 0) product = Kronecker(product, Autoregressive(block[m].Length, penalty.AutoregressiveCorrelation));
        }

        if (penalty.Autoregressive == 0) return offset + size;
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++) matrix[offset + i, offset + j] += product[i, j];
        }

        return offset + size;
    }

    // Neighbours along the margin lie `stride` places apart.
    private static void AddAlong(double[,] matrix, int offset, int size, int stride, double[,] own, double strength)
    {
        int length = own.GetLength(0);
        for (int place = 0; place < size; place++)
        {
            int at = place / stride % length;
            for (int other = 0; other < length; other++) matrix[offset + place, offset + place + ((other - at) * stride)] += strength * own[at, other];
        }
    }

    private static double[,] SecondDifference(CoefficientMargin margin)
    {
        double[,] matrix = new double[margin.Length, margin.Length];
        ReadOnlySpan<double> difference = [1, -2, 1];
        int triples = margin.IsCyclic && margin.Length > 2 ? margin.Length : margin.Length - 2;
        for (int first = 0; first < triples; first++)
        {
            for (int i = 0; i < 3; i++)
            {
                for (int j = 0; j < 3; j++) matrix[(first + i) % margin.Length, (first + j) % margin.Length] += difference[i] * difference[j];
            }
        }

        return matrix;
    }

    // The inverse of an AR(1) covariance has three diagonals.
    private static double[,] Autoregressive(int count, double correlation)
    {
        double[,] matrix = new double[count, count];
        double rho = count == 1 ? 0 : correlation, scale = 1 / (1 - (rho * rho));
        for (int i = 0; i < count; i++)
        {
            bool isEnd = i == 0 || i == count - 1;
            matrix[i, i] = scale * (isEnd ? 1 : 1 + (rho * rho));
            if (i > 0) matrix[i, i - 1] = matrix[i - 1, i] = -scale * rho;
        }

        return matrix;
    }

    private static double[,] Kronecker(double[,] left, double[,] right)
    {
        int outer = left.GetLength(0), inner = right.GetLength(0);
        double[,] product = new double[outer * inner, outer * inner];
        for (int i = 0; i < outer * inner; i++)
        {
            for (int j = 0; j < outer * inner; j++) product[i, j] = left[i / inner, j / inner] * right[i % inner, j % inner];
        }

        return product;
    }
}
