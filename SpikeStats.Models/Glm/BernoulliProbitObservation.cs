using MathNet.Numerics.Distributions;
using SpikeStats.Models.ScalarFunctions;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Glm;

/// <summary>Spike or no spike, probit link: P(spike) = Φ(η), the threshold crossing of a Gaussian; ℓ = y log Φ(η) + (1 - y) log Φ(-η), concave in η.</summary>
internal sealed class BernoulliProbitObservation : ObservationModel
{
    public override string Name => "bernoulli";

    public override string Link => "probit";

    internal override double LargestPredictor => double.PositiveInfinity;

    public override double Offset(double binWidth) => 0;

    public override int Clip(int count) => Math.Min(count, 1);

    public override double Differentiate(ReadOnlySpan<double> predictor, ReadOnlySpan<double> counts, Span<double> score, Span<double> information)
    {
        for (int i = 0; i < predictor.Length; i++)
        {
            double sign = counts[i] == 0 ? -1 : 1;
            (double slope, information[i]) = NormalTail.Derivatives(sign * predictor[i]);
            score[i] = sign * slope;
        }

        return LogLikelihood(predictor, counts);
    }

    public override double LogLikelihood(ReadOnlySpan<double> predictor, ReadOnlySpan<double> counts)
    {
        double sum = 0;
        for (int i = 0; i < predictor.Length; i++) sum += NormalTail.LogProbability(counts[i] == 0 ? -predictor[i] : predictor[i]);
        return sum;
    }

    public override double Constant(int count) => 0;

    public override double Saturated(int count) => 0;

    public override void Mean(ReadOnlySpan<double> predictor, Span<double> mean)
    {
        for (int i = 0; i < predictor.Length; i++) mean[i] = Math.Exp(NormalTail.LogProbability(predictor[i]));
    }

    public override void Hazard(ReadOnlySpan<double> predictor, Span<double> hazard)
    {
        for (int i = 0; i < predictor.Length; i++) hazard[i] = -NormalTail.LogProbability(-predictor[i]);
    }

    public override double LinkOf(double mean) => Normal.InvCDF(0, 1, mean);

    public override int Draw(double predictor, RandomStream stream) => stream.NextGaussian() < predictor ? 1 : 0;
}
