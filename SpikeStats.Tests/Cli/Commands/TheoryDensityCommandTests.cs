using System.Text.Json;
using SpikeStats.Cli.Output;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Theory;
using SpikeStats.Tests.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Cli.Commands;

public sealed class TheoryDensityCommandTests
{
    private static readonly LeakyIntegrateAndFire neuron = new();
    private static readonly string[] input = ["theory", "density", "--mu", "12mV", "--sigma", "4mV"];

    [Fact]
    public async Task Step_Document_GoesFromOneSteadyStateToTheOther()
    {
        JsonElement document = (await CommandRun.Of([.. input, "--step", "10mV", "--at", "50ms", "--duration", "400ms", "--json"])).AssertDone().Json;
        Assert.Equal("spikestats.theory.density/1", document.GetProperty("schema").GetString());
        double[] rate = document.GetProperty("rate").Doubles(), means = document.GetProperty("mu").Doubles(), edges = document.GetProperty("voltageEdges").Doubles();
        Assert.Equal((4000, 1e-4), (rate.Length, document.Number("timeStep")));
        Assert.Equal((0.012, 0.012, 0.022), (means[0], means[499], means[500]));
        StatisticalAssert.Close(Siegert.Rate(neuron, new WhiteNoiseInput(0.012, 0.004)), rate[499], relative: 1e-3);
        StatisticalAssert.Close(Siegert.Rate(neuron, new WhiteNoiseInput(0.022, 0.004)), rate[^1], relative: 1e-3);
        Assert.Equal(neuron.Threshold, edges[^1]);
        Assert.InRange(document.Number("massError"), 0, 1e-12);
        Assert.Equal(120, document.GetProperty("density").GetArrayLength());
        foreach (JsonElement instant in document.GetProperty("density").EnumerateArray())
        {
            double[] values = instant.GetProperty("values").Doubles();
            double mass = values.Select((value, row) => value * (edges[row + 1] - edges[row])).Sum();
            Assert.Equal(1, mass + instant.Number("refractoryShare"), 1e-9);
        }
    }

    [Fact]
    public async Task Sine_Weak_ModulatesTheRateByTheSusceptibility()
    {
        const double Frequency = 20, Amplitude = 1e-4;
        JsonElement document = (await CommandRun.Of([.. input, "--amplitude", "0.1mV", "--frequency", "20Hz", "--duration", "500ms", "--cells", "800", "--json"])).AssertDone().Json;
        double[] rate = document.GetProperty("rate").Doubles();
        double real = 0, imaginary = 0, step = document.Number("timeStep");
        for (int n = rate.Length / 2; n < rate.Length; n++)
        {
            double angle = 2 * Math.PI * Frequency * (n + 0.5) * step;
            real += rate[n] * Math.Sin(angle) / (rate.Length / 4);
            imaginary += rate[n] * Math.Cos(angle) / (rate.Length / 4);
        }

        System.Numerics.Complex known = new LeakyTransfer(neuron).Susceptibility(new WhiteNoiseInput(0.012, 0.004), Frequency);
        StatisticalAssert.Close(Amplitude * known.Real, real, relative: 5e-3);
        StatisticalAssert.Close(Amplitude * known.Imaginary, imaginary, relative: 5e-3);
    }

    [Fact]
    public async Task FromReset_FirstSpikes_WaitForTheMembrane()
    {
        double[] rate = (await CommandRun.Of([.. input, "--from-reset", "--json"])).AssertDone().Json.GetProperty("rate").Doubles();
        Assert.InRange(rate[0], 0, 1e-9);
        StatisticalAssert.Close(Siegert.Rate(neuron, new WhiteNoiseInput(0.012, 0.004)), rate[^1], relative: 2e-2);
    }

    [Fact]
    public async Task Out_Svg_IsTheMapWithBothLinesAndTheRate()
    {
        using TemporaryFolder folder = new();
        string figure = folder.PathOf("density.svg");
        CommandRun run = (await CommandRun.Of([.. input, "--step", "10mV", "--out", figure])).AssertDone();
        Assert.Contains("mean voltage", run.Output, StringComparison.Ordinal);
        string svg = File.ReadAllText(figure);
        Assert.All((string[])["ashed: threshold", "dotted: reset", "Density (1/mV)", "Rate (spikes/s)", "Time (ms)"], text => Assert.Contains(text, svg, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--at 5ms", "Add --step")]
    [InlineData("--amplitude 1mV", "--frequency")]
    [InlineData("--frequency 5Hz", "--amplitude")]
    [InlineData("--duration 5", "duration without")]
    [InlineData("--cells 5", "20 cells")]
    [InlineData("--cells many", "whole number")]
    [InlineData("--reset 20mV", "below the threshold")]
    public async Task WrongUsage_AnyKind_IsRefused(string line, string fragment) => (await CommandRun.Of([.. input, .. line.Split(' ')])).AssertRefused(ExitCode.Usage, fragment);
}
