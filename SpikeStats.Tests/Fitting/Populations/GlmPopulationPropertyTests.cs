using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Fitting.Populations;
using SpikeStats.Models.Glm;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Populations;

/// <summary>What must hold of a population fit whatever the data: symmetries, limits and the fate of odd units.</summary>
public sealed class GlmPopulationPropertyTests
{
    private static readonly GlmPopulationSpecification specification = new() { Basis = CoupledTrio.Basis };

    public static TheoryData<PopulationMethod> Methods => [PopulationMethod.Streamed, PopulationMethod.MatrixFree];

    public static TheoryData<PopulationMethod, string> Laws => new()
    {
        { PopulationMethod.Streamed, "probit" }, { PopulationMethod.MatrixFree, "probit" }, { PopulationMethod.Streamed, "softplus" },
        { PopulationMethod.MatrixFree, "softplus" }, { PopulationMethod.Streamed, "logit" }, { PopulationMethod.MatrixFree, "shape" },
        { PopulationMethod.Streamed, "estimated shape" },
    };

    [Theory]
    [MemberData(nameof(Laws))]
    public void LawsOfCounts_EqualSingleFits(PopulationMethod method, string law)
    {
        Recording recording = CoupledTrio.Simulate(stretches: 6);
        GlmPopulationSpecification asked = specification with
        {
            Targets = ["b"],
            Observation = law switch
            {
                "probit" => ObservationModel.BernoulliProbit,
                "softplus" => ObservationModel.PoissonSoftplus,
                "logit" => ObservationModel.BernoulliLogit,
                "shape" => ObservationModel.NegativeBinomialOf(2),
                _ => ObservationModel.NegativeBinomial,
            },
        };
        PopulationAssert.Same(asked.For("b", recording.Units.Ids).Fit(recording), asked.Fit(recording, new GlmPopulationOptions { Method = method }).Fit("b"));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void OrderOfUnits_ChangesNothing(PopulationMethod method)
    {
        Recording recording = CoupledTrio.Simulate(stretches: 8);
        Recording turned = Recording.FromTrains([recording["c"], recording["a"], recording["b"]]);
        GlmPopulationOptions options = new() { Method = method };
        GlmPopulationFit fit = specification.Fit(recording, options), other = specification.Fit(turned, options);
        int[] position = [1, 2, 0];
        for (int target = 0; target < 3; target++)
        {
            StatisticalAssert.Close(fit.Fits[target].LogLikelihood, other.Fits[position[target]].LogLikelihood, relative: 1e-11);
            for (int source = 0; source < 3; source++)
            {
                StatisticalAssert.Close(fit.CouplingStrengths()[target, source], other.CouplingStrengths()[position[target], position[source]], relative: 1e-5);
                StatisticalAssert.Close(fit.CouplingPValues()[target, source], other.CouplingPValues()[position[target], position[source]], relative: 1e-4);
            }
        }
    }

    // Nothing leaks across a gap: its length, and which stretch comes first, cannot matter.
    [Theory]
    [MemberData(nameof(Methods))]
    public void Stretches_MovedAndExchanged_ChangeNothing(PopulationMethod method)
    {
        Recording recording = CoupledTrio.Simulate(stretches: 8);
        TimeInterval[] stretches = [.. recording.Observed];
        double[] shifts = [.. stretches.Select((stretch, i) => 50.0 * (stretches.Length - 2 * i))];
        Recording moved = Recording.FromTrains(recording.Trains.Select(train => SpikeTrain.FromSorted(
            stretches.Select((stretch, i) => train.TimesIn(stretch).ToArray().Select(time => time + shifts[i])).Reverse().SelectMany(times => times).ToArray(),
            TimeIntervals.FromSorted([.. stretches.Select((stretch, i) => new TimeInterval(stretch.Start + shifts[i], stretch.End + shifts[i])).Reverse()]), train.Unit)));
        GlmPopulationOptions options = new() { Method = method };
        GlmPopulationFit fit = specification.Fit(recording, options), other = specification.Fit(moved, options);
        for (int target = 0; target < 3; target++) PopulationAssert.Same(fit.Fits[target], other.Fits[target]);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void CancelledUnderWay_Throws(PopulationMethod method)
    {
        using CancellationTokenSource source = new();
        CancelAtOnce progress = new(source);
        Assert.ThrowsAny<OperationCanceledException>(
            () => specification.Fit(CoupledTrio.Simulate(stretches: 4), new GlmPopulationOptions { Method = method }, progress, source.Token));
        Assert.InRange(progress.Last, 1e-9, 0.999);
    }

    [Fact]
    public void Progress_RisesToOne()
    {
        Rising progress = new();
        _ = specification.Fit(CoupledTrio.Simulate(stretches: 4), progress: progress);
        Assert.True(progress.Reports > 3);
        Assert.Equal(1, progress.Last);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void SilentUnit_IsNoTargetAndTheOthersAreFitted(PopulationMethod method)
    {
        Recording trio = CoupledTrio.Simulate(stretches: 16);
        Recording recording = Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), trio.Observed, "silent"), .. trio.Trains]);
        GlmPopulationFit fit = specification.Fit(recording, new GlmPopulationOptions { Method = method });
        Assert.Equal(["silent"], fit.SilentUnits);
        Assert.Equal(["a", "b", "c"], fit.Targets);
        Assert.Equal(["silent", "a", "b", "c"], fit.Sources);
        Assert.All(fit.Fits, single => Assert.Contains("coupling:silent", single.Certificate.Message, StringComparison.Ordinal));
        foreach (GlmFit single in fit.Fits) PopulationAssert.Same(specification.For(single.Specification.Target, recording.Units.Ids).Fit(recording), single);
        InvalidRecordingException named = Assert.Throws<InvalidRecordingException>(() => (specification with { Targets = ["a", "silent"] }).Fit(recording));
        Assert.Contains("silent", named.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidRecordingException>(() => specification.Fit(recording.Where(unit => unit.Id == "silent")));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void TwoIdenticalUnits_AreNamedForEveryTarget(PopulationMethod method)
    {
        Recording trio = CoupledTrio.Simulate(stretches: 8);
        Recording recording = Recording.FromTrains([.. trio.Trains, SpikeTrain.FromSorted(trio["a"].Times.ToArray(), trio.Observed, "twin")]);
        GlmPopulationFit fit = specification.Fit(recording, new GlmPopulationOptions { Method = method });
        foreach (GlmFit single in fit.Fits)
        {
            Assert.Equal(FitStatus.RankDeficient, single.Certificate.Status);
            Assert.Contains(single.Specification.Target == "twin" ? "history" : "coupling:twin", single.Certificate.Message, StringComparison.Ordinal);
            PopulationAssert.Same(specification.For(single.Specification.Target, recording.Units.Ids).Fit(recording), single);
        }
    }

    [Fact]
    public void Lasso_IsFittedTargetByTarget()
    {
        Recording recording = CoupledTrio.Simulate(stretches: 4);
        GlmPopulationSpecification sparse = specification with { Penalty = new Penalty { Lasso = 30 } };
        GlmFit single = sparse.For("a", recording.Units.Ids).Fit(recording), joint = sparse.Fit(recording).Fit("a");
        Assert.Equal(single.Coefficients, joint.Coefficients);
        Assert.Contains(0.0, joint.Coefficients);
    }

    private sealed class CancelAtOnce(CancellationTokenSource source) : IProgress<double>
    {
        public double Last { get; private set; }

        public void Report(double value)
        {
            Last = value;
            source.Cancel();
        }
    }

    private sealed class Rising : IProgress<double>
    {
        public int Reports { get; private set; }

        public double Last { get; private set; }

        public void Report(double value)
        {
            Assert.True(value >= Last);
            Last = value;
            Reports++;
        }
    }
}
