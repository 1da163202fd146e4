using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Glm;

/// <summary>Poisson counts, identity link clipped at a floor: μ = max(η, floor).</summary>
/// <remarks>
/// Above the floor ℓ = y log η - η - log y!, score y/η - 1, information y/η²; a silent bin has no curvature. Below, ℓ does not depend on η. As a function of η
/// it is concave for a silent bin; for a bin with a spike it is flat and then rises, so that it is concave above the floor only.
/// </remarks>
internal sealed class PoissonIdentityObservation : ObservationModel
{
    private readonly double floor, logFloor;

    public PoissonIdentityObservation(double floor)
    {
        if (!(floor > 0) || !double.IsFinite(floor))
            throw new ArgumentOutOfRangeException(nameof(floor), floor, "The floor must be positive and finite: a spike where the mean is zero would be impossible.");
        this.floor = floor;
        logFloor = Math.Log(floor);
    }

    public override string Name => "poisson";

    public override string Link => "identity";

    internal override double LargestPredictor => Runaway;

    public override double Floor => floor;

    public override double Offset(double binWidth) => 0;

    public override int Clip(int count) => count;

    public override double Differentiate(ReadOnlySpan<double> predictor, ReadOnlySpan<double> counts, Span<double> score, Span<double> information)
    {
        for (int i = 0; i < predictor.Length; i++)
        {
            bool isClipped = predictor[i] <= floor;
            double ratio = counts[i] / predictor[i];
            score[i] = isClipped ? 0 : ratio - 1;
            information[i] = isClipped ? 0 : ratio / predictor[i];
        }

        return LogLikelihood(predictor, counts);
    }

    public override double LogLikelihood(ReadOnlySpan<double> predictor, ReadOnlySpan<double> counts)
    {
        double sum = 0;
        for (int i = 0; i < predictor.Length; i++)
        {
            bool isClipped = predictor[i] <= floor;
            sum -= isClipped ? floor : predictor[i];
            if (counts[i] != 0) sum += counts[i] * (isClipped ? logFloor : Math.Log(predictor[i]));
        }

        return sum;
    }

    public override double Constant(int count) => Poisson.Constant(count);

    public override double Saturated(int count) => count <= floor ? LogLikelihood([floor], [count]) + Constant(count) : Poisson.Saturated(count);

    public override void Mean(ReadOnlySpan<double> predictor, Span<double> mean)
    {
        for (int i = 0; i < predictor.Length; i++) mean[i] = Math.Max(predictor[i], floor);
    }

    public override void Hazard(ReadOnlySpan<double> predictor, Span<double> hazard) => Mean(predictor, hazard);

    public override double LinkOf(double mean) => mean;

    public override int Draw(double predictor, RandomStream stream) => stream.NextPoisson(Math.Max(predictor, floor));
}
