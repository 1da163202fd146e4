using SpikeStats.Cli.Documents;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Documents;

public sealed class GlmModelDocumentTests
{
    [Fact]
    public void Write_ThenRead_GivesTheSamePopulation()
    {
        GlmModel first = new()
        {
            Unit = "a",
            BinWidth = 0.1 / 3,
            Baseline = Math.PI,
            Observation = ObservationModel.Bernoulli,
            SpikeFilters = [new SpikeFilter("a", 1, [double.NegativeInfinity, -1.0 / 3]), new SpikeFilter("b", 2, [0.5])],
            SignalFilters = [new SignalFilter("light", 0, [1e-300, 1 / 7.0])],
        };
        ValueBasis basis = ValueBasis.CyclicBSpline(4, -Math.PI, Math.PI);
        GlmModel second = new()
        {
            Unit = "b",
            BinWidth = 0.1 / 3,
            Baseline = -2,
            Observation = ObservationModel.Bernoulli,
            Covariates = [new CovariateEffect("x", 2, -0.25)],
            SmoothEffects = [new SmoothEffect(["phase", "x"], new TensorProductBasis(basis, ValueBasis.BSpline(4, 0, 1 / 3.0)), [.. Enumerable.Range(0, 16).Select(k => 1.0 / (k - 7))])],
            NonlinearSignalFilters = [new NonlinearSignalFilter("light", 1, basis, new double[,] { { 1, 2, 3, 1 / 3.0 }, { 0, double.NegativeInfinity, 5, 6 } })],
            Edge = EdgePolicy.Zero,
            ParameterCount = 17,
        };
        using TemporaryFolder folder = new();
        using MemoryStream stream = new();
        GlmModelDocument.Of(new GlmPopulation([first, second])).Write(stream);
        GlmPopulation read = GlmModelDocument.Read(folder.Write("model.json", stream.ToArray()));
        Assert.Equal(["a", "b"], read.Units);
        AssertSame(first, read.Models[0]);
        AssertSame(second, read.Models[1]);
    }

    [Fact]
    public void Read_TruthOfTheRetina_IsAPopulationOfFour()
    {
        GlmPopulation retina = GlmModelDocument.Read(Repository.PathOf("sample-data", "retina-truth.json"));
        Assert.Equal(4, retina.Models.Count);
        Assert.All(retina.Models, model => Assert.Equal(4, model.SpikeFilters.Count));
        Assert.All(retina.Models, model => Assert.Equal("contrast", Assert.Single(model.SignalFilters).Signal));
    }

    [Fact]
    public void Of_DifferentObservationModels_Throws()
    {
        GlmModel poisson = new() { Unit = "a", BinWidth = 0.001, Baseline = 1 };
        Assert.Throws<ArgumentException>(() => GlmModelDocument.Of(new GlmPopulation([poisson, poisson with { Unit = "b", Observation = ObservationModel.Bernoulli }])));
    }

    [Theory]
    [InlineData("", "Remedy")]
    [InlineData("{", "Remedy")]
    [InlineData("[1]", "it states no schema")]
    [InlineData("{\"binWidth\":1}", "it states no schema")]
    [InlineData("{\"schema\":\"spikestats.info/1\"}", "its schema is 'spikestats.info/1'")]
    [InlineData("{\"schema\":\"spikestats.fit.glm/1\"}", "missing required properties")]
    [InlineData("{\"schema\":\"spikestats.model.glm/1\",\"observation\":\"poisson\",\"neurons\":[]}", "binWidth")]
    [InlineData("{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0,\"observation\":\"poisson\",\"neurons\":[]}", "binWidth must be positive")]
    [InlineData("{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0.001,\"observation\":\"gauss\",\"neurons\":[]}", "'gauss'")]
    [InlineData("{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0.001,\"observation\":\"poisson\",\"neurons\":[]}", "at least one model")]
    [InlineData("{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0.001,\"observation\":\"poisson\",\"neurons\":[{\"unit\":\"a\"}]}", "baseline")]
    [InlineData("{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0.001,\"observation\":\"poisson\",\"neurons\":[{\"unit\":\"a\",\"baseline\":\"much\"}]}", "baseline")]
    [InlineData("{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0.001,\"observation\":\"poisson\",\"neurons\":[{\"unit\":\"a\",\"baseline\":1},{\"unit\":\"a\",\"baseline\":1}]}", "same unit")]
    [InlineData("{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0.001,\"observation\":\"poisson\",\"neurons\":[{\"unit\":\"a\",\"baseline\":1,\"spikeFilters\":[{\"source\":\"a\",\"firstLag\":0,\"logGain\":[1]}]}]}", "firstLag 1 or more")]
    [InlineData("{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0.001,\"observation\":\"poisson\",\"neurons\":[{\"unit\":\"a\",\"baseline\":1,\"spikeFilters\":[{\"source\":\"a\",\"firstLag\":1}]}]}", "logGain")]
    [InlineData("{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0.001,\"observation\":\"poisson\",\"neurons\":[{\"unit\":\"a\",\"baseline\":1,\"smoothEffects\":[{\"signals\":[\"x\"],\"bases\":[\"bspline:n=4,from=0,to=1\"],\"coefficients\":[1,2,3]}]}]}", "4 functions, but 3 coefficients")]
    [InlineData("{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0.001,\"observation\":\"poisson\",\"neurons\":[{\"unit\":\"a\",\"baseline\":1,\"smoothEffects\":[{\"signals\":[\"x\",\"y\"],\"bases\":[\"bspline:n=4,from=0,to=1\"],\"coefficients\":[1,2,3,4]}]}]}", "2 signals needs as many bases, not 1")]
    [InlineData("{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0.001,\"observation\":\"poisson\",\"neurons\":[{\"unit\":\"a\",\"baseline\":1,\"smoothEffects\":[{\"signals\":[\"x\"],\"bases\":[\"bspline:n=4\"],\"coefficients\":[1,2,3,4]}]}]}", "'from'")]
    [InlineData("{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0.001,\"observation\":\"poisson\",\"neurons\":[{\"unit\":\"a\",\"baseline\":1,\"smoothEffects\":[{\"signals\":[\"x\"],\"bases\":[\"bspline:n=4,from=0,to=1\"],\"coefficients\":[1,2,3,\"NaN\"]}]}]}", "not a number")]
    [InlineData("{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0.001,\"observation\":\"poisson\",\"neurons\":[{\"unit\":\"a\",\"baseline\":1,\"smoothEffects\":[{\"signals\":[\"x\"],\"coefficients\":[1,2,3,4]}]}]}", "bases")]
    [InlineData("{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0.001,\"observation\":\"poisson\",\"neurons\":[{\"unit\":\"a\",\"baseline\":1,\"nonlinearFilters\":[{\"signal\":\"x\",\"firstLag\":-1,\"basis\":\"bspline:n=4,from=0,to=1\",\"gain\":[[1,2,3,4]]}]}]}", "firstLag 0 or more")]
    [InlineData("{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0.001,\"observation\":\"poisson\",\"neurons\":[{\"unit\":\"a\",\"baseline\":1,\"nonlinearFilters\":[{\"signal\":\"x\",\"firstLag\":0,\"basis\":\"bspline:n=4,from=0,to=1\",\"gain\":[[1,2,3]]}]}]}", "rows of 4 numbers")]
    [InlineData("{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0.001,\"observation\":\"poisson\",\"neurons\":[{\"unit\":\"a\",\"baseline\":1,\"nonlinearFilters\":[{\"signal\":\"x\",\"firstLag\":0,\"basis\":\"bspline:n=4,from=0,to=1\",\"gain\":[[1,2,3,\"NaN\"]]}]}]}", "not a number")]
    [InlineData("{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0.001,\"observation\":\"poisson\",\"neurons\":[{\"unit\":\"a\",\"baseline\":1,\"edge\":\"cut\"}]}", "'cut' is no edge policy")]
    [InlineData("{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0.001,\"observation\":\"poisson\",\"neurons\":[{\"unit\":\"a\",\"baseline\":1,\"parameterCount\":-1}]}", "parameterCount must not be negative")]
    [InlineData("{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0.001,\"observation\":\"poisson\",\"floor\":0.1,\"neurons\":[{\"unit\":\"a\",\"baseline\":1}]}", "no floor")]
    [InlineData("{\"schema\":\"spikestats.model.glm/1\",\"binWidth\":0.001,\"observation\":\"poisson\",\"link\":\"identity\",\"floor\":-0.1,\"neurons\":[{\"unit\":\"a\",\"baseline\":1}]}", "floor must be positive")]
    public void Read_AnythingElse_SaysWhatIsWrong(string text, string fragment)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("model.json", text);
        InvalidDocumentException error = Assert.Throws<InvalidDocumentException>(() => GlmModelDocument.Read(path));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(fragment, error.Message, StringComparison.Ordinal);
        Assert.Contains("spikestats fit glm", error.Message, StringComparison.Ordinal);
    }

    private static void AssertSame(GlmModel expected, GlmModel actual)
    {
        Assert.Equal((expected.Edge, expected.ParameterCount), (actual.Edge, actual.ParameterCount));
        Assert.Equal(expected.Signals, actual.Signals);
        Assert.Equal(expected.SmoothEffects.Select(effect => effect.Basis.Description), actual.SmoothEffects.Select(effect => effect.Basis.Description));
        Assert.Equal(expected.SmoothEffects.SelectMany(effect => effect.Coefficients), actual.SmoothEffects.SelectMany(effect => effect.Coefficients));
        Assert.Equal(expected.NonlinearSignalFilters.Select(filter => (filter.FirstLag, filter.Basis.Description)), actual.NonlinearSignalFilters.Select(filter => (filter.FirstLag, filter.Basis.Description)));
        Assert.Equal(expected.NonlinearSignalFilters.SelectMany(filter => filter.Gain.Cast<double>()), actual.NonlinearSignalFilters.SelectMany(filter => filter.Gain.Cast<double>()));
        Assert.Equal((expected.Unit, expected.BinWidth, expected.Baseline), (actual.Unit, actual.BinWidth, actual.Baseline));
        Assert.Same(expected.Observation, actual.Observation);
        Assert.Equal(expected.Covariates, actual.Covariates);
        Assert.Equal(expected.SpikeFilters.Select(filter => (filter.Source, filter.FirstLag)), actual.SpikeFilters.Select(filter => (filter.Source, filter.FirstLag)));
        Assert.Equal(expected.SpikeFilters.SelectMany(filter => filter.LogGain), actual.SpikeFilters.SelectMany(filter => filter.LogGain));
        Assert.Equal(expected.SignalFilters.Select(filter => (filter.Signal, filter.FirstLag)), actual.SignalFilters.Select(filter => (filter.Signal, filter.FirstLag)));
        Assert.Equal(expected.SignalFilters.SelectMany(filter => filter.Gain), actual.SignalFilters.SelectMany(filter => filter.Gain));
    }
}
