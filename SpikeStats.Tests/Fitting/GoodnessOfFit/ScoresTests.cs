using System.Text.Json;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.GoodnessOfFit;

public sealed class ScoresTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void Scores_Toy_MatchesReference()
    {
        JsonElement toy = ReferenceFile.Read("goodness-of-fit").At("scores_toy");
        int[] counts = toy.At("y").Integers();
        double model = Scores.PoissonLogLikelihood(counts, toy.At("rate_per_bin").Doubles());
        double constant = Scores.OwnMeanLogLikelihood(counts), saturated = Scores.SaturatedLogLikelihood(counts);
        StatisticalAssert.Close(toy.Number("loglik"), model, Tolerance);
        StatisticalAssert.Close(toy.Number("null"), constant, Tolerance);
        StatisticalAssert.Close(toy.Number("saturated"), saturated, Tolerance);
        StatisticalAssert.Close(toy.Number("mcfadden"), Scores.McFadden(model, constant), Tolerance);
        StatisticalAssert.Close(toy.Number("deviance_explained"), Scores.DevianceExplained(model, constant, saturated), Tolerance);
        StatisticalAssert.Close(toy.Number("bits_per_spike"), Scores.BitsPerSpike(model, constant, counts.Sum()), Tolerance);
    }

    [Fact]
    public void NullLogLikelihood_TrainingRate_IsNeverAboveTheOwnMean()
    {
        int[] counts = [0, 1, 0, 2, 5];
        StatisticalAssert.Close(Scores.OwnMeanLogLikelihood(counts), Scores.NullLogLikelihood(counts, 1.6), Tolerance);
        Assert.True(Scores.NullLogLikelihood(counts, 1.5) < Scores.OwnMeanLogLikelihood(counts));
        // By hand: Σ y log μ - n μ - Σ log y!.
        StatisticalAssert.Close((8 * Math.Log(1.5)) - 7.5 - Math.Log(2) - Math.Log(120), Scores.NullLogLikelihood(counts, 1.5), Tolerance);
    }

    [Fact]
    public void InformationCriteria_MatchTheirDefinition()
    {
        Assert.Equal(206, Scores.Aic(-100, 3));
        StatisticalAssert.Close(200 + (3 * Math.Log(50)), Scores.Bic(-100, 3, 50), Tolerance);
    }

    [Fact]
    public void Scores_Extremes_AreDefined()
    {
        Assert.Equal(0, Scores.PoissonLogLikelihood([], []));
        Assert.Equal(0, Scores.OwnMeanLogLikelihood([]));
        Assert.Equal(0, Scores.OwnMeanLogLikelihood([0, 0]));
        Assert.Equal(0, Scores.SaturatedLogLikelihood([0, 0]));
        Assert.Equal(-1, Scores.SaturatedLogLikelihood([1]));
        Assert.Equal(double.NegativeInfinity, Scores.PoissonLogLikelihood([1], [0]));
        Assert.Equal(0, Scores.McFadden(-5, -5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scores.BitsPerSpike(-1, -2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scores.Bic(-1, 2, 0));
        Assert.Throws<ArgumentException>(() => Scores.PoissonLogLikelihood([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => Scores.SaturatedLogLikelihood([-1]));
    }
}
