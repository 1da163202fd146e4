using System.Numerics.Tensors;
using MathNet.Numerics;
using SpikeStats.Models.ScalarFunctions;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Glm;

/// <summary>Poisson counts, log link: ℓ = y η - e^η - log y!.</summary>
internal sealed class PoissonObservation : ObservationModel
{
    public override string Name => "poisson";

    public override string Link => "log";

    public override int Clip(int count) => count;

    public override double Differentiate(ReadOnlySpan<double> predictor, ReadOnlySpan<double> counts, Span<double> score, Span<double> information)
    {
        TensorPrimitives.Exp(predictor, information);
        TensorPrimitives.Subtract(counts, information, score);
        return TensorPrimitives.Dot(counts, predictor) - TensorPrimitives.Sum<double>(information);
    }

    public override double LogLikelihood(ReadOnlySpan<double> predictor, ReadOnlySpan<double> counts)
    {
        double sum = 0;
        for (int i = 0; i < predictor.Length; i++)
        {
            // 0 · (-∞) = 0 here: a bin in which a spike is impossible and none was seen costs nothing.
            if (counts[i] != 0) sum += counts[i] * predictor[i];
            sum -= Math.Exp(predictor[i]);
        }

        return sum;
    }

    public override double Constant(int count) => count < 2 ? 0 : -SpecialFunctions.FactorialLn(count);

    public override double Saturated(int count) => count == 0 ? 0 : (count * Math.Log(count)) - count + Constant(count);

    public override void Mean(ReadOnlySpan<double> predictor, Span<double> mean) => ElementwiseExponential.Of(predictor, mean);

    public override void Hazard(ReadOnlySpan<double> predictor, Span<double> hazard) => ElementwiseExponential.Of(predictor, hazard);

    public override double LinkOf(double mean) => Math.Log(mean);

    public override int Draw(double predictor, RandomStream stream) => stream.NextPoisson(Math.Exp(predictor));
}
