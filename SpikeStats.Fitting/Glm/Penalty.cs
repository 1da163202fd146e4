namespace SpikeStats.Fitting.Glm;

/// <summary>A quadratic penalty on the coefficients w of one term: ½ Ridge ‖w‖² + ½ Smoothness ‖D₂w‖², D₂ the second difference.</summary>
/// <remarks>
/// It is added to the negative log-likelihood summed over bins. Tools that minimise the mean over T bins use strengths smaller by the
/// factor 1/T. In Bayesian words it is a Gaussian prior of precision Ridge·I + Smoothness·D₂ᵀD₂. The intercept is never penalised.
/// </remarks>
public sealed record Penalty
{
    private readonly double ridge;
    private readonly double smoothness;

    /// <summary>No penalty: maximum likelihood.</summary>
    public static Penalty None { get; } = new();

    /// <summary>Strength of the ridge penalty, dimensionless; not negative.</summary>
    /// <value>0 by default.</value>
    public double Ridge
    {
        get => ridge;
        init => ridge = Valid(value);
    }

    /// <summary>Strength of the penalty on second differences of neighbouring coefficients, dimensionless; not negative.</summary>
    /// <value>0 by default. It leaves constant and linear sequences free; a term of fewer than three coefficients is not affected.</value>
    public double Smoothness
    {
        get => smoothness;
        init => smoothness = Valid(value);
    }

    /// <summary>Whether the penalty is zero.</summary>
    public bool IsNone => Ridge == 0 && Smoothness == 0;

    /// <summary>The matrix P of the penalty ½ wᵀPw.</summary>
    /// <param name="count">Number of coefficients.</param>
    /// <returns>count × count, symmetric and positive semidefinite.</returns>
    public double[,] Matrix(int count)
    {
        double[,] matrix = new double[count, count];
        for (int i = 0; i < count; i++) matrix[i, i] = Ridge;
        ReadOnlySpan<double> difference = [1, -2, 1];
        for (int first = 0; first + 2 < count; first++)
        {
            for (int i = 0; i < 3; i++)
            {
                for (int j = 0; j < 3; j++) matrix[first + i, first + j] += Smoothness * difference[i] * difference[j];
            }
        }

        return matrix;
    }

    private static double Valid(double value) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "The strength of a penalty must be finite and not negative.");
}
