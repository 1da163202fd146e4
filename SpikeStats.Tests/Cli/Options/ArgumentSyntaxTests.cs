using SpikeStats.Cli.Commands;
using SpikeStats.Cli.Options;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.Glm;

namespace SpikeStats.Tests.Cli.Options;

public sealed class ArgumentSyntaxTests
{
    [Theory]
    [InlineData("history=smooth:10", "history", 0, 10)]
    [InlineData("stimulus=ridge:0.5", "stimulus", 0.5, 0)]
    [InlineData("history=smooth:10+ridge:1", "history", 1, 10)]
    [InlineData("history=ridge:1+ridge:2", "history", 3, 0)]
    [InlineData("coupling:a=b=ridge:1e-3", "coupling:a=b", 1e-3, 0)]
    public void Penalty_Parse_ReadsTermAndStrengths(string text, string term, double ridge, double smoothness)
    {
        PenaltyArgument penalty = PenaltyArgument.Parse(text);
        Assert.Equal(term, penalty.Term);
        Assert.Equal(new Penalty { Ridge = ridge, Smoothness = smoothness }, penalty.Penalty);
    }

    [Fact]
    public void Penalty_Parse_ReadsTheOtherKinds()
    {
        Assert.Equal(new Penalty { Lasso = 10 }, PenaltyArgument.Parse("history=lasso:10").Penalty);
        Assert.Equal(new Penalty { GroupLasso = 10, Smoothness = 2 }, PenaltyArgument.Parse("coupling=group-lasso:10+smooth:2").Penalty);
        Assert.Equal(new Penalty { Ridge = 30, Lasso = 30 }, PenaltyArgument.Parse("history=elastic-net:60,0.5").Penalty);
        Assert.Equal(new Penalty { Autoregressive = 4, AutoregressiveCorrelation = 0.9 }, PenaltyArgument.Parse("history=ar1:4,0.9").Penalty);
        Assert.Throws<FormatException>(() => PenaltyArgument.Parse("history=ar1:4,0.9+ar1:4,0.8"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("=ridge:1")]
    [InlineData("history=")]
    [InlineData("history=ridge")]
    [InlineData("history=ridge:x")]
    [InlineData("history=ridge:1:2")]
    [InlineData("history=ridge:-1")]
    [InlineData("history=ridge:Infinity")]
    [InlineData("history=bridge:1")]
    [InlineData("history=elastic-net:1")]
    [InlineData("history=elastic-net:1,2")]
    [InlineData("history=ar1:1,1")]
    [InlineData("history=ridge:1,2")]
    public void Penalty_ParseNonsense_ShowsHowToWriteIt(string text) =>
        Assert.Contains("history=smooth:10+ridge:1", Assert.Throws<FormatException>(() => PenaltyArgument.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("p.csv:x", "p.csv", "x", "bspline:n=10")]
    [InlineData("p.csv:x,y", "p.csv", "x,y", "bspline:n=7/bspline:n=7")]
    [InlineData("a:b.csv:x=bspline:n=5,from=-1,to=1", "a:b.csv", "x", "bspline:n=5,from=-1,to=1")]
    [InlineData("a=b.csv:x", "a=b.csv", "x", "bspline:n=10")]
    [InlineData("p.csv:x,y=bspline:n=5", "p.csv", "x,y", "bspline:n=5/bspline:n=5")]
    [InlineData("p.csv:x,y=bspline:n=5/fourier:n=3,from=0,to=1", "p.csv", "x,y", "bspline:n=5/fourier:n=3,from=0,to=1")]
    public void Smooth_Parse_ReadsFileSignalsAndBases(string text, string path, string signals, string bases)
    {
        SmoothArgument argument = SmoothArgument.Parse(text);
        Assert.Equal((path, signals, bases), (argument.Path, string.Join(',', argument.Signals), string.Join('/', argument.Bases)));
    }

    [Fact]
    public void Penalty_Parse_ReadsOneStrengthPerValue()
    {
        Penalty penalty = PenaltyArgument.Parse("x:y=smooth:1,10+smooth:2+smooth:0,5").Penalty;
        Assert.Equal(2, penalty.Smoothness);
        Assert.Equal([1, 15], penalty.MarginSmoothness);
        Assert.Throws<FormatException>(() => PenaltyArgument.Parse("x:y=smooth:1,10+smooth:1,2,3"));
        Assert.Throws<FormatException>(() => PenaltyArgument.Parse("x:y=smooth:1,-10"));
    }

    [Fact]
    public void RateShape_Parse_ReadsTheWidthOfBins()
    {
        Assert.Equal((double.PositiveInfinity, 0.25), (RateShapeSyntax.Parse("constant"), RateShapeSyntax.Parse("piecewise:250ms")));
        foreach (string text in (string[])["", "piecewise", "piecewise:", "piecewise:2", "piecewise:0s", "periodic:1s"])
            Assert.Throws<FormatException>(() => RateShapeSyntax.Parse(text));
    }

    [Fact]
    public void Observation_Parse_ReadsNamesAndLinks()
    {
        Assert.Same(ObservationModel.PoissonIdentity, ObservationSyntax.Parse("poisson:identity"));
        Assert.Same(ObservationModel.PoissonIdentity, ObservationSyntax.Parse("poisson", "identity", shape: null, floor: ObservationModel.PoissonIdentity.Floor));
        Assert.Same(ObservationModel.Poisson, ObservationSyntax.Parse("poisson"));
        Assert.Same(ObservationModel.PoissonSoftplus, ObservationSyntax.Parse("poisson:softplus"));
        Assert.Same(ObservationModel.Bernoulli, ObservationSyntax.Parse("bernoulli"));
        Assert.Same(ObservationModel.Bernoulli, ObservationSyntax.Parse("bernoulli:cloglog"));
        Assert.Same(ObservationModel.BernoulliLogit, ObservationSyntax.Parse("bernoulli:logit"));
        Assert.Same(ObservationModel.BernoulliProbit, ObservationSyntax.Parse("bernoulli:probit"));
        Assert.Same(ObservationModel.NegativeBinomial, ObservationSyntax.Parse("negative-binomial"));
        foreach (string nonsense in (string[])["", "gauss", "poisson:logit", "bernoulli:"])
            Assert.Contains("bernoulli:logit", Assert.Throws<FormatException>(() => ObservationSyntax.Parse(nonsense)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Observation_FieldsOfADocument_NeedAShapeWhereThereIsOne()
    {
        Assert.Same(ObservationModel.Bernoulli, ObservationSyntax.Parse("bernoulli", null, null));
        NegativeBinomialObservation law = Assert.IsType<NegativeBinomialObservation>(ObservationSyntax.Parse("negative-binomial", "log", 2.5));
        Assert.Equal((2.5, false), (law.Shape, law.IsShapeEstimated));
        Assert.Throws<FormatException>(() => ObservationSyntax.Parse("negative-binomial", "log", null));
        Assert.Throws<FormatException>(() => ObservationSyntax.Parse("negative-binomial", "log", -1));
        Assert.Throws<FormatException>(() => ObservationSyntax.Parse("poisson", "log", 2));
    }

    [Fact]
    public void Covariate_Parse_GroupsThePowersOfASignal()
    {
        CovariateArgument covariate = CovariateArgument.Parse("C:/data/position.csv:x^1,y,x^2,x^2");
        Assert.Equal("C:/data/position.csv", covariate.Path);
        Assert.Equal(["x", "y"], covariate.Powers.Select(entry => entry.Signal));
        Assert.Equal([1, 2], covariate.Powers[0].Powers);
        Assert.Equal([1], covariate.Powers[1].Powers);
    }

    [Theory]
    [InlineData("position.csv")]
    [InlineData(":x")]
    [InlineData("position.csv:")]
    [InlineData("position.csv:x,")]
    [InlineData("position.csv:x^")]
    [InlineData("position.csv:x^0")]
    [InlineData("position.csv:x^1.5")]
    [InlineData("position.csv:x^1^2")]
    public void Covariate_ParseNonsense_ShowsHowToWriteIt(string text) =>
        Assert.Contains("position.csv:value^1,value^2", Assert.Throws<FormatException>(() => CovariateArgument.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Coupling_Sources_AreAllOthersNoneOrThoseNamed()
    {
        Recording recording = Recording.FromFlat(new UnitTable(["a", "b", "c"]), [], [0, 0, 0, 0], TimeIntervals.Of(0, 1));
        Assert.Equal(["a", "c"], CouplingChoice.Parse("all").Sources(recording, "b"));
        Assert.Empty(CouplingChoice.Parse("none").Sources(recording, "b"));
        Assert.Equal(["c", "a"], CouplingChoice.Parse("c, a,c").Sources(recording, "b"));
        Assert.Throws<FormatException>(() => CouplingChoice.Parse("a,,c"));
    }

    [Theory]
    [InlineData("5Hz", 5)]
    [InlineData("5/s", 5)]
    [InlineData("2.5kHz", 2500)]
    [InlineData("0.1/ms", 100)]
    [InlineData("1e3 Hz", 1000)]
    public void Rate_Parse_ReadsNumberAndUnit(string text, double rate) => Assert.Equal(rate, RateSyntax.Positive(text), 1e-12);

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("Hz")]
    [InlineData("5ms")]
    [InlineData("5/min")]
    [InlineData("NaNHz")]
    [InlineData("1e308kHz")]
    public void Rate_ParseNonsense_ShowsHowToWriteIt(string text) =>
        Assert.Contains("5Hz, 5/s or 0.1/ms", Assert.Throws<FormatException>(() => RateSyntax.Positive(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Rate_Zero_NeedsNoUnitButMustBeAllowed()
    {
        Assert.Equal(0, RateSyntax.NotNegative("0"));
        Assert.Equal([5, 50], RateSyntax.Positives("5/s, 50Hz"));
        Assert.Throws<FormatException>(() => RateSyntax.Positive("0"));
        Assert.Throws<FormatException>(() => RateSyntax.Positives("5/s,"));
    }

    [Fact]
    public void Kernel_Parse_ReadsNamesAndNumbers()
    {
        Assert.Equal(1, Assert.IsType<ExponentialKernelChoice>(KernelChoice.Parse("exponential")).Count);
        Assert.Equal(3, Assert.IsType<ExponentialKernelChoice>(KernelChoice.Parse("sum-exponential:3")).Count);
        Assert.Equal([5, 50], Assert.IsType<ExponentialKernelChoice>(KernelChoice.Parse("sum-exponential:2").WithDecays([5, 50])).Decays);
    }

    [Fact]
    public void Distribution_EveryFamilyOfTheFits_IsKnown()
    {
        foreach (IntervalFamily family in IntervalFamily.All)
        {
            FormatException error = Assert.Throws<FormatException>(() => DistributionSyntax.Create(family.Name, new Dictionary<string, double>(StringComparer.Ordinal)));
            Assert.Contains("need the parameter", error.Message, StringComparison.Ordinal);
        }
    }
}
