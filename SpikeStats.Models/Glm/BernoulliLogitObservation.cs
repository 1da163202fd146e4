using SpikeStats.Models.ScalarFunctions;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Glm;

/// <summary>Spike or no spike, logit link: ℓ = y η - log(1 + e^η); the canonical link, so that the information does not depend on y.</summary>
internal sealed class BernoulliLogitObservation : ObservationModel
{
    public override string Name => "bernoulli";

    public override string Link => "logit";

    internal override double LargestPredictor => double.PositiveInfinity;

    public override int Clip(int count) => Math.Min(count, 1);

    public override double Differentiate(ReadOnlySpan<double> predictor, ReadOnlySpan<double> counts, Span<double> score, Span<double> information)
    {
        for (int i = 0; i < predictor.Length; i++)
        {
            // One of the two tails is always computed without cancellation, the other from its partner.
            double spike = Exponentials.Logistic(predictor[i]), silence = Exponentials.Logistic(-predictor[i]);
            score[i] = counts[i] == 0 ? -spike : silence;
            information[i] = spike * silence;
        }

        return LogLikelihood(predictor, counts);
    }

    public override double LogLikelihood(ReadOnlySpan<double> predictor, ReadOnlySpan<double> counts)
    {
        double sum = 0;
        for (int i = 0; i < predictor.Length; i++) sum -= Exponentials.Softplus(counts[i] == 0 ? predictor[i] : -predictor[i]);
        return sum;
    }

    public override double Constant(int count) => 0;

    public override double Saturated(int count) => 0;

    public override void Mean(ReadOnlySpan<double> predictor, Span<double> mean)
    {
        for (int i = 0; i < predictor.Length; i++) mean[i] = Exponentials.Logistic(predictor[i]);
    }

    public override void Hazard(ReadOnlySpan<double> predictor, Span<double> hazard)
    {
        for (int i = 0; i < predictor.Length; i++) hazard[i] = Exponentials.Softplus(predictor[i]);
    }

    public override double LinkOf(double mean) => Math.Log(mean) - Exponentials.LogOnePlus(-mean);

    public override int Draw(double predictor, RandomStream stream) => stream.NextDouble() < Exponentials.Logistic(predictor) ? 1 : 0;
}
