using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace SpikeStats.Fitting.Optimization;

/// <summary>Minimises a quadratic model plus a sparsity penalty: gᵀd + ½ dᵀHd + penalty(w + d).</summary>
/// <remarks>
/// Block coordinate descent: variables without a penalty of this kind are solved together, single ones by soft thresholding, and a group exactly: its
/// minimum is zero if ‖b‖ ≤ λ, otherwise u = (H + (λ/r) I)⁻¹ b with r = ‖u‖ the root of Σ c_i² / (r Λ_i + λ)² = 1 in the eigenbasis of its block of H.
/// <para><b>Source:</b> Friedman, Hastie and Tibshirani, Journal of Statistical Software 33:1 (2010); Qin, Scheinberg and Goldfarb, Mathematical
/// Programming Computation 5:143 (2013).</para>
/// </remarks>
internal sealed class SparseModel
{
    private const int MaxSweeps = 500;
    private const int Bisections = 120;

    // A sweep that would lower the model by less than this part of what has been gained ends the descent; the outer iterations do the rest.
    private const double SweepShare = 1e-8;

    private readonly int size;
    private readonly double[] hessian;
    private readonly Sparsity sparsity;
    private readonly CholeskyFactor smooth;
    private readonly double[] slope;
    private readonly double[] solution;
    private readonly Vector<double>[] eigenvalues;
    private readonly Matrix<double>[] eigenvectors;

    /// <summary>Creates the model.</summary>
    /// <param name="point">w.</param>
    /// <param name="gradient">g.</param>
    /// <param name="hessian">H, row after row, both triangles.</param>
    /// <param name="sparsity">The penalty.</param>
    /// <param name="smooth">Factor of H on the variables without such a penalty.</param>
    public SparseModel(double[] point, double[] gradient, double[] hessian, Sparsity sparsity, CholeskyFactor smooth)
    {
        size = point.Length;
        this.hessian = hessian;
        this.sparsity = sparsity;
        this.smooth = smooth;
        slope = (double[])gradient.Clone();
        solution = (double[])point.Clone();
        Evd(out eigenvalues, out eigenvectors);
    }

    /// <summary>The minimum w + d, with exact zeros.</summary>
    public double[] Minimize()
    {
        double gained = 0;
        for (int sweep = 0; sweep < MaxSweeps; sweep++)
        {
            double gain = SolveSmooth();
            for (int j = 0; j < size; j++)
            {
                double curvature = hessian[(j * size) + j];
                if (sparsity.Lasso[j] == 0 || !(curvature > 0)) continue;
                gain += MoveTo(j, Sparsity.Shrunk((curvature * solution[j]) - slope[j], sparsity.Lasso[j]) / curvature);
            }

            for (int group = 0; group < sparsity.Groups.Count; group++) gain += SolveGroup(group);
            gained += gain;
            if (gain <= SweepShare * gained) break;
        }

        return solution;
    }

    private double SolveSmooth()
    {
        double[] move = smooth.Solve(slope);
        double gain = 0;
        for (int j = 0; j < size; j++)
        {
            if (!smooth.IsAliased[j] && move[j] != 0) gain += MoveTo(j, solution[j] - move[j]);
        }

        return gain;
    }

    private double SolveGroup(int index)
    {
        SparsityGroup group = sparsity.Groups[index];
        Vector<double> right = Vector<double>.Build.Dense(group.Count);
        for (int i = 0; i < group.Count; i++)
        {
            int row = group.First + i;
            right[i] = -slope[row];
            for (int j = 0; j < group.Count; j++) right[i] += hessian[(row * size) + group.First + j] * solution[group.First + j];
        }

        Vector<double> own = right.L2Norm() <= group.Strength ? Vector<double>.Build.Dense(group.Count) : Secular(index, right, group.Strength);
        double gain = 0;
        for (int i = 0; i < group.Count; i++) gain += MoveTo(group.First + i, own[i]);
        return gain;
    }

    private Vector<double> Secular(int index, Vector<double> right, double strength)
    {
        Vector<double> c = eigenvectors[index].TransposeThisAndMultiply(right), values = eigenvalues[index];
        double Excess(double r) => c.Zip(values, (own, value) => own / ((r * value) + strength)).Sum(part => part * part) - 1;
        double low = 0, high = 1e-8;
        while (Excess(high) > 0 && high < 1e12) (low, high) = (high, 4 * high);
        for (int i = 0; i < Bisections && low < high; i++)
        {
            double middle = 0.5 * (low + high);
            if (Excess(middle) > 0) low = middle;
            else high = middle;
        }

        double norm = 0.5 * (low + high);
        return eigenvectors[index] * c.PointwiseDivide(values.Add(strength / norm));
    }

    // Moves one variable, keeps the slope of the model up to date, and returns how much it matters.
    private double MoveTo(int variable, double value)
    {
        double change = value - solution[variable];
        if (change == 0) return 0;
        solution[variable] = value;
        TensorPrimitives.MultiplyAdd(hessian.AsSpan(variable * size, size), change, slope, slope);
        return 0.5 * hessian[(variable * size) + variable] * change * change;
    }

    private void Evd(out Vector<double>[] values, out Matrix<double>[] vectors)
    {
        int count = sparsity.Groups.Count;
        values = new Vector<double>[count];
        vectors = new Matrix<double>[count];
        for (int group = 0; group < count; group++)
        {
            SparsityGroup own = sparsity.Groups[group];
            MathNet.Numerics.LinearAlgebra.Factorization.Evd<double> evd = Matrix<double>.Build
                .Dense(own.Count, own.Count, (i, j) => hessian[((own.First + i) * size) + own.First + j]).Evd(Symmetricity.Symmetric);

            // Rounding may leave eigenvalues of a semidefinite block a little below zero.
            values[group] = evd.EigenValues.Map(value => Math.Max(value.Real, 0));
            vectors[group] = evd.EigenVectors;
        }
    }
}
