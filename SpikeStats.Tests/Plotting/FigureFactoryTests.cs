using System.Numerics;
using SpikeStats.Plotting;

namespace SpikeStats.Tests.Plotting;

/// <summary>What the captions of the ready-made figures say, and which input they refuse.</summary>
public sealed class FigureFactoryTests
{
    [Theory]
    [InlineData("raster-units", "3 units; 4 spikes; window 0 to 2 s; first unit at the top.")]
    [InlineData("raster-trials", "2 trials; 4 spikes; window −0.25 to 0.75 s; first trial at the top.")]
    [InlineData("psth", "2 trials; bin 100 ms; window −0.2 to 0.2 s; band: 95 % confidence interval; seed 7.")]
    [InlineData("isi-linear", "10 intervals; bin 5 ms.")]
    [InlineData("isi-logarithmic", "16 intervals; 3 logarithmic bins.")]
    [InlineData("correlogram", "Bin 2 ms; window −3 to 3 ms; lag zero: left out.")]
    [InlineData("filter", "Band: estimate ± 1.96 standard errors of the log-gain.")]
    [InlineData("ks", "Bounds ± 1.36/√n; naive: n = 4, D = 0.450, p < 0.001; corrected: n = 4, D = 0.150, p = 0.800.")]
    [InlineData("autocorrelation", "3 lags; 1 outside the band of ± 0.1.")]
    [InlineData("intensity", "Unit 7; 3 spikes; window 0 to 2 s.")]
    [InlineData("transfer", "2 simulations; bars and band: ± 1.96 standard errors; largest residual |z| = 2.00.")]
    [InlineData("voltage-density", "Mass below the curve 0.950.")]
    [InlineData("voltage-trace", "1 spike; sampled at 100 Hz.")]
    [InlineData("voltage-density-map", "Dashed: threshold; dotted: reset.")]
    [InlineData("susceptibility", "")]
    [InlineData("resonance", "Best ratio at σ = 2 mV; largest gain at σ = 4 mV; dotted: beyond linear response.")]
    [InlineData("interval-density", "20 intervals; bin 10 ms.")]
    [InlineData("coupling", "3 targets × 3 sources; diagonal (self-coupling) in grey, not on this scale.")]
    public void Caption_Example_SaysWhatWasCounted(string name, string caption) =>
        Assert.Equal(caption, ExampleFigures.Small[name].Caption.Replace('\u00a0', ' '));

    [Fact]
    public void Caption_BinsOfDifferentWidth_SaysSo() =>
        Assert.Contains("Bins of variable width", PsthFigure.Of([0, 1, 3], [1, 2]).Caption, StringComparison.Ordinal);

    [Fact]
    public void Caption_ClippedBand_NamesTheFilter() =>
        Assert.Contains("goes on above the panel for h", ExampleFigures.Strained["filter of huge error"].Caption, StringComparison.Ordinal);

    [Fact]
    public void Susceptibility_PhaseBeyondHalfATurn_RunsOn()
    {
        // The last phase is 153.4° if it is taken alone; it goes on from -153.4° to -206.6°.
        string svg = ExampleFigures.Small["susceptibility"].ToSvg();
        Assert.Contains(">−200<", svg, StringComparison.Ordinal);
        Assert.DoesNotContain(">200<", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_LengthsThatDoNotFit_Throws()
    {
        Assert.Throws<ArgumentException>(() => PsthFigure.Of([0, 1], [1, 2]));
        Assert.Throws<ArgumentException>(() => PsthFigure.Of([0, 1], [1], [0], [1, 2]));
        Assert.Throws<ArgumentException>(() => IsiHistogramFigure.Of([0, 1], [1], isLogarithmic: true));
        Assert.Throws<ArgumentException>(() => CorrelogramFigure.Of([0, 1, 2, 3], [1, 2, 3], "count", [1, 2]));
        Assert.Throws<ArgumentException>(() => CorrelogramFigure.Of([0, 1], [1], " "));
        Assert.Throws<ArgumentException>(() => FilterFigure.Of([new FilterTerm("h", new double[2], new double[2], new double[1])]));
        Assert.Throws<ArgumentException>(() => KernelFigure.Of([new KernelTerm("k", new double[2], new double[2], new double[1])]));
        Assert.Throws<ArgumentException>(() => IntensityFigure.Of([new IntensityCurve("", new double[2], new double[3])], SpikeTrain.FromSorted(default, TimeIntervals.Empty)));
        Assert.Throws<ArgumentException>(() => TransferFigure.Of([new TransferCurve("", new double[2], new double[1])]));
        Assert.Throws<ArgumentException>(() => TransferFigure.Of(
            [new TransferCurve("", default, default) { Simulated = new TransferPoints(new double[1], new double[1], new double[2], new double[1]) }]));
        Assert.Throws<ArgumentException>(() => VoltageDensityFigure.Of(new double[2], new double[3], 1, 0));
        Assert.Throws<ArgumentException>(() => VoltageDensityFigure.Map(new Axis(""), new double[2], new double[2], new double[2, 1], 1, 0));
        Assert.Throws<ArgumentException>(() => SusceptibilityFigure.Of([new SusceptibilityCurve("", "", new double[2], new Complex[1])]));
        Assert.Throws<ArgumentException>(() => ResonanceFigure.Of(new double[2], new double[2], new double[1], default, default));
        Assert.Throws<ArgumentException>(() => ResonanceFigure.Of(new double[2], new double[2], new double[2], default, default, new bool[1]));
        Assert.Throws<ArgumentException>(() => IntervalDensityFigure.Of([0, 1], [1, 2], []));
        Assert.Throws<ArgumentException>(() => CouplingFigure.Of(new double[2, 2], ["a"], ["b", "c"]));
        Assert.Throws<ArgumentException>(() => CouplingFigure.Of(new double[1, 2], ["a"], ["b", "c"], separatesSelf: true));
    }
}
