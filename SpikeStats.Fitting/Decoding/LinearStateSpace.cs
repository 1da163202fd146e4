using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Decoding;

/// <summary>A hidden Gaussian state that moves linearly: x_t = F x_{t-1} + ε_t, ε_t normal with covariance Q.</summary>
/// <remarks>One step is one bin of the decoder. The initial state stands one step before the first bin of each observed interval.</remarks>
public sealed record LinearStateSpace
{
    /// <summary>The transition F of one step: a square matrix, dimensionless or in ratios of the units of the components.</summary>
    public required double[,] Transition { get; init; }

    /// <summary>The covariance Q of the noise of one step, in products of the units of the components; symmetric, positive semidefinite.</summary>
    public required double[,] ProcessNoise { get; init; }

    /// <summary>Mean of the initial state, in the units of the components.</summary>
    public required IReadOnlyList<double> InitialMean { get; init; }

    /// <summary>Covariance of the initial state, in products of the units of the components; symmetric, positive semidefinite.</summary>
    public required double[,] InitialCovariance { get; init; }

    /// <summary>The number of components of the state.</summary>
    public int Dimension => InitialMean.Count;

    /// <summary>A random walk in one dimension.</summary>
    /// <param name="diffusion">Standard deviation of the displacement in one second, in the unit of the state; positive.</param>
    /// <param name="binWidth">Width of a bin, in seconds; positive.</param>
    /// <param name="initialMean">Mean of the initial state, in the unit of the state.</param>
    /// <param name="initialDeviation">Standard deviation of the initial state, in the unit of the state; not negative.</param>
    /// <returns>The walk, with Q = diffusion² · binWidth.</returns>
    public static LinearStateSpace RandomWalk(double diffusion, double binWidth, double initialMean, double initialDeviation) => new()
    {
        Transition = new double[,] { { 1 } },
        ProcessNoise = new double[,] { { diffusion * diffusion * binWidth } },
        InitialMean = [initialMean],
        InitialCovariance = new double[,] { { initialDeviation * initialDeviation } },
    };

    internal void Validate()
    {
        Require(Transition, nameof(Transition), isCovariance: false);
        Require(ProcessNoise, nameof(ProcessNoise), isCovariance: true);
        Require(InitialCovariance, nameof(InitialCovariance), isCovariance: true);
        if (Dimension == 0 || InitialMean.Any(value => !double.IsFinite(value))) throw new ArgumentException("The state needs at least one component and a finite mean.", nameof(InitialMean));
    }

    private void Require(double[,] matrix, string name, bool isCovariance)
    {
        if (matrix.GetLength(0) != Dimension || matrix.GetLength(1) != Dimension)
            throw new ArgumentException($"A state of {Dimension} components needs as many rows and columns of {name}.", name);
        double[] flat = [.. matrix.Cast<double>()];
        if (flat.Any(value => !double.IsFinite(value))) throw new ArgumentException($"{name} must be finite.", name);
        if (!isCovariance) return;
        double scale = flat.Max(Math.Abs);
        for (int i = 0; i < Dimension; i++)
        {
            if (matrix[i, i] < 0) throw new ArgumentException($"{name} has a negative variance.", name);
            for (int j = 0; j < i; j++)
            {
                if (Math.Abs(matrix[i, j] - matrix[j, i]) > 1e-12 * scale) throw new ArgumentException($"{name} is not symmetric.", name);
            }
        }

        // A multiple of the identity makes a semidefinite matrix definite and leaves an indefinite one what it is.
        double[] lifted = [.. flat];
        for (int i = 0; i < Dimension; i++) lifted[(i * Dimension) + i] += 1e-10 * scale;
        if (scale > 0 && CholeskyFactor.Of(lifted, Dimension, 0, new bool[Dimension]).Rank < Dimension)
            throw new ArgumentException($"{name} is not positive semidefinite.", name);
    }
}
