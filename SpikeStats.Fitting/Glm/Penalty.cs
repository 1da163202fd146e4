using MathNet.Numerics.LinearAlgebra;

namespace SpikeStats.Fitting.Glm;

/// <summary>A penalty on the coefficients w of one term, in nats: ½ wᵀPw + Lasso ‖w‖₁ + GroupLasso √n ‖w‖₂ for n coefficients.</summary>
/// <remarks>
/// P = Ridge·I + Smoothness·D₂ᵀD₂ + an autoregressive precision + <see cref="Precision"/>, D₂ the second difference. The penalty is added to the negative
/// log-likelihood summed over bins; tools that minimise the mean over T bins use strengths smaller by the factor 1/T. In Bayesian words the quadratic
/// part is a Gaussian prior of precision P. The lasso sets single coefficients to exactly zero, the group lasso the whole term. The intercept is never
/// penalised. Penalties are equal if their strengths are and their <see cref="Precision"/> and
/// <see cref="MarginSmoothness"/> are the same objects.
/// </remarks>
public sealed record Penalty
{
    private readonly double[,]? precision;

    /// <summary>No penalty: maximum likelihood.</summary>
    public static Penalty None { get; } = new();

    /// <summary>Strength of the ridge penalty, dimensionless; not negative.</summary>
    /// <value>0 by default.</value>
    public double Ridge
    {
        get;
        init => field = Valid(value);
    }

    /// <summary>Strength of the penalty on second differences of neighbouring coefficients, dimensionless; not negative.</summary>
    /// <value>0 by default. It leaves constant and linear sequences free; a term of fewer than three coefficients is not affected.</value>
    /// <remarks>For a term over several values it acts along each of them; on a circle the last coefficient is the neighbour of the first.</remarks>
    public double Smoothness
    {
        get;
        init => field = Valid(value);
    }

    /// <summary>Strengths of further penalties on second differences along each margin of a term over several values, dimensionless; not negative.</summary>
    /// <value>None by default; otherwise one per margin, lag before value. With it a surface may be smoother along one axis than along another.</value>
    public IReadOnlyList<double> MarginSmoothness
    {
        get;
        init => field = value.Count == 0 ? [] : [.. value.Select(Valid)];
    }

    = [];

    /// <summary>Strength of an autoregressive prior, dimensionless; not negative: the precision of each coefficient on its own.</summary>
    /// <remarks>The prior is the stationary AR(1) sequence w_i = ρ w_{i-1} + ε, whose covariance is ρ^|i-j| / strength.</remarks>
    /// <value>0 by default.</value>
    public double Autoregressive
    {
        get;
        init => field = Valid(value);
    }

    /// <summary>Correlation ρ of neighbouring coefficients under the autoregressive prior; between -1 and 1.</summary>
    /// <value>0 by default.</value>
    public double AutoregressiveCorrelation
    {
        get;
        init => field = Math.Abs(value) < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The correlation of an autoregressive prior must lie between -1 and 1.");
    }

    /// <summary>Any other precision matrix, dimensionless: as many rows and columns as coefficients, symmetric and positive semidefinite.</summary>
    /// <value>None by default.</value>
    public double[,]? Precision
    {
        get => (double[,]?)precision?.Clone();
        init => precision = value is null ? null : ValidPrecision(value);
    }

    /// <summary>Strength of the lasso, Σ |w|, dimensionless; not negative.</summary>
    /// <value>0 by default.</value>
    public double Lasso
    {
        get;
        init => field = Valid(value);
    }

    /// <summary>Strength of the group lasso, √n ‖w‖₂, dimensionless; not negative.</summary>
    /// <value>0 by default. It cannot be joined with <see cref="Lasso"/> on one term.</value>
    public double GroupLasso
    {
        get;
        init => field = Valid(value);
    }

    /// <summary>Whether the penalty is zero.</summary>
    public bool IsNone => Ridge == 0 && Smoothness == 0 && MarginSmoothness.All(strength => strength == 0) && Autoregressive == 0 && precision is null && !IsSparse;

    /// <summary>Whether the penalty sets coefficients to exactly zero.</summary>
    public bool IsSparse => Lasso > 0 || GroupLasso > 0;

    /// <summary>The elastic net: strength·((1 - ratio)/2 ‖w‖² + ratio ‖w‖₁).</summary>
    /// <param name="strength">Strength, dimensionless; not negative.</param>
    /// <param name="ratio">Share of the lasso; 0 is a ridge, 1 a lasso.</param>
    /// <returns>The penalty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static Penalty ElasticNet(double strength, double ratio)
    {
        if (!(ratio is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(ratio), ratio, "The share of the lasso must lie between 0 and 1.");
        return new Penalty { Ridge = strength * (1 - ratio), Lasso = strength * ratio };
    }

    /// <summary>The penalty with all strengths multiplied by a factor.</summary>
    /// <param name="factor">Factor, dimensionless; not negative.</param>
    /// <returns>The penalty.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The factor is negative or not finite.</exception>
    public Penalty Times(double factor) => this with
    {
        Ridge = factor * Ridge,
        Smoothness = factor * Smoothness,
        MarginSmoothness = [.. MarginSmoothness.Select(strength => factor * strength)],
        Autoregressive = factor * Autoregressive,
        Lasso = factor * Lasso,
        GroupLasso = factor * GroupLasso,
        Precision = precision is null ? null : Matrix<double>.Build.DenseOfArray(precision).Multiply(Valid(factor)).ToArray(),
    };

    /// <summary>The matrix P of the quadratic part ½ wᵀPw for coefficients in a row.</summary>
    /// <param name="count">Number of coefficients.</param>
    /// <returns>count × count, symmetric and positive semidefinite.</returns>
    /// <exception cref="ArgumentException"><see cref="Precision"/> has another size, or <see cref="MarginSmoothness"/> is for more margins.</exception>
    public double[,] Matrix(int count) => PenaltyMatrix.Of(this, CoefficientGrid.Line(count));

    private static double Valid(double value) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "The strength of a penalty must be finite and not negative.");

    private static double[,] ValidPrecision(double[,] value)
    {
        int size = value.GetLength(0);
        if (size == 0 || value.GetLength(1) != size) throw new ArgumentException("A precision matrix must be square and not empty.", nameof(value));
        Matrix<double> matrix = Matrix<double>.Build.DenseOfArray(value);
        double scale = matrix.Enumerate().Max(Math.Abs);
        if (!double.IsFinite(scale) || (matrix - matrix.Transpose()).Enumerate().Any(difference => Math.Abs(difference) > 1e-12 * scale))
            throw new ArgumentException("A precision matrix must be finite and symmetric.", nameof(value));
        if (matrix.Evd(Symmetricity.Symmetric).EigenValues.Any(eigenvalue => eigenvalue.Real < -1e-10 * scale))
            throw new ArgumentException("A precision matrix must be positive semidefinite: it has a negative eigenvalue.", nameof(value));
        return (double[,])value.Clone();
    }
}
