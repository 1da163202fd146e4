using MathNet.Numerics.LinearAlgebra;

namespace SpikeStats.Models.Stability;

/// <summary>Who acts on whom in a linear network, and what follows from it alone: feedforward networks are stable whatever their gains.</summary>
/// <remarks>
/// That a matrix is nilpotent is a fact of its graph: without a cycle its spectral radius is 0 exactly, where eigenvalues of a computer may say 0.5, because those of a long chain are ill-conditioned. With
/// cycles the radius is the largest of those of the strongly connected components. Stable is not small: a chain of gain g amplifies a pulse by g per step on its way, <see cref="TransientGain"/>.
/// <para><b>Cost:</b> O(n²) for the graph, O(n³) for eigenvalues. <b>Source:</b> Tarjan, SIAM J Comput 1:146 (1972); Trefethen and Embree, Spectra and Pseudospectra (2005).</para>
/// </remarks>
public sealed class ConnectionGraph
{
    private readonly double[,] gains;

    private ConnectionGraph(double[,] gains, IReadOnlyList<IReadOnlyList<int>> components)
    {
        this.gains = gains;
        Components = components;
    }

    /// <summary>The strongly connected components, those that act before those that they act on; units within one ascend.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Components { get; }

    /// <summary>Whether there is no cycle, nor a unit that acts on itself.</summary>
    public bool IsFeedforward => Components.All(component => component.Count == 1 && gains[component[0], component[0]] == 0);

    /// <summary>The smallest k with A^k = 0, the units on the longest path, dimensionless; null with a cycle.</summary>
    public int? NilpotencyIndex => IsFeedforward ? LongestPath() : null;

    /// <summary>The largest modulus of an eigenvalue of A, dimensionless; 0 exactly without a cycle.</summary>
    public double SpectralRadius => Components.Max(component => component.Count == 1 ? Math.Abs(gains[component[0], component[0]]) : Block(component).Evd().EigenValues.Max(value => value.Magnitude));

    /// <summary>Reads the graph of a matrix.</summary>
    /// <param name="gains">A, dimensionless; square, row = target; what is not 0 is a connection.</param>
    /// <returns>The graph.</returns>
    /// <exception cref="ArgumentException">The matrix is empty, not square or not finite.</exception>
    public static ConnectionGraph Of(double[,] gains)
    {
        ArgumentNullException.ThrowIfNull(gains);
        int size = gains.GetLength(0);
        if (size == 0 || gains.GetLength(1) != size) throw new ArgumentException("A matrix of gains must be square and not empty.", nameof(gains));
        if (gains.Cast<double>().Any(value => !double.IsFinite(value))) throw new ArgumentException("A matrix of gains must be finite.", nameof(gains));
        return new ConnectionGraph((double[,])gains.Clone(), StrongComponents.Of(size, (target, source) => gains[target, source] != 0));
    }

    /// <summary>How much the network amplifies on its way to rest: the largest of ‖A^k‖₂ over k ≥ 0, and the k of it.</summary>
    /// <returns>The gain, 1 or more (dimensionless), and the number of steps; an infinite gain if the radius is above 1.</returns>
    public (double Gain, int Steps) TransientGain()
    {
        if (SpectralRadius > 1) return (double.PositiveInfinity, int.MaxValue);
        (double Gain, int Steps) largest = (1, 0);
        Matrix<double> matrix = Matrix<double>.Build.DenseOfArray(gains), power = matrix;

        // Once a power is a contraction, later ones cannot exceed the largest so far: ‖A^(m + j)‖ ≤ ‖A^m‖ ‖A^j‖. A radius of 1 may never contract.
        int most = IsFeedforward ? Components.Count : 100_000;
        for (int step = 1; step <= most; step++)
        {
            double norm = power.L2Norm();
            if (norm > largest.Gain) largest = (norm, step);
            if (norm < 1) break;
            power = matrix * power;
        }

        return largest;
    }

    private int LongestPath()
    {
        // Components of one unit each stand in topological order.
        int[] length = new int[Components.Count];
        foreach (int source in Components.Select(component => component[0]))
        {
            length[source] = Math.Max(1, length[source]);
            for (int target = 0; target < length.Length; target++)
            {
                if (gains[target, source] != 0) length[target] = Math.Max(length[target], length[source] + 1);
            }
        }

        return length.Max();
    }

    private Matrix<double> Block(IReadOnlyList<int> component) => Matrix<double>.Build.Dense(component.Count, component.Count, (i, j) => gains[component[i], component[j]]);
}
