using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.ModelSelection;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Bases;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Fitting.Glm;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.ModelSelection;

public sealed class ModelSelectionTests
{
    private static readonly double[] signal = [.. Enumerable.Range(0, 400).Select(t => Math.Sin(0.37 * t))];
    private static readonly int[] counts = Counts();

    // Without memory there is no guard band: a fold is a fit to the other rows, scored by the definition.
    [Fact]
    public void Score_ModelWithoutMemory_IsTheDefinition()
    {
        GlmSpecification specification = Regression.Specification(1, 1);
        CrossValidationResult result = CrossValidation.Score(specification, Regression.Recording(counts, [signal]), new CrossValidationOptions { FoldCount = 4 });
        for (int fold = 0; fold < 4; fold++)
        {
            int first = fold * 100, end = first + 100;
            int[] training = [.. counts[..first], .. counts[end..]], held = counts[first..end];
            GlmFit fit = Regression.Fit(training, [[.. signal[..first], .. signal[end..]]]);
            double[] expected = [.. signal[first..end].Select(x => Math.Exp(fit.Coefficients[0] + (fit.Coefficients[1] * x)))];
            StatisticalAssert.Close(Scores.PoissonLogLikelihood(held, expected), result.Folds[fold].LogLikelihood, relative: 1e-9);
            StatisticalAssert.Close(Scores.NullLogLikelihood(held, training.Average()), result.Folds[fold].NullLogLikelihood, relative: 1e-12);
            Assert.Equal((held.Sum(), 100, FitStatus.Converged), (result.Folds[fold].SpikeCount, result.Folds[fold].BinCount, result.Folds[fold].Status));
        }

        StatisticalAssert.Close(result.Folds.Sum(fold => fold.LogLikelihood), result.Total.LogLikelihood, relative: 1e-14);
        Assert.True(result.BitsPerSpike > 0.1);
        Assert.Throws<ArgumentException>(() => CrossValidation.Score(specification, Regression.Recording(counts, [signal]), new CrossValidationOptions { IsByTrial = true }));
    }

    // Spikes of the held-out block are changed: the fit of its fold, and so the score of another block under it, must not change. The null model of the
    // fold shows that: it is the rate of the training bins.
    [Fact]
    public void Score_HeldOutSpikesWithHistory_DoNotLeakIntoTheTraining()
    {
        GlmSpecification specification = new() { Target = "y", BinWidth = 1, Terms = [new HistoryTerm(new LagBasis(5)) { Penalty = new Penalty { Ridge = 1 } }] };
        int[] changed = [.. counts];
        for (int bin = 100; bin < 200; bin++) changed[bin] = bin % 2;
        CrossValidationOptions options = new() { FoldCount = 4 };
        Recording before = Regression.Recording(counts, []), after = Regression.Recording(changed, []);
        TimeIntervals training = HeldOutFold.OfBlocks(new BinGrid(before.Observed, 1), 5, 4)[1].Training;
        Assert.Equal(
            specification.Fit(before.Restrict(training)).Coefficients, specification.Fit(after.Restrict(training)).Coefficients);
        FoldScore first = CrossValidation.Score(specification, before, options).Folds[1], second = CrossValidation.Score(specification, after, options).Folds[1];
        Assert.NotEqual(first.LogLikelihood, second.LogLikelihood);
        Assert.Equal(100, first.BinCount);
    }

    // Two coefficients, one with a Gaussian prior: the integral over both by the trapezium rule.
    [Theory]
    [InlineData(0.5)]
    [InlineData(8)]
    [InlineData(200)]
    public void LogEvidence_TwoCoefficients_IsTheIntegral(double ridge)
    {
        GlmFit fit = Regression.Fit(counts, [signal], penalty: new Penalty { Ridge = ridge });
        StatisticalAssert.Close(Integral(fit, ridge), Evidence.LogEvidence(fit), absolute: 5e-3);
    }

    [Fact]
    public void ByEvidence_BestFactor_MaximisesTheIntegralToo()
    {
        GlmSpecification specification = Regression.Specification(1, 1, penalty: new Penalty { Ridge = 1 });
        StrengthChoice choice = PenaltyStrength.ByEvidence(specification, Regression.Recording(counts, [signal]));
        Assert.False(choice.IsAtEdge);
        double At(double factor) => Integral(Regression.Fit(counts, [signal], penalty: new Penalty { Ridge = factor }), factor);
        double best = At(choice.Factor);
        Assert.True(best > At(choice.Factor * 1.3));
        Assert.True(best > At(choice.Factor / 1.3));
        Assert.Equal(choice.Factor, choice.Specification.Terms[0].Penalty.Ridge);

        // MacKay's fixed point, with γ = 1 - λ V: exact but for the change of the information with λ.
        GlmFit fit = choice.Specification.Fit(Regression.Recording(counts, [signal]));
        double gamma = 1 - (choice.Factor * fit.Covariance[1, 1]);
        StatisticalAssert.Close(gamma / (fit.Coefficients[1] * fit.Coefficients[1]), choice.Factor, relative: 0.05);
    }

    [Fact]
    public void ByCrossValidation_ColumnsOfNoise_PrefersTheStrongLasso()
    {
        RandomStream stream = new(3);
        double[][] noise = [.. Enumerable.Range(0, 12).Select(_ => Enumerable.Range(0, 400).Select(_ => stream.NextGaussian()).ToArray())];
        GlmSpecification specification = Regression.Specification(12, 1, penalty: new Penalty { Lasso = 1 });
        StrengthChoice choice = PenaltyStrength.ByCrossValidation(specification, Regression.Recording(counts, noise), [1, 1000], new CrossValidationOptions { FoldCount = 4 });
        Assert.Equal(1000, choice.Factor);
        Assert.Equal(1000, choice.Specification.Terms[0].Penalty.Lasso);
        Assert.Equal([1, 1000], choice.Tried.Select(score => score.Factor));
        Assert.Throws<ArgumentException>(() => PenaltyStrength.ByEvidence(specification, Regression.Recording(counts, noise)));
        Assert.Throws<ArgumentException>(() => PenaltyStrength.ByEvidence(Regression.Specification(12, 1), Regression.Recording(counts, noise)));
    }

    private static double Integral(GlmFit fit, double ridge)
    {
        const int steps = 160;
        double peak = double.NegativeInfinity;
        List<double> values = [];
        double widthA = 16 * fit.StandardErrors[0] / steps, widthB = 16 * fit.StandardErrors[1] / steps;
        for (int i = 0; i <= steps; i++)
        {
            for (int j = 0; j <= steps; j++)
            {
                double a = fit.Coefficients[0] + ((i - (steps / 2)) * widthA), b = fit.Coefficients[1] + ((j - (steps / 2)) * widthB);
                double[] expected = [.. signal.Select(x => Math.Exp(a + (b * x)))];
                double value = Scores.PoissonLogLikelihood(counts, expected) - (0.5 * ridge * b * b) + (0.5 * Math.Log(ridge / (2 * Math.PI)));
                values.Add(value);
                peak = Math.Max(peak, value);
            }
        }

        return peak + Math.Log(values.Sum(value => Math.Exp(value - peak)) * widthA * widthB);
    }

    private static int[] Counts()
    {
        RandomStream stream = new(77);
        return [.. signal.Select(x => stream.NextPoisson(Math.Exp(-0.2 + (0.6 * x))))];
    }
}
