namespace SpikeStats.Fitting.Optimization;

/// <summary>The part of a penalty that is not smooth: Σ λ_j |w_j| over single variables and Σ λ_g ‖w_g‖ over groups of neighbours.</summary>
/// <param name="Lasso">λ_j of every variable; 0 for none.</param>
/// <param name="Groups">The groups; no variable of a group has a λ_j of its own.</param>
internal sealed record Sparsity(double[] Lasso, IReadOnlyList<SparsityGroup> Groups)
{
    public bool IsNone => Groups.Count == 0 && Lasso.All(strength => strength == 0);

    /// <summary>The penalty at a point.</summary>
    public double Value(ReadOnlySpan<double> point)
    {
        double value = 0;
        for (int j = 0; j < point.Length; j++) value += Lasso[j] * Math.Abs(point[j]);
        foreach (SparsityGroup group in Groups) value += group.Strength * Norm(group.Of(point));
        return value;
    }

    /// <summary>The smallest subgradient of smooth part plus penalty: zero at the optimum (Karush, Kuhn and Tucker).</summary>
    /// <param name="point">The point.</param>
    /// <param name="gradient">Gradient of the smooth part there.</param>
    public double[] Residual(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient)
    {
        double[] residual = gradient.ToArray();
        for (int j = 0; j < residual.Length; j++)
        {
            if (Lasso[j] == 0) continue;
            residual[j] = point[j] != 0 ? gradient[j] + (Lasso[j] * Math.Sign(point[j])) : Shrunk(gradient[j], Lasso[j]);
        }

        foreach (SparsityGroup group in Groups)
        {
            ReadOnlySpan<double> own = group.Of(point), slope = group.Of(gradient);
            double norm = Norm(own), slopeNorm = Norm(slope);
            double share = slopeNorm > group.Strength ? 1 - (group.Strength / slopeNorm) : 0;
            for (int i = 0; i < own.Length; i++) residual[group.First + i] = norm > 0 ? slope[i] + (group.Strength * own[i] / norm) : share * slope[i];
        }

        return residual;
    }

    /// <summary>Variables that the penalty holds at zero.</summary>
    public bool[] Zeros(ReadOnlySpan<double> point)
    {
        bool[] zeros = new bool[point.Length];
        for (int j = 0; j < zeros.Length; j++) zeros[j] = Lasso[j] > 0 && point[j] == 0;
        foreach (SparsityGroup group in Groups) zeros.AsSpan(group.First, group.Count).Fill(Norm(group.Of(point)) == 0);
        return zeros;
    }

    /// <summary>Variables that the penalty acts on.</summary>
    public bool[] Penalised()
    {
        bool[] penalised = Array.ConvertAll(Lasso, strength => strength > 0);
        foreach (SparsityGroup group in Groups) penalised.AsSpan(group.First, group.Count).Fill(true);
        return penalised;
    }

    /// <summary>Adds the curvature λ/‖w‖ (I - wwᵀ/‖w‖²) of the groups that are not zero to a matrix, row after row.</summary>
    public void AddCurvature(ReadOnlySpan<double> point, double[] matrix)
    {
        foreach (SparsityGroup group in Groups)
        {
            ReadOnlySpan<double> own = group.Of(point);
            double norm = Norm(own);
            if (norm == 0) continue;
            for (int i = 0; i < group.Count; i++)
            {
                Span<double> row = matrix.AsSpan(((group.First + i) * point.Length) + group.First, group.Count);
                for (int j = 0; j < group.Count; j++) row[j] += group.Strength / norm * ((i == j ? 1 : 0) - (own[i] / norm * (own[j] / norm)));
            }
        }
    }

    /// <summary>sign(value) max(|value| - threshold, 0).</summary>
    public static double Shrunk(double value, double threshold) => Math.Abs(value) > threshold ? value - (threshold * Math.Sign(value)) : 0;

    public static double Norm(ReadOnlySpan<double> vector)
    {
        double sum = 0;
        foreach (double value in vector) sum += value * value;
        return Math.Sqrt(sum);
    }
}
