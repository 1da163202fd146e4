using System.Text.Json;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.IntegrateAndFire;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Loading;
using SpikeStats.Models.Neurons;
using SpikeStats.Tests.Fitting.IntegrateAndFire;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

public sealed class FitLifCommandTests
{
    private static readonly string neuro = Repository.PathOf("sample-data", "neuro.csv");

    [Fact]
    public async Task Fit_Json_IsTheFitOfTheLibrary()
    {
        JsonElement json = (await CommandRun.Of("fit", "lif", neuro, "--target", "neuro", "--threshold", "15mV", "--reset", "0", "--json")).AssertDone().Json;

        RenewalFit fit = new RenewalSpecification
        {
            Target = "neuro",
            Family = new LeakyPassageFamily { Neuron = new LeakyIntegrateAndFire { Threshold = 15e-3, Reset = 0, RefractoryPeriod = 0 } },
        }.Fit(RecordingFile.Open(neuro));
        Assert.Equal("spikestats.fit.lif/1", json.GetProperty("schema").GetString());
        Assert.Equal(fit.LogLikelihood, json.Number("fit", "logLikelihood"));
        Assert.Equal(fit.Parameters.Select(parameter => parameter.Value), json.At("fit", "parameters").EnumerateArray().Select(parameter => parameter.Number("value")));
        Assert.Equal((15e-3 - fit.Parameters[0].Value) / fit.Parameters[1].Value, json.Number("scaledThreshold"));
        Assert.Equal(1 / fit.Model.Intervals.Mean, json.Number("rate"));
    }

    [Fact]
    public async Task Fit_Text_SaysWhatCannotBeIdentified()
    {
        CommandRun run = (await CommandRun.Of("fit", "lif", neuro, "--target", "neuro")).AssertDone();
        Assert.Contains("only these two numbers", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fit_TimeConstantEstimated_IsTheFitOfTheLibraryAndDrawsIt()
    {
        using TemporaryFolder folder = new();
        string figure = folder.PathOf("lif.svg");

        JsonElement json = (await CommandRun.Of("fit", "lif", neuro, "--target", "neuro", "--estimate", "time-constant", "--json", "--out", figure)).AssertDone().Json;

        LeakyPassageFamily family = new() { Neuron = new LeakyIntegrateAndFire { RefractoryPeriod = 0 }, EstimatesTimeConstant = true };
        RenewalFit fit = new RenewalSpecification { Target = "neuro", Family = family }.Fit(RecordingFile.Open(neuro));
        Assert.Equal(fit.Parameters.Select(parameter => parameter.Value), json.At("fit", "parameters").EnumerateArray().Select(parameter => parameter.Number("value")));
        Assert.StartsWith("<svg", (await File.ReadAllTextAsync(figure)).TrimStart(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fit_ImpossibleRequest_IsRefused()
    {
        (await CommandRun.Of("fit", "lif", neuro, "--target", "neuro", "--reset", "30mV")).AssertRefused(ExitCode.Usage, "below the threshold");
        (await CommandRun.Of("fit", "lif", neuro, "--target", "neuro", "--reset", "10")).AssertRefused(ExitCode.Usage, "is no voltage");
        (await CommandRun.Of("fit", "lif", neuro, "--target", "neuro", "--estimate", "threshold")).AssertRefused(ExitCode.Usage, "cannot be estimated");
        (await CommandRun.Of("fit", "lif", neuro, "--target", "neuro", "--estimate", "time-constant", "--tau", "10ms")).AssertRefused(ExitCode.Usage, "either given or estimated");
        (await CommandRun.Of("fit", "lif", neuro, "--target", "neuro", "--refractory", "100ms")).AssertRefused(ExitCode.InvalidInput, "refractory");
    }

    [Fact]
    public async Task Fit_Input_IsTheFitOfTheLibrary()
    {
        using TemporaryFolder folder = new();
        LeakyIntegrateAndFire cell = new();
        Recording recording = DrivenBridgedNeuron.Train(cell, 14e-3, 4e-3, 4e-3, time => Math.Sin(2 * Math.PI * 5 * time), 5, seed: 9);
        string spikes = folder.PathOf("spikes.csv"), drive = folder.PathOf("drive.csv"), figure = folder.PathOf("ks.svg");
        await File.WriteAllLinesAsync(spikes, ["# observed: 0s..5s", "time,unit", .. recording["a"].Times.ToArray().Select(time => FormattableString.Invariant($"{time:R},a"))]);
        SampledSignal signal = recording.Signal("drive");
        await File.WriteAllLinesAsync(drive, ["time,current", .. Enumerable.Range(0, signal.Count).Select(i => FormattableString.Invariant($"{signal.TimeAt(i):R},{signal.Values[i]:R}"))]);

        JsonElement json = (await CommandRun.Of("fit", "lif", spikes, "--target", "a", "--refractory", "2ms", "--input", $"{drive}:current", "--json", "--out", figure)).AssertDone().Json;
        CommandRun text = (await CommandRun.Of("fit", "lif", spikes, "--target", "a", "--refractory", "2ms", "--input", $"{drive}:current")).AssertDone();

        DrivenLeakyFit fit = new DrivenLeakySpecification { Target = "a", Signal = "drive", Neuron = cell }.Fit(recording);
        Assert.Equal(fit.LogLikelihood, json.Number("fit", "logLikelihood"), 1e-6);
        Assert.Equal(["mean", "gain", "sigma"], json.At("fit", "parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()));
        StatisticalAssert.Close([.. fit.Parameters.Select(parameter => parameter.Value)], [.. json.At("fit", "parameters").EnumerateArray().Select(parameter => parameter.Number("value"))], relative: 1e-6);
        Assert.Equal("current", json.At("input", "signal").GetString());
        Assert.Contains("gain/sigma", text.Output, StringComparison.Ordinal);
        Assert.StartsWith("<svg", (await File.ReadAllTextAsync(figure)).TrimStart(), StringComparison.Ordinal);
        (await CommandRun.Of("fit", "lif", spikes, "--target", "a", "--input", drive)).AssertRefused(ExitCode.Usage, "names no signal");
        (await CommandRun.Of("fit", "lif", spikes, "--target", "a", "--input", $"{drive}:current", "--estimate", "refractory")).AssertRefused(ExitCode.Usage, "leave out --estimate");
    }

    [Fact]
    public void ModelSyntax_Lif_IsOneOfTheModels() => Assert.Equal(["lif", "lif:time-constant", "poisson"], ModelSyntax.Parse("lif,lif:time-constant,poisson").Select(choice => choice.Name));

    [Theory]
    [InlineData("20mV", 20e-3)]
    [InlineData("-0.07V", -0.07)]
    [InlineData("500uV", 500e-6)]
    [InlineData("0", 0)]
    public void VoltageSyntax_NumberAndUnit_IsVolts(string text, double volts) => Assert.Equal(volts, VoltageSyntax.Parse(text));
}
