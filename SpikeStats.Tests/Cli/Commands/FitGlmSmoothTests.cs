using System.Globalization;
using System.Text.Json;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.ModelSelection;
using SpikeStats.Loading;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

/// <summary><c>fit glm --smooth</c> against the library, and its documents as models.</summary>
public sealed class FitGlmSmoothTests : IDisposable
{
    private const double BinWidth = 0.02, SamplingRate = 25, Duration = 80;
    private readonly TemporaryFolder folder = new();
    private readonly string spikes, position;

    public FitGlmSmoothTests()
    {
        (double[] x, double[] direction) = (Walk(1), Walk(2));
        for (int i = 0; i < x.Length; i++) (x[i], direction[i]) = (100 * x[i], (900 * direction[i]) % 360);
        position = folder.Write("position.csv", "time_s,x,direction,speed\n" + string.Concat(x.Select((value, i) => Row($"{i / SamplingRate},{value:R},{direction[i]:R},7"))));
        Recording conditions = Recording.FromFlat(new UnitTable([]), [], [0], TimeIntervals.Of(0, Duration)).WithSignals(SignalFile.Open(position));
        SmoothEffect place = new(["x"], new TensorProductBasis(ValueBasis.BSpline(5, 0, 100)), [-1, 0, 2, 0, -1]);
        GlmModel cell = new() { Unit = "a", BinWidth = BinWidth, Baseline = 1.5, SmoothEffects = [place] };
        Recording drawn = new GlmPopulation([cell, cell with { Unit = "b", Baseline = 2 }]).Simulate(conditions, seed: 3);
        spikes = folder.Write("spikes.csv", $"# observed: 0s..{Duration}s\nunit,time\n" + string.Concat(drawn.Trains.SelectMany(train => train.Times.ToArray().Select(time => Row($"{train.Unit},{time:R}")))));
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Smooth_Curve_IsTheFitOfTheLibraryAndItsDocumentAModel()
    {
        string output = folder.PathOf("fit.json");
        JsonElement json = (await Fit($"{position}:x=bspline:n=6", "--history-basis", "lags:2", "--edge", "zero", "--json", "--out", output)).AssertDone().Json;
        SmoothTerm term = new("x", ValueBasis.BSpline(6, SignalOf("x").Values.ToArray().Min(), SignalOf("x").Values.ToArray().Max()));
        GlmFit fit = (Specification(new HistoryTerm(new LagBasis(2)), term) with { Edge = EdgePolicy.Zero }).Fit(Open());
        JsonElement entry = json.GetProperty("terms")[2];
        Assert.Equal(("x", "smooth", term.Basis.Description), (entry.GetProperty("name").GetString(), entry.GetProperty("kind").GetString(), entry.GetProperty("basis").GetString()));
        Assert.Equal(fit.Term("x").Coefficients, entry.GetProperty("coefficients").Doubles());
        Assert.Equal(fit.Effect("x").Values, entry.GetProperty("effect").GetProperty("values").Doubles());
        Assert.Equal(fit.EffectiveDegreesOfFreedom, json.Number("effectiveDegreesOfFreedom"));

        JsonElement gof = (await CommandRun.Of("gof", output, spikes, "--stimulus", position, "--json")).AssertDone().Json;
        StatisticalAssert.Close(json.Number("logLikelihood"), gof.Number("logLikelihood"), relative: 1e-12);
        StatisticalAssert.Close(json.Number("bitsPerSpike"), gof.Number("bitsPerSpike"), relative: 1e-12);
        Assert.Equal(json.Number("goodnessOfFit", "ksStatistic"), gof.GetProperty("units")[0].Number("goodnessOfFit", "ksStatistic"));

        JsonElement drawn = (await CommandRun.Of("simulate", "glm", output, "--duration", "80s", "--seed", "4", "--stimulus", position, "--json")).AssertDone().Json;
        Recording conditions = Recording.FromFlat(new UnitTable([]), [], [0], TimeIntervals.Of(0, Duration)).WithSignals(SignalFile.Open(position));
        Assert.Equal(fit.Model.Simulate(conditions, seed: 4)["a"].Times.ToArray(), drawn.GetProperty("units")[0].GetProperty("spikeTimes").Doubles());
        (await CommandRun.Of("simulate", "glm", output)).AssertRefused(ExitCode.Usage, "'x'", "--stimulus FILE");
    }

    [Fact]
    public async Task Smooth_TensorProductWithACircle_IsTheFitOfTheLibrary()
    {
        string output = folder.PathOf("fit.json");
        JsonElement json = (await Fit($"{position}:x,direction=bspline:n=5,from=0,to=100/cyclic-bspline:n=5,from=0,to=360", "--penalty", "x:direction=smooth:1,10+ridge:0.5", "--json", "--out", output)).AssertDone().Json;
        SmoothTerm term = new(["x", "direction"], [ValueBasis.BSpline(5, 0, 100), ValueBasis.CyclicBSpline(5, 0, 360)]) { Penalty = new Penalty { MarginSmoothness = [1, 10], Ridge = 0.5 } };
        GlmFit fit = Specification(term).Fit(Open());
        JsonElement entry = json.GetProperty("terms")[1];
        Assert.Equal(fit.Term(term.Name).Coefficients, entry.GetProperty("coefficients").Doubles());
        Assert.Equal([1, 10], entry.At("penalty", "marginSmoothness").Doubles());
        Assert.Equal(31 * 31, entry.At("effect", "values").GetArrayLength());
        JsonElement gof = (await CommandRun.Of("gof", output, spikes, "--stimulus", position, "--json")).AssertDone().Json;
        StatisticalAssert.Close(json.Number("logLikelihood"), gof.Number("logLikelihood"), relative: 1e-12);
    }

    [Fact]
    public async Task Strength_Relevance_IsThatOfTheLibraryTermByTerm()
    {
        string[] options = ["--smooth", $"{position}:direction=cyclic-bspline:n=6,from=0,to=360", "--penalty", "smooth=smooth:1", "--strength", "relevance"];
        JsonElement json = (await Fit([$"{position}:x=bspline:n=8,from=0,to=100", .. options, "--json"])).AssertDone().Json;
        Penalty smooth = new() { Smoothness = 1 };
        RelevanceResult expected = RelevanceDetermination.Estimate(
            Specification(new SmoothTerm("x", ValueBasis.BSpline(8, 0, 100)) { Penalty = smooth }, new SmoothTerm("direction", ValueBasis.CyclicBSpline(6, 0, 360)) { Penalty = smooth }), Open());
        JsonElement relevance = json.GetProperty("relevance");
        Assert.True(relevance.GetProperty("isConverged").GetBoolean());
        Assert.Equal(expected.Terms.Select(term => term.Factor), relevance.GetProperty("terms").EnumerateArray().Select(term => term.Number("factor")));
        Assert.Equal(expected.Terms.Select(term => term.DegreesOfFreedom), relevance.GetProperty("terms").EnumerateArray().Select(term => term.Number("degreesOfFreedom")));
        StatisticalAssert.Close(expected.Fit.LogLikelihood, json.Number("logLikelihood"), relative: 1e-12);
        Assert.Equal(expected.Terms[0].Factor, json.GetProperty("terms")[1].Number("penalty", "smoothness"), 1e-9);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("strength").ValueKind);

        CommandRun text = (await Fit([$"{position}:x=bspline:n=8,from=0,to=100", .. options])).AssertDone();
        Assert.All((string[])["times the stated", "degrees of freedom", "Log evidence", "2 penalties were found"], part => Assert.Contains(part, text.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Observation_Identity_IsTheFitOfTheLibrary()
    {
        string output = folder.PathOf("fit.json");
        JsonElement json = (await Fit($"{position}:x=bspline:n=4,from=0,to=100", "--observation", "poisson:identity", "--json", "--out", output)).AssertDone().Json;
        GlmFit fit = (Specification(new SmoothTerm("x", ValueBasis.BSpline(4, 0, 100))) with { Observation = ObservationModel.PoissonIdentity }).Fit(Open());
        Assert.Equal(("poisson", "identity", 1e-6), (json.GetProperty("observation").GetString(), json.GetProperty("link").GetString(), json.Number("floor")));
        Assert.Equal(fit.LogLikelihood, json.Number("logLikelihood"));
        JsonElement gof = (await CommandRun.Of("gof", output, spikes, "--stimulus", position, "--json")).AssertDone().Json;
        StatisticalAssert.Close(json.Number("logLikelihood"), gof.Number("logLikelihood"), relative: 1e-12);
    }

    [Fact]
    public async Task Smooth_AllTargets_AreFittedAndReadBack()
    {
        string output = folder.PathOf("population.json");
        string[] all = ["--target", "all", "--coupling", "all", "--coupling-basis", "lags:2", "--bin", "20ms", "--smooth", $"{position}:x=bspline:n=5,from=0,to=100"];
        JsonElement json = (await CommandRun.Of(["fit", "glm", spikes, .. all, "--json", "--out", output])).AssertDone().Json;
        JsonElement gof = (await CommandRun.Of("gof", output, spikes, "--stimulus", position, "--json")).AssertDone().Json;
        StatisticalAssert.Close(json.Number("logLikelihood"), gof.Number("logLikelihood"), relative: 1e-11);
        (await CommandRun.Of(["fit", "glm", spikes, .. all, "--strength", "evidence"])).AssertRefused(ExitCode.Usage, "--strength", "single target");
    }

    [Fact]
    public async Task Out_Svg_ShowsCurvesMapsFiltersAndTheTest()
    {
        string figure = folder.PathOf("fit.svg"), page = folder.PathOf("report.html");
        (await Fit($"{position}:x,direction=bspline:n=5", "--penalty", "smooth=smooth:1", "--history-basis", "lags:3", "--out", figure)).AssertDone();
        string drawing = File.ReadAllText(figure);
        Assert.StartsWith("<svg", drawing, StringComparison.Ordinal);
        Assert.All((string[])["Effect of x and direction", "Post-spike filter", "Kolmogorov-Smirnov plot"], part => Assert.Contains(part, drawing, StringComparison.Ordinal));

        (await CommandRun.Of("report", spikes, "--bin", "20ms", "--smooth", $"{position}:x", "--out", page)).AssertDone();
        string report = File.ReadAllText(page);
        Assert.All((string[])["Effect of x", "smooth effect of x (9 coefficients)"], part => Assert.Contains(part, report, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{0}", "no smooth effect")]
    [InlineData("{0}:nothing", "no signal 'nothing'")]
    [InlineData("{0}:x,x", "each signal once")]
    [InlineData("{0}:x=bspline:n=5/bspline:n=6", "2 bases for one signal")]
    [InlineData("{0}:x=lags:3", "no basis of a value")]
    [InlineData("{0}:x=bspline:n=2", "must be greater than or equal to '4'")]
    [InlineData("{0}:direction=cyclic-bspline:n=6", "from=0,to=360")]
    [InlineData("{0}:x --covariate {0}:x^1", "Two terms act on the value of 'x'")]
    [InlineData("{0}:x --penalty x=smooth:1,2", "2 strengths")]
    [InlineData("{0}:x --penalty y=smooth:1", "the terms are x")]
    [InlineData("{0}:x --strength relevance", "--penalty")]
    [InlineData("{0}:x --penalty x=lasso:1 --strength relevance", "--strength cv")]
    [InlineData("{0}:x --observation poisson:cloglog", "poisson:identity")]
    public async Task Smooth_ImpossibleRequest_IsAnErrorOfUsage(string line, string fragment) =>
        (await Fit([.. string.Format(CultureInfo.InvariantCulture, line, position).Split(' ')])).AssertRefused(ExitCode.Usage, fragment);

    [Fact]
    public async Task Smooth_ImpossibleSignal_IsInvalidInput()
    {
        (await Fit($"{position}:speed")).AssertRefused(ExitCode.InvalidInput, position, "signal speed is 7 throughout", "Remedy:");
        (await Fit($"{position}:x=bspline:n=5,from=40,to=60")).AssertRefused(ExitCode.InvalidInput, "outside the range from 40 to 60", "widen the range");
        (await Fit($"{folder.PathOf("none.csv")}:x")).AssertRefused(ExitCode.InvalidInput, "none.csv");
        string gaps = folder.Write("gaps.csv", "time_s,x\n0,1\n40,NaN\n79.9,3\n");
        (await Fit($"{gaps}:x", "--on-nan", "drop")).AssertDone();
        (await Fit($"{gaps}:x")).AssertRefused(ExitCode.InvalidInput, "gaps.csv");
    }

    [Fact]
    public async Task Gof_BeyondTheRangeOfTheBasis_IsInvalidInput()
    {
        string output = folder.PathOf("fit.json"), far = folder.Write("far.csv", "time_s,x\n0,1\n40,500\n79.9,3\n80.5,3\n");
        (await Fit($"{position}:x", "--out", output)).AssertDone();
        (await CommandRun.Of("gof", output, spikes, "--stimulus", far)).AssertRefused(ExitCode.InvalidInput, "outside the range", "widen the range");
    }

    private Task<CommandRun> Fit(params string[] smooth) => CommandRun.Of(["fit", "glm", spikes, "--target", "a", "--bin", "20ms", "--smooth", .. smooth]);

    private Recording Open() => RecordingFile.Open(spikes).WithSignals(SignalFile.Open(position));

    private SampledSignal SignalOf(string name) => SignalFile.Open(position).Single(signal => signal.Name == name);

    private static GlmSpecification Specification(params GlmTerm[] terms) => new() { Target = "a", BinWidth = BinWidth, Terms = terms };

    // From 0 to 1 and back, with pauses and turns.
    private static double[] Walk(ulong seed)
    {
        RandomStream random = new(seed);
        double place = 0.5, speed = 0;
        double[] path = new double[(int)(Duration * SamplingRate) + 1];
        for (int i = 0; i < path.Length; i++)
        {
            speed = (0.9 * speed) + (0.02 * random.NextGaussian());
            place += speed;
            path[i] = 0.5 - (0.5 * Math.Cos(Math.PI * place));
        }

        return path;
    }

    private static string Row(FormattableString values) => FormattableString.Invariant(values) + "\n";
}
