using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Fitting.Populations;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Populations;

public sealed class GlmPopulationFitTests
{
    public static TheoryData<PopulationMethod, string, EdgePolicy> Cases => new()
    {
        { PopulationMethod.Streamed, "poisson", EdgePolicy.Drop },
        { PopulationMethod.Streamed, "bernoulli", EdgePolicy.Zero },
        { PopulationMethod.MatrixFree, "poisson", EdgePolicy.Drop },
        { PopulationMethod.MatrixFree, "bernoulli", EdgePolicy.Zero },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Population_OfThree_EqualsThreeSingleFits(PopulationMethod method, string observation, EdgePolicy edge)
    {
        Recording recording = CoupledTrio.Simulate(stretches: 8);
        GlmPopulationSpecification specification = new()
        {
            Basis = CoupledTrio.Basis,
            Observation = observation == "poisson" ? ObservationModel.Poisson : ObservationModel.Bernoulli,
            Edge = edge,
        };
        GlmPopulationFit population = specification.Fit(recording, new GlmPopulationOptions { Method = method });
        Assert.True(population.IsConverged, population.ToString());
        foreach (GlmFit fit in population.Fits) PopulationAssert.Same(specification.For(fit.Specification.Target, recording.Units.Ids).Fit(recording), fit);
        StatisticalAssert.Close(population.Population.LogLikelihood(recording), population.LogLikelihood, relative: 1e-10);
    }

    [Fact]
    public void SignalTermsAndPenalty_EqualSingleFits()
    {
        Recording recording = CoupledTrio.Simulate(stretches: 8);
        GlmPopulationSpecification specification = new()
        {
            Basis = CoupledTrio.Basis,
            SignalTerms = [new StimulusTerm("drive", new TabulatedBasis(new double[,] { { 1, 0 }, { 0, 1 } }))],
            Penalty = new Penalty { Ridge = 3, Smoothness = 2 },
            Targets = ["c", "a"],
        };
        GlmPopulationFit population = specification.Fit(recording);
        Assert.Equal(PopulationMethod.Streamed, population.Method);
        Assert.Equal(["c", "a"], population.Targets);
        foreach (GlmFit fit in population.Fits) PopulationAssert.Same(specification.For(fit.Specification.Target, recording.Units.Ids).Fit(recording), fit);
    }

    [Theory]
    [InlineData(PopulationMethod.Streamed)]
    [InlineData(PopulationMethod.MatrixFree)]
    public void Threads_ChangeNothing(PopulationMethod method)
    {
        Recording recording = CoupledTrio.Simulate(stretches: 30);
        GlmPopulationSpecification specification = new() { Basis = CoupledTrio.Basis };
        GlmPopulationFit one = specification.Fit(recording, new GlmPopulationOptions { Method = method, Threads = 1 });
        GlmPopulationFit two = specification.Fit(recording, new GlmPopulationOptions { Method = method, Threads = 2 });
        for (int target = 0; target < 3; target++)
        {
            Assert.Equal(one.Fits[target].Coefficients, two.Fits[target].Coefficients);
            Assert.Equal(one.Fits[target].StandardErrors, two.Fits[target].StandardErrors);
        }

        // A target's numbers do not depend on which others are fitted with it.
        GlmPopulationFit alone = (specification with { Targets = ["b"] }).Fit(recording, new GlmPopulationOptions { Method = method });
        Assert.Equal(one.Fit("b").Coefficients, alone.Fit("b").Coefficients);
    }

    [Fact]
    public void WithoutStandardErrors_EstimatesAndCertificateStay()
    {
        Recording recording = CoupledTrio.Simulate(stretches: 8);
        GlmPopulationSpecification specification = new() { Basis = CoupledTrio.Basis };
        GlmPopulationFit full = specification.Fit(recording);
        GlmPopulationFit brief = specification.Fit(recording, new GlmPopulationOptions { StandardErrors = false });
        for (int target = 0; target < 3; target++)
        {
            for (int i = 0; i < full.Fits[target].Coefficients.Count; i++)
                StatisticalAssert.Close(full.Fits[target].Coefficients[i], brief.Fits[target].Coefficients[i], absolute: 1e-6 * full.Fits[target].StandardErrors[i]);
            StatisticalAssert.Close(full.Fits[target].LogLikelihood, brief.Fits[target].LogLikelihood, relative: 1e-12);
            Assert.Equal(full.Fits[target].EffectiveDegreesOfFreedom, brief.Fits[target].EffectiveDegreesOfFreedom, 6);
            Assert.All(brief.Fits[target].StandardErrors, error => Assert.True(double.IsNaN(error)));
            Assert.True(brief.Fits[target].Certificate.NewtonDecrement <= 1e-14);
        }

        Assert.All(brief.CouplingPValues().Cast<double>(), value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void CouplingMatrix_HasTheSignsOfTheTruth()
    {
        GlmPopulationFit fit = new GlmPopulationSpecification { Basis = CoupledTrio.Basis }.Fit(CoupledTrio.Simulate(stretches: 20));
        double[,] strengths = fit.CouplingStrengths(), probabilities = fit.CouplingPValues();
        int[,] signs = { { -1, 1, 0 }, { -1, -1, 1 }, { 1, 0, -1 } };
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                if (signs[row, column] == 0)
                {
                    // A true zero: the p-value is uniform; 10^-3 is the false-alarm rate of each of the two.
                    Assert.True(probabilities[row, column] > 1e-3);
                    continue;
                }

                Assert.Equal(signs[row, column], Math.Sign(strengths[row, column]));
                Assert.True(probabilities[row, column] < 0.01);
            }
        }
    }

    [Fact]
    public void RefractoryUnit_IsDiagnosedByTheSingleFit()
    {
        // Windows of two lags, of which no spike of the regular unit ever follows the first: its filter is infinitely negative there.
        double[] regular = [.. Enumerable.Range(0, 150).Select(spike => (20 * spike) + 0.5 + (spike % 3))];
        Recording trio = CoupledTrio.Simulate(stretches: 2);
        Recording recording = Recording.FromTrains(
            [SpikeTrain.FromSorted(regular.Select(time => time * 1e-3).Where(time => time < 2).ToArray(), trio.Observed, "regular"), trio["a"]]);
        Basis windows = new TabulatedBasis(new double[,] { { 1, 0 }, { 1, 0 }, { 0, 1 }, { 0, 1 } });
        GlmPopulationFit fit = new GlmPopulationSpecification { Basis = windows }.Fit(recording);
        Assert.Equal(FitStatus.Separated, fit.Fit("regular").Certificate.Status);
        Assert.True(fit.Fit("a").Certificate.IsConverged);
        Assert.False(fit.IsConverged);
        Assert.Equal(double.NegativeInfinity, fit.CouplingStrengths()[0, 0]);
    }

    [Fact]
    public void SilentSource_IsLeftOutAndNamed()
    {
        Recording trio = CoupledTrio.Simulate(stretches: 16);
        Recording recording = Recording.FromTrains([.. trio.Trains, SpikeTrain.FromSorted(Array.Empty<double>(), trio.Observed, "silent")]);
        GlmPopulationSpecification specification = new() { Basis = CoupledTrio.Basis, Targets = ["a", "b"] };
        foreach (PopulationMethod method in new[] { PopulationMethod.Streamed, PopulationMethod.MatrixFree })
        {
            GlmFit fit = specification.Fit(recording, new GlmPopulationOptions { Method = method }).Fit("a");
            Assert.Equal(FitStatus.RankDeficient, fit.Certificate.Status);
            Assert.Contains("coupling:silent", fit.Certificate.Message, StringComparison.Ordinal);
            PopulationAssert.Same(specification.For("a", recording.Units.Ids).Fit(recording), fit);
        }
    }

    [Fact]
    public void BadRequests_SayWhatIsWrong()
    {
        Recording recording = CoupledTrio.Simulate(stretches: 1);
        GlmPopulationSpecification specification = new() { Basis = CoupledTrio.Basis };
        Assert.Throws<UnknownUnitException>(() => (specification with { Targets = ["d"] }).Fit(recording));
        Assert.Throws<ArgumentException>(() => (specification with { Targets = ["a", "a"] }).Fit(recording));
        Assert.Throws<ArgumentException>(() => (specification with { SignalTerms = [new HistoryTerm(CoupledTrio.Basis)] }).Fit(recording));
        GlmPopulationSpecification driven = specification with { SignalTerms = [new CovariateTerm("drive")] };
        Assert.Throws<ArgumentException>(() => driven.Fit(recording, new GlmPopulationOptions { Method = PopulationMethod.MatrixFree }));
        Assert.Throws<InvalidRecordingException>(() => specification.Fit(recording.Where(_ => false)));
        Assert.ThrowsAny<OperationCanceledException>(() => specification.Fit(recording, cancellationToken: new CancellationToken(true)));
    }
}
