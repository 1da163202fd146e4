using SpikeStats.Fitting.Comparison;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Models.Renewal;
using SpikeStats.Tests.Testing;
using SpikeStats.Units;

namespace SpikeStats.Tests.Fitting.Comparison;

public sealed class ModelComparisonTests
{
    private static readonly Recording recording = new RenewalProcess("a", new Gamma(4, 80))
        .Simulate(Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.FromSorted(new TimeInterval(0, 30), new TimeInterval(40, 60)), "a")]), seed: 2);

    // A GLM without terms is the constant rate: with the bin width taken out it scores what the Poisson process does.
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void ConstantRate_OnBinsOfAnyWidthAndInContinuousTime_ScoresTheSame(int milliseconds)
    {
        GlmFit glm = new GlmSpecification { Target = "a", BinWidth = milliseconds.ms }.Fit(recording);
        PoissonProcess poisson = new("a", recording[0].Count / recording.Observed.Duration, parameterCount: 1);
        ModelComparison comparison = ModelComparison.Of(recording, "a", [new FittedModel("poisson", poisson), new FittedModel("glm", glm.Model)]);
        StatisticalAssert.Close(comparison.Models[0].LogDensity, comparison.Models[1].LogDensity, relative: 1e-9);
        Assert.All(comparison.Models, score => StatisticalAssert.Close(0, score.BitsPerSpike, absolute: 1e-9));
        Assert.Equal(recording[0].Count, comparison.SpikeCount);
    }

    // The spikes of a bin are uniform within it, whatever the law of their number: the density follows from the probability of each count.
    [Fact]
    public void LogDensity_OfNegativeBinomialCounts_IsThatOfTheirProbabilities()
    {
        Recording few = Recording.FromTrains([SpikeTrain.FromSorted(new[] { 0.1, 0.2, 0.3, 1.2, 3.1, 3.9 }, TimeIntervals.Of(0, 4), "a")]);
        GlmModel model = new() { Unit = "a", BinWidth = 1, Baseline = Math.Log(1.5), Observation = ObservationModel.NegativeBinomialOf(0.7) };
        double expected = 0;
        foreach (int count in (int[])[3, 1, 0, 2])
        {
            MathNet.Numerics.Distributions.NegativeBinomial law = new(0.7, 0.7 / (0.7 + 1.5));
            expected += law.ProbabilityLn(count) + MathNet.Numerics.SpecialFunctions.FactorialLn(count);
        }

        StatisticalAssert.Close(expected, model.LogDensity(few), relative: 1e-12);
        StatisticalAssert.Close(expected - Math.Log(6) - Math.Log(2), model.LogLikelihood(few), relative: 1e-12);
    }

    // A bin of the logit or probit law does not see its second spike either.
    [Fact]
    public void Comparison_OfBinsThatDoNotSeeEverySpike_IsRefusedForEveryLink()
    {
        FittedModel poisson = new("poisson", new PoissonProcess("a", 20));
        foreach (ObservationModel law in (ObservationModel[])[ObservationModel.Bernoulli, ObservationModel.BernoulliLogit, ObservationModel.BernoulliProbit])
        {
            GlmFit wide = new GlmSpecification { Target = "a", BinWidth = 0.2, Observation = law }.Fit(recording);
            Assert.Contains("one spike at most", Assert.Throws<ArgumentException>(() => ModelComparison.Of(recording, "a", [poisson, new FittedModel(law.Link, wide.Model)])).Message, StringComparison.Ordinal);
        }
    }

    // The truth is gamma of shape 4: it wins, and a history filter comes second.
    [Fact]
    public void Comparison_RenewalGlmAndPoisson_FindsTheTruth()
    {
        RenewalFit gamma = new RenewalSpecification { Target = "a", Family = new GammaFamily(), Start = RenewalStart.Equilibrium }.Fit(recording);
        HistoryTerm history = new(new WindowBasis(1.ms, 10.ms, 20.ms, 40.ms, 80.ms));
        GlmFit glm = new GlmSpecification { Target = "a", Edge = EdgePolicy.Zero, Terms = [history] }.Fit(recording);
        PoissonProcess poisson = new("a", recording[0].Count / recording.Observed.Duration, parameterCount: 1);
        ModelComparison comparison = ModelComparison.Of(
            recording, "a", [new FittedModel("poisson", poisson), new FittedModel("gamma", gamma.Model), new FittedModel("glm", glm.Model)]);
        Assert.Equal("gamma", comparison.Best!.Name);
        Assert.True(comparison.Models[2].Aic < comparison.Models[0].Aic);
        StatisticalAssert.Close(gamma.LogLikelihood, comparison.Models[1].LogDensity, relative: 1e-12);
        StatisticalAssert.Close(gamma.BitsPerSpike, comparison.Models[1].BitsPerSpike, absolute: 1e-9);
        Assert.Equal(3, comparison.ToDataTable().Rows.Count);
        Assert.Contains("<svg", comparison.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Comparison_OfDifferentData_IsRefused()
    {
        RenewalFit conditional = new RenewalSpecification { Target = "a", Family = new GammaFamily() }.Fit(recording);
        FittedModel poisson = new("poisson", new PoissonProcess("a", 20));
        Assert.Contains("EdgePolicy.Zero", Assert.Throws<ArgumentException>(() => ModelComparison.Of(recording, "a", [poisson, new FittedModel("gamma", conditional.Model)])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ModelComparison.Of(recording, "a", []));
        Assert.Throws<UnknownUnitException>(() => ModelComparison.Of(recording, "z", [poisson]));
    }
}
