using System.Numerics.Tensors;
using SpikeStats.Models.ScalarFunctions;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Glm;

/// <summary>Spike or no spike, complementary log-log link: with λ = e^η, ℓ = y log(1 - e^-λ) - (1 - y) λ.</summary>
/// <remarks>
/// For y = 1, dℓ/dη = λ / (e^λ - 1) and -d²ℓ/dη² = dℓ/dη (λ / (1 - e^-λ) - 1), both not negative, so that the log-likelihood is concave in η.
/// </remarks>
internal sealed class BernoulliObservation : ObservationModel
{
    // Beyond this expected count e^-λ is zero.
    private const double Certain = 746;

    public override string Name => "bernoulli";

    public override string Link => "cloglog";

    // A bin never holds more than one spike, however large the predictor.
    internal override double LargestPredictor => double.PositiveInfinity;

    public override int Clip(int count) => Math.Min(count, 1);

    public override double Differentiate(ReadOnlySpan<double> predictor, ReadOnlySpan<double> counts, Span<double> score, Span<double> information)
    {
        TensorPrimitives.Exp(predictor, information);
        double sum = 0;
        for (int i = 0; i < predictor.Length; i++)
        {
            double lambda = information[i];
            if (counts[i] == 0)
            {
                sum -= lambda;
                score[i] = -lambda;
                continue;
            }

            // A spike that is certain to rounding; further up λ overflows.
            if (lambda > Certain)
            {
                score[i] = information[i] = 0;
                continue;
            }

            double missing = -Exponentials.MinusOne(-lambda);
            double slope = lambda == 0 ? 1 : lambda * Math.Exp(-lambda) / missing;
            sum += Math.Log(missing);
            score[i] = slope;

            // λ / (1 - e^-λ) - 1 cancels for small λ, where its series is λ/2 + λ²/12.
            information[i] = slope * (lambda < 1e-5 ? lambda * (0.5 + (lambda / 12)) : (lambda / missing) - 1);
        }

        return sum;
    }

    public override double LogLikelihood(ReadOnlySpan<double> predictor, ReadOnlySpan<double> counts)
    {
        double sum = 0;
        for (int i = 0; i < predictor.Length; i++)
        {
            double lambda = Math.Exp(predictor[i]);
            sum += counts[i] == 0 ? -lambda : Math.Log(-Exponentials.MinusOne(-lambda));
        }

        return sum;
    }

    public override double Constant(int count) => 0;

    public override double Saturated(int count) => 0;

    public override void Mean(ReadOnlySpan<double> predictor, Span<double> mean)
    {
        for (int i = 0; i < predictor.Length; i++) mean[i] = -Exponentials.MinusOne(-Math.Exp(predictor[i]));
    }

    public override void Hazard(ReadOnlySpan<double> predictor, Span<double> hazard) => ElementwiseExponential.Of(predictor, hazard);

    public override double LinkOf(double mean) => Math.Log(-Exponentials.LogOnePlus(-mean));

    public override int Draw(double predictor, RandomStream stream) => stream.NextExponential() < Math.Exp(predictor) ? 1 : 0;
}
