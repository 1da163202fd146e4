using MathNet.Numerics;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Glm;

public sealed class ObservationModelTests
{
    public static TheoryData<string, ObservationModel> Laws => new()
    {
        { "poisson", ObservationModel.Poisson }, { "softplus", ObservationModel.PoissonSoftplus }, { "cloglog", ObservationModel.Bernoulli },
        { "logit", ObservationModel.BernoulliLogit }, { "probit", ObservationModel.BernoulliProbit }, { "negative binomial", ObservationModel.NegativeBinomialOf(1.7) },
    };

    [Theory]
    [MemberData(nameof(Laws))]
    public void Differentiate_AtOrdinaryPredictors_AgreesWithFiniteDifferences(string name, ObservationModel law)
    {
        const double h = 1e-4;
        for (double predictor = -11; predictor <= 3; predictor += 0.25)
        {
            foreach (int count in (int[])[0, 1, law.Clip(3)])
            {
                (_, double score, double information) = At(law, predictor, count);
                double low = Value(law, predictor - h, count), middle = Value(law, predictor, count), high = Value(law, predictor + h, count);
                Assert.True(Math.Abs(((high - low) / (2 * h)) - score) < 1e-5 * (1 + Math.Abs(score)), $"{name}: score at {predictor}, y = {count}");

                // The derivative of the score is known more closely than the second difference of the value.
                double slope = (At(law, predictor + h, count).Score - At(law, predictor - h, count).Score) / (2 * h);
                Assert.True(Math.Abs(slope + information) < 1e-5 * (1e-3 + Math.Abs(information)), $"{name}: information at {predictor}, y = {count}");
                Assert.True(double.IsFinite(middle));
            }
        }
    }

    // Every law is concave in the predictor and finite as far as its mean is.
    [Theory]
    [MemberData(nameof(Laws))]
    public void Differentiate_AtExtremePredictors_IsFiniteAndConcave(string name, ObservationModel law)
    {
        double top = law.Link is "log" or "cloglog" ? 30 : 600;
        foreach (double predictor in (double[])[-600, -100, -40, -30, -20, -10.000001, -10, -9.999999, -8, 8, 20, top])
        {
            foreach (int count in (int[])[0, 1])
            {
                (double value, double score, double information) = At(law, predictor, count);
                Assert.True(double.IsFinite(value) && double.IsFinite(score) && information >= 0 && double.IsFinite(information), $"{name} at {predictor}, y = {count}: {value} {score} {information}");
                StatisticalAssert.Close(Value(law, predictor, count), value, relative: 1e-12);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Laws))]
    public void LinkOf_TheMean_IsThePredictor(string name, ObservationModel law)
    {
        double[] mean = new double[1], hazard = new double[1];
        for (double predictor = -6; predictor <= 1; predictor += 0.5)
        {
            law.Mean([predictor], mean);
            law.Hazard([predictor], hazard);
            Assert.True(Math.Abs(predictor - law.LinkOf(mean[0])) < 1e-9, name);
            StatisticalAssert.Close(-Value(law, predictor, 0) - law.Constant(0), hazard[0], relative: 1e-12);
        }
    }

    // A million draws: mean and variance within 5 standard errors; false alarms 6e-7 each.
    [Theory]
    [MemberData(nameof(Laws))]
    public void Draw_Often_HasTheMeanAndTheSilenceOfTheLaw(string name, ObservationModel law)
    {
        const int n = 200_000;
        RandomStream stream = new(17);
        double[] mean = new double[1], hazard = new double[1];
        law.Mean([-0.4], mean);
        law.Hazard([-0.4], hazard);
        double variance = law switch { NegativeBinomialObservation nb => mean[0] + (mean[0] * mean[0] / nb.Shape), _ when law.Clip(2) == 1 => mean[0] * (1 - mean[0]), _ => mean[0] };
        double sum = 0, silent = 0;
        for (int i = 0; i < n; i++)
        {
            int count = law.Draw(-0.4, stream);
            sum += count;
            if (count == 0) silent++;
        }

        double p = Math.Exp(-hazard[0]);
        Assert.True(Math.Abs((sum / n) - mean[0]) < 5 * Math.Sqrt(variance / n), name);
        Assert.True(Math.Abs((silent / n) - p) < 5 * Math.Sqrt(p * (1 - p) / n), name);
    }

    [Fact]
    public void NegativeBinomial_Probabilities_AddUpAndHaveTheTextbookForm()
    {
        NegativeBinomialObservation law = ObservationModel.NegativeBinomialOf(1.3);
        double total = 0, mean = Math.Exp(0.4);
        for (int y = 0; y < 400; y++)
        {
            double own = Value(law, 0.4, y) + law.Constant(y);
            double textbook = SpecialFunctions.GammaLn(y + 1.3) - SpecialFunctions.GammaLn(1.3) - SpecialFunctions.GammaLn(y + 1)
                + (1.3 * Math.Log(1.3 / (1.3 + mean))) + (y * Math.Log(mean / (1.3 + mean)));
            StatisticalAssert.Close(textbook, own, absolute: 1e-10);
            total += Math.Exp(own);
        }

        StatisticalAssert.Close(1, total, absolute: 1e-12);
    }

    [Fact]
    public void NegativeBinomial_DerivativesInTheShape_AgreeWithFiniteDifferences()
    {
        double[] predictors = [-3, -1, 0, 0.5, 2, 1], counts = [0, 1, 0, 5, 3, 12];
        double Total(double shape)
        {
            NegativeBinomialObservation law = ObservationModel.NegativeBinomialOf(shape);
            return law.LogLikelihood(predictors, counts) + counts.Sum(count => law.Constant((int)count));
        }

        foreach (double shape in (double[])[0.3, 1, 4, 50])
        {
            double h = 1e-4 * shape;
            (double slope, double curvature) = ObservationModel.NegativeBinomialOf(shape).DifferentiateShape(predictors, counts);
            StatisticalAssert.Close((Total(shape + h) - Total(shape - h)) / (2 * h), slope, absolute: 1e-6 * (1 + Math.Abs(slope)));
            double slopeOf(double at) => ObservationModel.NegativeBinomialOf(at).DifferentiateShape(predictors, counts).Slope;
            StatisticalAssert.Close((slopeOf(shape + h) - slopeOf(shape - h)) / (2 * h), curvature, absolute: 1e-6 * (1 + Math.Abs(curvature)));
        }
    }

    private static double Value(ObservationModel law, double predictor, int count) => law.LogLikelihood([predictor], [count]);

    private static (double Value, double Score, double Information) At(ObservationModel law, double predictor, int count)
    {
        double[] score = new double[1], information = new double[1];
        return (law.Differentiate([predictor], [count], score, information), score[0], information[0]);
    }
}
