using System.Numerics.Tensors;
using SpikeStats.Models.ScalarFunctions;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Glm;

/// <summary>Negative binomial counts, log link: Poisson counts whose rate varies by a gamma factor of shape θ; variance μ + μ²/θ.</summary>
/// <remarks>
/// ℓ = y η - (y + θ) log(1 + e^η/θ) + Σ_{k&lt;y} log(1 + k/θ) - log y!, concave in η for every θ: -d²ℓ/dη² = (y + θ) θμ / (θ + μ)². For θ → ∞ it is
/// the Poisson law.
/// <para><b>Source:</b> Lawless, Canadian Journal of Statistics 15:209 (1987); θ as in <c>glm.nb</c> of R.</para>
/// </remarks>
public sealed class NegativeBinomialObservation : ObservationModel
{
    private readonly double logShape;

    internal NegativeBinomialObservation(double shape, bool isShapeEstimated)
    {
        if (!(shape > 0) || !double.IsFinite(shape)) throw new ArgumentOutOfRangeException(nameof(shape), shape, "The shape must be positive and finite.");
        Shape = shape;
        IsShapeEstimated = isShapeEstimated;
        logShape = Math.Log(shape);
    }

    /// <summary>The shape θ, dimensionless: the smaller, the more the counts vary.</summary>
    /// <remarks>Before a fit that estimates it, this is where the search starts.</remarks>
    public double Shape { get; }

    /// <summary>Whether a fit estimates the shape.</summary>
    public bool IsShapeEstimated { get; }

    /// <inheritdoc/>
    public override string Name => "negative-binomial";

    /// <inheritdoc/>
    public override string Link => "log";

    /// <inheritdoc/>
    public override int Clip(int count) => count;

    /// <inheritdoc/>
    public override double Differentiate(ReadOnlySpan<double> predictor, ReadOnlySpan<double> counts, Span<double> score, Span<double> information)
    {
        double sum = 0;
        for (int i = 0; i < predictor.Length; i++)
        {
            // With the share p = μ / (θ + μ): score y - (y + θ) p, information (y + θ) p (1 - p).
            double x = predictor[i] - logShape, share = Exponentials.Logistic(x), weight = counts[i] + Shape;
            sum += (counts[i] * predictor[i]) - (weight * Exponentials.Softplus(x));
            score[i] = counts[i] - (weight * share);
            information[i] = weight * share * Exponentials.Logistic(-x);
        }

        return sum;
    }

    /// <inheritdoc/>
    public override double LogLikelihood(ReadOnlySpan<double> predictor, ReadOnlySpan<double> counts)
    {
        double sum = 0;
        for (int i = 0; i < predictor.Length; i++)
        {
            if (counts[i] != 0) sum += counts[i] * predictor[i];
            sum -= (counts[i] + Shape) * Exponentials.Softplus(predictor[i] - logShape);
        }

        return sum;
    }

    /// <inheritdoc/>
    public override double Constant(int count)
    {
        double sum = Poisson.Constant(count);
        for (int k = 1; k < count; k++) sum += Exponentials.LogOnePlus(k / Shape);
        return sum;
    }

    /// <inheritdoc/>
    public override double Saturated(int count) => count == 0 ? 0 : LogLikelihood([Math.Log(count)], [count]) + Constant(count);

    /// <inheritdoc/>
    public override void Mean(ReadOnlySpan<double> predictor, Span<double> mean) => TensorPrimitives.Exp(predictor, mean);

    /// <inheritdoc/>
    public override void Hazard(ReadOnlySpan<double> predictor, Span<double> hazard)
    {
        for (int i = 0; i < predictor.Length; i++) hazard[i] = Shape * Exponentials.Softplus(predictor[i] - logShape);
    }

    /// <inheritdoc/>
    public override double LinkOf(double mean) => Math.Log(mean);

    /// <inheritdoc/>
    public override int Draw(double predictor, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.NextPoisson(Math.Exp(predictor - logShape) * Gamma(Shape, stream));
    }

    /// <summary>This law with another shape.</summary>
    internal NegativeBinomialObservation WithShape(double shape) => new(shape, IsShapeEstimated);

    /// <summary>First and second derivative of the log-likelihood of bins in θ, their means held.</summary>
    internal (double Slope, double Curvature) DifferentiateShape(ReadOnlySpan<double> predictor, ReadOnlySpan<double> counts)
    {
        double slope = 0, curvature = 0;
        for (int i = 0; i < predictor.Length; i++)
        {
            // 1/θ - 2/(θ + μ) + θ/(θ + μ)² = μ²/(θ(θ + μ)²): written so that nothing cancels for large θ.
            double x = predictor[i] - logShape, share = Exponentials.Logistic(x), total = Shape / Exponentials.Logistic(-x);
            slope += share - Exponentials.Softplus(x) - (counts[i] / total);
            curvature += (share * share / Shape) + (counts[i] / (total * total));
            for (int k = 0; k < counts[i]; k++)
            {
                double inverse = 1 / (Shape + k);
                slope += inverse;
                curvature -= inverse * inverse;
            }
        }

        return (slope, curvature);
    }

    // Marsaglia and Tsang, ACM Transactions on Mathematical Software 26:363 (2000); shapes below 1 from shape + 1.
    private static double Gamma(double shape, RandomStream stream)
    {
        if (shape < 1) return Gamma(shape + 1, stream) * Math.Pow(stream.NextDouble(), 1 / shape);
        double d = shape - (1 / 3.0), c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double normal = stream.NextGaussian(), cube = 1 + (c * normal);
            if (cube <= 0) continue;
            double v = cube * cube * cube;
            if (Math.Log(stream.NextDouble()) < (0.5 * normal * normal) + (d * (1 - v + Math.Log(v)))) return d * v;
        }
    }
}
