using System.Text.Json;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Hawkes;
using SpikeStats.Loading;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Hawkes;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

/// <summary>Kernels, baselines, limits and links of <c>fit hawkes</c> beyond the plain sum of exponentials.</summary>
public sealed class FitHawkesKindsTests
{
    private static readonly string retina = Repository.PathOf("sample-data", "retina.csv");

    // What is read again must score the recording as the fit did, be judged by gof and be drawn from.
    [Theory]
    [InlineData("--kernel power-law:c=10ms,theta=1.2", typeof(HawkesModel))]
    [InlineData("--kernel piecewise:0,5ms,20ms,50ms", typeof(BasisHawkesModel))]
    [InlineData("--kernel basis:bspline:n=5,window=60ms", typeof(BasisHawkesModel))]
    [InlineData("--decay 50/s --baseline piecewise:30s,60s", typeof(HawkesModel))]
    [InlineData("--decay 50/s --baseline periodic:2s/4", typeof(HawkesModel))]
    [InlineData("--decay 50/s --spectral-radius-limit 0.99", typeof(HawkesModel))]
    [InlineData("--decay 50/s --link softplus:2Hz", typeof(SoftplusHawkesModel))]
    public async Task FitHawkes_DocumentOfAnyKind_IsReadJudgedAndSimulated(string options, Type kind)
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("fit.json"), spikes = folder.PathOf("spikes.csv");
        (await CommandRun.Of(["fit", "hawkes", retina, "--units", "on-1,off-1", "--window", "0s..100s", "--out", path, .. options.Split(' ')])).AssertDone();
        StoredModel stored = StoredModel.Read(path);
        Assert.IsType(kind, stored.Process);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        Recording recording = RecordingFile.Open(retina).Restrict(TimeIntervals.Of(0, 100));
        Assert.Equal(document.RootElement.Number("logLikelihood"), stored.Process.LogLikelihood(recording), 1e-5);
        Assert.Equal(document.RootElement.GetProperty("parameterCount").GetInt32(), stored.Process.ParameterCount);
        Assert.All(document.RootElement.GetProperty("baseline").Doubles(), level => Assert.True(double.IsFinite(level)));
        JsonElement gof = (await CommandRun.Of("gof", path, retina, "--window", "0s..100s", "--json")).AssertDone().Json;
        Assert.Equal(document.RootElement.Number("bitsPerSpike"), gof.Number("bitsPerSpike"), 1e-6);
        (await CommandRun.Of("simulate", "hawkes", path, "--duration", "5s", "--out", spikes)).AssertDone();
        Assert.True(File.Exists(spikes));
    }

    [Fact]
    public async Task FitHawkes_PowerLaw_HasTheShapeWithErrorsAndTheExponentialsOfTheModel()
    {
        using TemporaryFolder folder = new();
        HawkesModel truth = new PowerLawKernel(0.01, 1.2).Approximate(100).ToModel(["a"], [10], new[,] { { 0.5 } });
        string path = folder.PathOf("bursts.npy");
        NpyArray.Write(path, truth.Simulate(Recording.FromFlat(new UnitTable([]), [], [0], TimeIntervals.Of(0, 100)), seed: 5)[0].Times);
        JsonElement json = (await CommandRun.Of("fit", "hawkes", path, "--observed", "0s..100s", "--kernel", "power-law", "--json")).AssertDone().Json;
        Recording recording = RecordingFile.Open(path, new LoadOptions { Observed = TimeIntervals.Of(0, 100) });
        string unit = recording.Units.Ids[0];
        HawkesFit fit = new HawkesSpecification { Units = [unit], Kernel = HawkesKernel.FreePowerLaw() }.Fit(recording);
        Assert.Equal("power-law", json.GetProperty("kernel").GetString());
        Assert.False(json.GetProperty("decaysEstimated").GetBoolean());
        Assert.True(json.At("powerLaw", "isEstimated").GetBoolean());
        Assert.Equal((fit.Parameter("c").Estimate, fit.Parameter("theta").Estimate), (json.Number("powerLaw", "timeScale"), json.Number("powerLaw", "exponent")));
        Assert.Equal(
            (fit.Parameter("c").StandardError, fit.Parameter("theta").StandardError),
            (json.Number("powerLaw", "timeScaleStandardError"), json.Number("powerLaw", "exponentStandardError")));
        Assert.Equal(fit.Model.Decays, json.GetProperty("decays").Doubles());
        Assert.Equal(Enumerable.Range(0, fit.Model.Decays.Count).Select(u => fit.Model.Branching(0, 0, u)), json.GetProperty("adjacencyByDecay").EnumerateArray().Select(matrix => matrix[0][0].GetDouble()));
        StatisticalAssert.Close(fit.Parameter($"alpha[{unit}<-{unit}]").Estimate, json.GetProperty("adjacency")[0][0].GetDouble(), 1e-6);
    }

    [Fact]
    public async Task FitHawkes_Windows_AreThoseOfTheLibrary()
    {
        JsonElement json = (await CommandRun.Of("fit", "hawkes", retina, "--units", "on-1,off-1", "--kernel", "piecewise:0,5ms,20ms", "--json")).AssertDone().Json;
        BasisHawkesFit fit = new BasisHawkesSpecification { Units = ["on-1", "off-1"], Basis = new WindowBasis(0, 0.005, 0.02) }.Fit(RecordingFile.Open(retina));
        Assert.Equal("piecewise:2", json.GetProperty("kernel").GetString());
        Assert.Equal([0, 0.005, 0.02], json.At("basisKernels", "edges").Doubles());
        KernelFit kernel = fit.Kernel("on-1", "off-1");
        Assert.Equal(kernel.Weights, json.At("basisKernels", "weights")[0][1].Doubles());
        IEnumerable<double> errors = json.At("basisKernels", "weightStandardErrors")[1][1].EnumerateArray().Select(error => error.ValueKind == JsonValueKind.String ? double.NaN : error.GetDouble());
        Assert.Equal(fit.Kernel("off-1", "off-1").StandardErrors, errors);
        Assert.Equal(kernel.BranchingRatio, json.GetProperty("adjacency")[0][1].GetDouble(), 1e-14);
        Assert.Empty(json.GetProperty("decays").EnumerateArray());
    }

    [Fact]
    public async Task FitHawkes_BaselineInPieces_HasLevelsAndTheirMean()
    {
        JsonElement json = (await CommandRun.Of("fit", "hawkes", retina, "--units", "on-1", "--decay", "50/s", "--baseline", "piecewise:50s", "--json")).AssertDone().Json;
        HawkesFit fit = new HawkesSpecification { Units = ["on-1"], Kernel = HawkesKernel.Exponential(50), Baseline = HawkesBaseline.Piecewise(50) }.Fit(RecordingFile.Open(retina));
        HawkesParameter first = fit.Parameters[0], second = fit.Parameters[1];
        JsonElement pieces = json.GetProperty("baselinePieces");
        Assert.Equal([50], pieces.GetProperty("changes").Doubles());
        Assert.Equal([first.Estimate, second.Estimate], pieces.GetProperty("levels")[0].Doubles());
        Assert.Equal([first.StandardError, second.StandardError], pieces.GetProperty("levelStandardErrors")[0].Doubles());

        // A quarter of the 200 s is in the first piece.
        double[,] covariance = fit.Covariance();
        double variance = (0.0625 * covariance[0, 0]) + (2 * 0.1875 * covariance[0, 1]) + (0.5625 * covariance[1, 1]);
        Assert.Equal((0.25 * first.Estimate) + (0.75 * second.Estimate), json.GetProperty("baseline")[0].GetDouble(), 1e-12);
        Assert.Equal(Math.Sqrt(variance), json.GetProperty("baselineStandardErrors")[0].GetDouble(), 1e-12);
    }

    [Fact]
    public async Task FitHawkes_Limit_IsHeld()
    {
        JsonElement json = (await CommandRun.Of("fit", "hawkes", retina, "--units", "on-1", "--decay", "50/s", "--spectral-radius-limit", "0.1", "--json")).AssertDone().Json;
        Assert.Equal(0.1, json.Number("spectralRadius", "value"), 1e-6);
        Assert.Equal(0.1, json.Number("spectralRadiusLimit"));
        Assert.Contains("held at its limit", json.At("certificate", "message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FitHawkes_Softplus_HasCouplingsOfEitherSign()
    {
        JsonElement json = (await CommandRun.Of("fit", "hawkes", retina, "--units", "on-1,off-1", "--decay", "20/s,100/s", "--link", "softplus", "--json")).AssertDone().Json;
        SoftplusHawkesFit fit = new SoftplusHawkesSpecification { Units = ["on-1", "off-1"], Kernel = HawkesKernel.Exponentials(20, 100) }.Fit(RecordingFile.Open(retina));
        Assert.Equal(("softplus", 1), (json.GetProperty("link").GetString(), json.Number("softness")));
        Assert.Equal("NaN", json.GetProperty("branchingRatio").GetString());
        double slow = fit.Model.Branching(0, 1, 0), fast = fit.Model.Branching(0, 1, 1);
        Assert.Equal(slow + fast, json.GetProperty("adjacency")[0][1].GetDouble(), 1e-12);
        Assert.Equal(slow, json.GetProperty("adjacencyByDecay")[0][0][1].GetDouble());
        Assert.Contains(Enumerable.Range(0, 4), pair => fit.Model.Branching(pair / 2, pair % 2, 0) < 0 || fit.Model.Branching(pair / 2, pair % 2, 1) < 0);

        // on-1: baseline, two of on-1, two of off-1.
        double[,] covariance = fit.Covariance();
        double expected = Math.Sqrt(covariance[3, 3] + (2 * covariance[3, 4]) + covariance[4, 4]);
        Assert.Equal(expected, json.GetProperty("adjacencyStandardErrors")[0][1].GetDouble(), 1e-12);
    }

    [Theory]
    [InlineData("--kernel power-law:c=10ms,theta=1.2", "c and theta given", "power law")]
    [InlineData("--kernel piecewise:0,5ms,20ms", "weights estimated", "5 ms to 20 ms")]
    [InlineData("--decay 50/s --baseline periodic:2s/4", "which repeat every 2 s", "level (Hz)")]
    [InlineData("--decay 50/s --link softplus", "softplus of softness 1 Hz", "absolute couplings")]
    public async Task FitHawkes_TextAndFigure_ShowWhatIsParticular(string options, params string[] expected)
    {
        using TemporaryFolder folder = new();
        string figure = folder.PathOf("fit.svg");
        CommandRun run = (await CommandRun.Of(["fit", "hawkes", retina, "--units", "on-1,off-1", "--window", "0s..100s", "--out", figure, .. options.Split(' ')])).AssertDone();
        Assert.All(expected, text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
        Assert.Contains(options.Contains("softplus", StringComparison.Ordinal) ? "Added drive" : "Added rate", File.ReadAllText(figure), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--kernel power-law:c=10ms", "both its parameters")]
    [InlineData("--kernel power-law:c=10,theta=1", "10ms")]
    [InlineData("--kernel power-law:c=10ms,theta=-1", "'theta=-1'")]
    [InlineData("--kernel power-law:c=10ms,c=5ms", "given twice")]
    [InlineData("--kernel piecewise", "piecewise:0,5ms,20ms,50ms")]
    [InlineData("--kernel piecewise:5ms,0", "after the one before it")]
    [InlineData("--kernel basis:lags:20", "basis of bins")]
    [InlineData("--kernel basis:laguerre:n=5,tau=10ms,window=100ms", "basis of bins")]
    [InlineData("--kernel power-law --decay 5/s", "--decay")]
    [InlineData("--kernel power-law --baseline piecewise:10s", "leave out --baseline")]
    [InlineData("--kernel power-law --spectral-radius-limit 0.9", "leave out --spectral-radius-limit")]
    [InlineData("--kernel piecewise:0,5ms --baseline periodic:1s/8", "leave out --baseline")]
    [InlineData("--kernel piecewise:0,5ms --link softplus", "exponential kernels only")]
    [InlineData("--link softplus --baseline piecewise:10s", "leave out --baseline")]
    [InlineData("--link softplus --spectral-radius-limit 0.9", "leave out --spectral-radius-limit")]
    [InlineData("--link softplus:1", "5Hz")]
    [InlineData("--link log", "softplus:1Hz")]
    [InlineData("--baseline 5Hz", "piecewise:10s,20s")]
    [InlineData("--baseline piecewise:20s,10s", "ascend")]
    [InlineData("--baseline periodic:1s", "periodic:1s/8")]
    [InlineData("--baseline piecewise:900s", "no observed time")]
    [InlineData("--spectral-radius-limit 1", "between 0 and 1")]
    public async Task FitHawkes_ImpossibleCombination_IsRefused(string options, string fragment) =>
        (await CommandRun.Of(["fit", "hawkes", retina, "--units", "on-1", .. options.Split(' ')])).AssertRefused(ExitCode.Usage, fragment);
}
