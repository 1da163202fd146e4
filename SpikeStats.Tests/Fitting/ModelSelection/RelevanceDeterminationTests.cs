using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.ModelSelection;
using SpikeStats.Models.Bases;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Fitting.Glm;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.ModelSelection;

public sealed class RelevanceDeterminationTests
{
    private const int Rows = 800;
    private static readonly double[] wide = [.. Enumerable.Range(0, Rows).Select(t => Math.Sin(0.37 * t))], weak = [.. Enumerable.Range(0, Rows).Select(t => Math.Cos(0.11 * t))];
    private static readonly int[] counts = Counts();
    private static readonly Recording recording = Regression.Recording(counts, [wide, weak]);

    // Two strengths of two terms of three coefficients each: the largest along one and along the other in turn, until neither moves.
    [Fact]
    public void Estimate_TwoTerms_MaximisesTheEvidenceAsBruteForceDoes()
    {
        GlmSpecification With(double first, double second) => new()
        {
            Target = "y",
            BinWidth = 1,
            Terms = [new StimulusTerm("x0", new LagBasis(3)) { Name = "a", Penalty = new Penalty { Ridge = first } }, new StimulusTerm("x1", new LagBasis(3)) { Name = "b", Penalty = new Penalty { Ridge = second } }],
        };
        double At(double first, double second) => Evidence.LogEvidence(With(Math.Exp(first), Math.Exp(second)).Fit(recording));
        double a = 0, b = 0;
        for (int sweep = 0; sweep < 4; sweep++)
        {
            a = Largest(value => At(value, b));
            b = Largest(value => At(a, value));
        }

        RelevanceResult result = RelevanceDetermination.Estimate(With(1, 1), recording);
        Assert.True(result.IsConverged, result.Message);
        Assert.Equal(["a", "b"], result.Terms.Select(term => term.Term));
        StatisticalAssert.Close([a, b], [.. result.Terms.Select(term => Math.Log(term.Factor))], absolute: 0.15);
        Assert.True(result.LogEvidence > At(a, b) - 0.02, $"{result.LogEvidence} {At(a, b)}");
        Assert.Equal(result.Fit.Specification.Terms[0].Penalty.Ridge, result.Terms[0].Factor, 1e-9);

        // The start does not matter, and two strengths do at least as well as one.
        StatisticalAssert.Close(result.LogEvidence, RelevanceDetermination.Estimate(With(100, 0.01), recording).LogEvidence, absolute: 1e-3);
        StrengthChoice single = PenaltyStrength.ByEvidence(With(1, 1), recording);
        Assert.True(result.LogEvidence > single.Tried.Max(tried => tried.Score) - 0.02);
        Assert.Equal(2, result.ToDataTable().Rows.Count);
    }

    [Fact]
    public void Estimate_OneTerm_IsTheSingleStrength()
    {
        GlmSpecification specification = new() { Target = "y", BinWidth = 1, Terms = [new StimulusTerm("x0", new LagBasis(6)) { Penalty = new Penalty { Ridge = 5 } }] };
        StrengthChoice single = PenaltyStrength.ByEvidence(specification, recording);
        RelevanceResult result = RelevanceDetermination.Estimate(specification, recording);
        Assert.True(result.IsConverged, result.Message);
        StatisticalAssert.Close(single.Tried.Max(tried => tried.Score), result.LogEvidence, absolute: 0.02);
        StatisticalAssert.Close(Math.Log(single.Factor), Math.Log(result.Terms[0].Factor), absolute: 0.25);
    }

    // A noise term keeps a part of its coefficients in some recordings; at this seed none of four does.
    [Fact]
    public void Estimate_TermsOfNoise_AreShrunkFarMoreThanTheSignal()
    {
        RandomStream stream = new(12);
        double[][] noise = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, Rows).Select(_ => stream.NextGaussian()).ToArray())];
        GlmSpecification specification = Regression.Specification(5, 1, penalty: new Penalty { Ridge = 1 });
        RelevanceResult result = RelevanceDetermination.Estimate(specification, Regression.Recording(counts, [wide, .. noise]));
        Assert.True(result.IsConverged, result.Message);
        Assert.False(result.Terms[0].IsSwitchedOff);
        Assert.True(result.Terms[0].DegreesOfFreedom > 0.9);
        Assert.All(result.Terms.Skip(1), term => Assert.True(term.Factor > 10 * result.Terms[0].Factor));
        Assert.Contains(result.Terms, term => term.IsSwitchedOff);
        Assert.Contains("Nothing is left", result.Message, StringComparison.Ordinal);
    }

    // The rate depends on x0 only: the surface becomes flat along x1 and stays curved along x0.
    [Fact]
    public void Estimate_MarginsOfASurface_GetStrengthsOfTheirOwn()
    {
        ValueBasis basis = ValueBasis.BSpline(6, -1, 1);
        SmoothTerm term = new(["x0", "x1"], [basis, basis]) { Penalty = new Penalty { MarginSmoothness = [1, 1] } };
        RandomStream stream = new(3);
        int[] field = [.. wide.Select(value => stream.NextPoisson(1.5 * Math.Exp(-8 * (value - 0.2) * (value - 0.2))))];
        RelevanceResult result = RelevanceDetermination.Estimate(new GlmSpecification { Target = "y", BinWidth = 1, Terms = [term] }, Regression.Recording(field, [wide, weak]));
        Assert.True(result.IsConverged, result.Message);
        Assert.Equal(["smoothness along margin 1", "smoothness along margin 2"], result.Terms.Select(own => own.Penalty));
        Assert.True(result.Terms[1].Factor > 100 * result.Terms[0].Factor);
        IReadOnlyList<double> strengths = result.Fit.Specification.Terms[0].Penalty.MarginSmoothness;
        for (int m = 0; m < 2; m++) StatisticalAssert.Close(result.Terms[m].Factor, strengths[m], relative: 1e-9);
    }

    [Fact]
    public void Join_OfTheComponents_IsThePenalty()
    {
        Penalty penalty = new() { Ridge = 1, Smoothness = 2, MarginSmoothness = [3, 0, 4], Autoregressive = 5, AutoregressiveCorrelation = 0.3 };
        Penalty joined = PenaltyComponents.Join(PenaltyComponents.Of(penalty).Select(own => own.Part));
        Assert.Equal(penalty.MarginSmoothness, joined.MarginSmoothness);
        Assert.Equal(penalty with { MarginSmoothness = [] }, joined with { MarginSmoothness = [] });
        Assert.Equal(5, PenaltyComponents.Of(penalty).Count);
    }

    [Fact]
    public void Estimate_BadRequests_SayWhatIsWrong()
    {
        GlmSpecification plain = Regression.Specification(2, 1), lasso = Regression.Specification(2, 1, penalty: new Penalty { Lasso = 1 }), ridge = Regression.Specification(2, 1, penalty: new Penalty { Ridge = 1 });
        Assert.Contains("No term has a penalty", Assert.Throws<ArgumentException>(() => RelevanceDetermination.Estimate(plain, recording)).Message, StringComparison.Ordinal);
        Assert.Contains("cross-validation", Assert.Throws<ArgumentException>(() => RelevanceDetermination.Estimate(lasso, recording)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RelevanceOptions { Tolerance = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RelevanceOptions { MaxIterations = 0 });
        RelevanceResult brief = RelevanceDetermination.Estimate(ridge, recording, new RelevanceOptions { MaxIterations = 1 });
        Assert.False(brief.IsConverged);
        Assert.Contains("allow more", brief.Message, StringComparison.Ordinal);
    }

    private static double Largest(Func<double, double> value)
    {
        double low = -5, high = 9;
        while (high - low > 0.01)
        {
            double left = low + (0.4 * (high - low)), right = high - (0.4 * (high - low));
            if (value(left) >= value(right)) high = right;
            else low = left;
        }

        return 0.5 * (low + high);
    }

    private static int[] Counts()
    {
        RandomStream stream = new(77);
        return [.. wide.Select((x, t) => stream.NextPoisson(Math.Exp(-0.2 + (0.6 * x) + (0.15 * weak[t]))))];
    }
}
