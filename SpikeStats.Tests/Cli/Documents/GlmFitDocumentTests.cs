using System.Text.Json;
using System.Text.Json.Nodes;
using SpikeStats.Cli.Documents;
using SpikeStats.Fitting.Decoding;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Fitting.Glm;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Documents;

public sealed class GlmFitDocumentTests
{
    private const int Bins = 1000;
    private static readonly Recording recording = Regression.Recording(Counts(), [Values(11), Values(13)]);
    private static readonly ValueBasis spline = ValueBasis.BSpline(5, 0, 1), circle = ValueBasis.CyclicBSpline(5, 0, 0.75);

    public static TheoryData<string, GlmTerm[]> Terms => new()
    {
        { "other kinds", [new HistoryTerm(new LagBasis(2)), new StimulusTerm("x0", new LagBasis(2)), new CovariateTerm("x0", 2)] },
        { "smooth", [new SmoothTerm("x0", spline)] },
        { "penalised", [new SmoothTerm("x0", spline) { Penalty = new Penalty { Ridge = 2 } }] },
        { "circle", [new SmoothTerm("x0", circle), new CovariateTerm("x1", 1)] },
        { "two", [new SmoothTerm("x0", new ValueBasis(new FourierBasis(5, 1), 0, 1)), new HistoryTerm(new LagBasis(2)), new SmoothTerm("x1", spline)] },
        { "tensor product", [new SmoothTerm(["x0", "x1"], [spline, circle]) { Penalty = new Penalty { MarginSmoothness = [1, 10] } }] },
        { "nonlinear", [new NonlinearStimulusTerm("x0", new LagBasis(2), spline), new SmoothTerm("x1", circle)] },
        { "never active", [new SmoothTerm("x0", ValueBasis.BSpline(6, 0, 3, order: 1))] },
    };

    [Theory]
    [MemberData(nameof(Terms))]
    public void Read_EveryKindOfTerm_GivesTheModelOfTheFit(string name, GlmTerm[] terms)
    {
        _ = name;
        foreach (EdgePolicy edge in (EdgePolicy[])[EdgePolicy.Drop, EdgePolicy.Zero])
        {
            GlmFit fit = new GlmSpecification { Target = "y", BinWidth = 1, Terms = terms, Edge = edge }.Fit(recording);
            GlmModel fromFit = Read(fit), fromModel = Assert.Single(RoundTrip(fit.Model).Models);
            foreach (GlmModel read in (GlmModel[])[fromFit, fromModel]) AssertSame(fit, read);
        }
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(0.01)]
    public void Read_IdentityLink_KeepsItsFloor(double floor)
    {
        GlmSpecification specification = new() { Target = "y", BinWidth = 1, Terms = [new SmoothTerm("x0", spline)], Observation = ObservationModel.PoissonIdentityOf(floor) };
        GlmFit fit = specification.Fit(recording);
        foreach (GlmModel read in (GlmModel[])[Read(fit), Assert.Single(RoundTrip(fit.Model).Models)])
        {
            Assert.Equal(floor, read.Observation.Floor);
            AssertSame(fit, read);
        }
    }

    [Fact]
    public void Read_EstimatedShape_CountsAsAParameter()
    {
        GlmFit fit = new GlmSpecification { Target = "y", BinWidth = 1, Terms = [new SmoothTerm("x0", spline)], Observation = ObservationModel.NegativeBinomialOf(2) }.Fit(recording);
        AssertSame(fit, Read(fit));
    }

    [Fact]
    public void Read_StimulusBesideASmoothEffect_DecodesAlike()
    {
        GlmFit fit = new GlmSpecification { Target = "y", BinWidth = 1, Terms = [new StimulusTerm("x0", new LagBasis(3)), new SmoothTerm("x1", spline)] }.Fit(recording);
        StimulusPosterior Decode(GlmModel model) => new StimulusReconstruction { Population = new GlmPopulation([model]), Signal = "x0" }.Reconstruct(recording);
        StimulusPosterior expected = Decode(fit.Model), actual = Decode(Read(fit));
        StatisticalAssert.Close(expected.Mean.ToArray(), actual.Mean.ToArray(), absolute: 1e-12);
        StatisticalAssert.Close(expected.StandardDeviations.ToArray(), actual.StandardDeviations.ToArray(), absolute: 1e-12);
    }

    [Fact]
    public void Effect_OfTheDocument_IsThatOfTheFit()
    {
        GlmFit fit = new GlmSpecification { Target = "y", BinWidth = 1, Terms = [new SmoothTerm("x0", spline), new NonlinearStimulusTerm("x1", new LagBasis(2), spline)] }.Fit(recording);
        GlmFitDocument document = Document(fit);
        EffectEntry curve = document.Terms[1].Effect!, map = document.Terms[2].Effect!;
        Assert.Null(document.Terms[0].Effect);
        Assert.Equal((1, 101, 2, 62), (curve.Axes.Count, curve.Values.Count, map.Axes.Count, map.Values.Count));

        // Two routes: the model's own predictor, less its mean over the bins.
        double[] point = new double[spline.FunctionCount], weights = [.. fit.Model.SmoothEffects[0].Coefficients];
        double At(double value)
        {
            spline.Evaluate(value, point);
            return point.Zip(weights, (function, weight) => function * weight).Sum();
        }

        double mean = Values(11).Average(At);
        Assert.Equal((0, 1), (curve.Grids[0][0], curve.Grids[0][^1]));
        for (int i = 0; i < 101; i++) StatisticalAssert.Close(At(curve.Grids[0][i]) - mean, curve.Values[i], absolute: 1e-12);
        Assert.Equal(fit.Effect("x0", [0.5]).StandardErrors[0], curve.StandardErrors[50]);
    }

    // Documents that only described the functions of a smooth term: without them it would be another model.
    [Fact]
    public void Read_SmoothTermWithoutFunctions_IsRefusedRatherThanDropped()
    {
        GlmFit fit = new GlmSpecification { Target = "y", BinWidth = 1, Terms = [new SmoothTerm("x0", spline)] }.Fit(recording);
        JsonNode document = JsonNode.Parse(Json(fit))!;
        document["terms"]![1]!["smoothEffect"] = null;
        InvalidDocumentException error = Assert.Throws<InvalidDocumentException>(() => Read(document.ToJsonString()));
        Assert.Contains("the document does not hold the functions of the term 'x0' (smooth)", error.Message, StringComparison.Ordinal);
    }

    private static void AssertSame(GlmFit fit, GlmModel read)
    {
        Assert.Equal((fit.Model.Edge, fit.Model.ParameterCount, fit.Model.MaxLag), (read.Edge, read.ParameterCount, read.MaxLag));
        Assert.Equal(fit.Model.Signals, read.Signals);
        StatisticalAssert.Close(fit.LogLikelihood, read.LogLikelihood(recording), relative: 1e-12);
        BinGrid grid = new(recording.Observed, 1);
        double[] expected = fit.Model.Intensity(recording, "y", grid), actual = read.Intensity(recording, "y", grid);
        for (int bin = 0; bin < Bins; bin++) Assert.True(expected[bin].Equals(actual[bin]), $"bin {bin}: {expected[bin]} and {actual[bin]}");
        Assert.Equal(fit.Model.Simulate(recording, seed: 5)["y"].Times.ToArray(), read.Simulate(recording, seed: 5)["y"].Times.ToArray());
        TimeRescalingResult expectedRescaling = TimeRescaling.Test(fit.Model, recording, "y"), rescaling = TimeRescaling.Test(read, recording, "y");
        Assert.Equal(expectedRescaling.KolmogorovSmirnov.Statistic, rescaling.KolmogorovSmirnov.Statistic);
    }

    private static GlmModel Read(GlmFit fit) => Read(Json(fit));

    private static GlmModel Read(string json)
    {
        using TemporaryFolder folder = new();
        return Assert.Single(GlmModelDocument.Read(folder.Write("fit.json", json)).Models);
    }

    private static GlmPopulation RoundTrip(GlmModel model)
    {
        using TemporaryFolder folder = new();
        using MemoryStream stream = new();
        GlmModelDocument.Of(new GlmPopulation([model])).Write(stream);
        return GlmModelDocument.Read(folder.Write("model.json", stream.ToArray()));
    }

    private static string Json(GlmFit fit) => JsonSerializer.Serialize(Document(fit), DocumentJson.Default.GlmFitDocument);

    private static GlmFitDocument Document(GlmFit fit) => GlmFitDocument.Of(fit, TimeRescaling.Test(fit.Model, recording, "y"), new GlmFitDocument.Seconds(0, 0, 0));

    private static double[] Values(ulong seed)
    {
        RandomStream random = new(seed);
        return [.. Enumerable.Range(0, Bins).Select(_ => random.NextDouble())];
    }

    private static int[] Counts()
    {
        RandomStream random = new(seed: 12);
        return [.. Enumerable.Range(0, Bins).Select(_ => random.NextDouble() < 0.3 ? 1 : 0)];
    }
}
