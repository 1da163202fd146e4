using SpikeStats.Models.ScalarFunctions;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Glm;

/// <summary>Poisson counts, softplus link: μ = log(1 + e^η), exponential far below zero and linear far above.</summary>
/// <remarks>
/// ℓ = y log μ - μ - log y!. With d = dμ/dη = 1 - e^-μ, dℓ/dη = d (y/μ - 1) and -d²ℓ/dη² = d (1 - d) + y (d/μ) (d/μ - (1 - d)); μ is convex and
/// log μ concave in η, so that the log-likelihood is concave.
/// <para><b>Source:</b> Paninski, Network 15:243 (2004), for the condition on the link.</para>
/// </remarks>
internal sealed class PoissonSoftplusObservation : ObservationModel
{
    public override string Name => "poisson";

    public override string Link => "softplus";

    internal override double LargestPredictor => Runaway;

    public override double Offset(double binWidth) => 0;

    public override int Clip(int count) => count;

    public override double Differentiate(ReadOnlySpan<double> predictor, ReadOnlySpan<double> counts, Span<double> score, Span<double> information)
    {
        for (int i = 0; i < predictor.Length; i++)
        {
            double mean = Exponentials.Softplus(predictor[i]), slope = Exponentials.Logistic(predictor[i]);
            score[i] = -slope;
            information[i] = slope * Exponentials.Logistic(-predictor[i]);
            if (counts[i] == 0) continue;
            double logSlope = mean == 0 ? 1 : slope / mean;

            // (d/μ) - (1 - d) cancels for small μ, where its series is μ/2 - μ²/3 + μ³/8.
            double bend = mean < 1e-4 ? mean * (0.5 - (mean * ((1 / 3.0) - (mean / 8)))) : logSlope - Exponentials.Logistic(-predictor[i]);
            score[i] += counts[i] * logSlope;
            information[i] += counts[i] * logSlope * bend;
        }

        return LogLikelihood(predictor, counts);
    }

    public override double LogLikelihood(ReadOnlySpan<double> predictor, ReadOnlySpan<double> counts)
    {
        double sum = 0;
        for (int i = 0; i < predictor.Length; i++)
        {
            double mean = Exponentials.Softplus(predictor[i]);
            sum -= mean;

            // Where e^η underflows the logarithm of the mean is η itself.
            if (counts[i] != 0) sum += counts[i] * (mean > 0 ? Math.Log(mean) : predictor[i]);
        }

        return sum;
    }

    public override double Constant(int count) => Poisson.Constant(count);

    public override double Saturated(int count) => Poisson.Saturated(count);

    public override void Mean(ReadOnlySpan<double> predictor, Span<double> mean)
    {
        for (int i = 0; i < predictor.Length; i++) mean[i] = Exponentials.Softplus(predictor[i]);
    }

    public override void Hazard(ReadOnlySpan<double> predictor, Span<double> hazard) => Mean(predictor, hazard);

    public override double LinkOf(double mean) => mean + Math.Log(-Exponentials.MinusOne(-mean));

    public override int Draw(double predictor, RandomStream stream) => stream.NextPoisson(Exponentials.Softplus(predictor));
}
