using System.Numerics;
using SpikeStats.Plotting;
using SpikeStats.Plotting.Layers;

namespace SpikeStats.Tests.Plotting;

/// <summary>One small instance of each kind of figure, and instances that strain the layout. All numbers are written out or rational functions.</summary>
internal static class ExampleFigures
{
    private const string LongText = "Conditional intensity of the target unit relative to its mean rate in the whole session (dimensionless)";

    /// <summary>The figures whose text is approved.</summary>
    public static IReadOnlyDictionary<string, Figure> Small { get; } = new SortedDictionary<string, Figure>(StringComparer.Ordinal)
    {
        ["raster-units"] = RasterFigure.Of(Recording.FromTrains([Train("a", 0.1, 0.45, 1.9), Train("b"), Train("c & d", 1.75)])),
        ["raster-trials"] = RasterFigure.OfTrials(
            Train("a", 0.25, 0.5, 1.5, 1.9),
            [new Trial("1", new TimeInterval(0, 1), 0.25), new Trial("2", new TimeInterval(1, 2), 1.25)],
            options: new FigureOptions { Title = "Two trials", Size = FigureSize.Small }),
        ["psth"] = PsthFigure.Of(
            [-0.2, -0.1, 0, 0.1, 0.2], [5, 7.5, 40, 20], [1, 3, 30, 12], [9, 12, 50, 28],
            [Train("1", 0.05, 0.1).Shift(-0.01), Train("2", 0.07)], options: new FigureOptions { Title = "Response", Seed = 7 }),
        ["isi-linear"] = IsiHistogramFigure.Of([0, 0.005, 0.01, 0.015], [2, 7, 1], 0.7249, 0.002),
        ["isi-logarithmic"] = IsiHistogramFigure.Of([0.001, 0.01, 0.1, 1], [3, 9, 4], isLogarithmic: true),
        ["correlogram"] = CorrelogramFigure.Of(
            [-0.003, -0.001, 0.001, 0.003], [12, double.NaN, 19], "Coincidences (count)", [14], [8], [20], "left out"),
        ["filter"] = FilterFigure.Of(
        [
            new FilterTerm(
                "history", new[] { 0.001, 0.002, 0.003, 0.004 }, new[] { double.NegativeInfinity, -2, 0.5, 0.1 }, new[] { 0, 0.5, 0.25, 0.1 }),
        ]),
        ["kernel"] = KernelFigure.Of(
        [
            new KernelTerm("a → b", new[] { 0, 0.002, 0.01, 0.03 }, new[] { 0, 8.0, 2 }, new[] { double.NaN, 1.5, 1.25 }),
            new KernelTerm("b → b", new[] { 0, 0.01, 0.02, 0.03 }, new[] { 1, 4.0, 2, 0.5 }, new[] { 1, 0.5, 0.5, 0.25 }),
        ]),
        ["ks"] = KsFigure.Compare([new KsCurve("naive", new[] { 0.1, 0.3, 0.2, 0.55 }, 0.0001), new KsCurve("corrected", new[] { 0.1, 0.4, 0.6, 0.9 }, 0.8)]),
        ["autocorrelation"] = AutocorrelationFigure.Of([-0.2, 0.05, 0.01], 0.1),
        ["intensity"] = IntensityFigure.Of(
            [new IntensityCurve("GLM", new[] { 0, 0.5, 1, 1.5, 2 }, new[] { 4, 12, double.NaN, 6, 5 })], Train("7", 0.45, 0.55, 1.6)),
        ["coupling"] = CouplingFigure.Of(new[,] { { 9, 0.5, -0.25 }, { -1, 9, 0 }, { 0.1, double.NaN, 9 } }, ["a", "b", "c"], ["a", "b", "c"], separatesSelf: true, groupEnds: [2]),
        ["transfer"] = TransferFigure.Of(
        [
            new TransferCurve("no noise", new[] { 0, 0.02, 0.021, 0.03 }, new[] { 0, 0, 20.0, 60 }) { Style = LineStyle.Dashed },
            new TransferCurve("noise", new[] { 0, 0.01, 0.02, 0.03 }, new[] { 0, 1.0, 25, 65 })
            {
                Simulated = new TransferPoints(new[] { 0.01, 0.02 }, new[] { 1.5, 24.0 }, new[] { 0.25, 0.5 }, new[] { 1.0, 25 }),
            },
        ]),
        ["voltage-density"] = VoltageDensityFigure.Of([0, 0.005, 0.01, 0.015, 0.02], [0, 20.0, 80, 90, 0], 0.02, 0.01, new FigureOptions { Title = "Density" }),
        ["voltage-trace"] = VoltageTraceFigure.Of(
            SampledSignal.Regular("voltage", new[] { -0.07, -0.06, -0.05, -0.07, -0.065 }, 0, 100), Train("0", 0.025), 0, new FigureOptions { Title = "Spike" }),
        ["voltage-density-map"] = VoltageDensityFigure.Map(
            new Axis("Mean input", "mV"), [10, 12, 14], [0, 0.01, 0.02, 0.03], new double[,] { { 40, 30 }, { 60, 50 }, { 0, 20 } }, 0.025, 0.01),
        ["susceptibility"] = SusceptibilityFigure.Of(
        [
            new SusceptibilityCurve("Mean input", "Hz/mV", new[] { 1.0, 10, 100 }, new Complex[] { new(2, 0), new(1, -1), new(0.25, -0.25) }),
            new SusceptibilityCurve("Variance", "Hz", new[] { 1.0, 10, 100 }, new Complex[] { new(1, 0), new(-1, -0.5), new(-1, 0.5) }),
        ]),
        ["resonance"] = ResonanceFigure.Of(
            [0.001, 0.002, 0.004, 0.008], [0.1, 0.4, 0.3, 0.1], [500, 2000, 3000, 2500], new ResonanceOptimum(0.002, 0.4), new ResonanceOptimum(0.004, 3000), [false, false, true, true]),
        ["interval-density"] = IntervalDensityFigure.Of(
            [0, 0.01, 0.02, 0.03], [2, 6, 2], [new IntervalDensityCurve("theory", new[] { 0, 0.005, 0.015, 0.025, 0.03 }, new[] { 0, 25.0, 60, 15, 5 })], 20),
        ["composed"] = Composed(FigureSize.Small),
        ["regions"] = One(
            new CellLayer([0, 1, 2, 3], [0, 1, 2], new[,] { { true, true, false }, { false, true, false } }) { Label = "quiet" },
            new CellLayer([0, 1, 2, 3], [0, 1, 2], new[,] { { false, false, true }, { true, false, true } }) { Label = "loud" }),
    };

    /// <summary>Figures with hardly any data, with none, with enormous numbers and with long labels.</summary>
    public static IReadOnlyDictionary<string, Figure> Strained { get; } = new SortedDictionary<string, Figure>(StringComparer.Ordinal)
    {
        ["no panel"] = new Figure { Panels = [] },
        ["empty panel"] = One(),
        ["empty train"] = RasterFigure.Of(Recording.FromTrains([Train("silent")])),
        ["no unit"] = RasterFigure.Of(Recording.FromTrains([])),
        ["no trial"] = RasterFigure.OfTrials([]),
        ["train without observation"] = RasterFigure.OfTrials([SpikeTrain.FromSorted(default, TimeIntervals.Empty)]),
        ["forty-one units"] = RasterFigure.Of(Recording.FromTrains(Enumerable.Range(0, 41).Select(i => Train("unit " + i, 0.01 * i)))),
        ["psth without bins"] = PsthFigure.Of([0], []),
        ["psth of NaN"] = PsthFigure.Of([0, 1, 2], [double.NaN, double.NaN], [double.NaN, 0], [double.NaN, double.PositiveInfinity], [Train("")]),
        ["isi of nothing"] = IsiHistogramFigure.Of([0, 1], [0], double.NaN, double.PositiveInfinity),
        ["correlogram of infinities"] = CorrelogramFigure.Of([0, 1, 2], [double.PositiveInfinity, double.NegativeInfinity], "?", [double.NaN]),
        ["filter of nothing"] = FilterFigure.Of([new FilterTerm("", default, default)]),
        ["filter of nothing but refractoriness"] = FilterFigure.Of(
            [new FilterTerm("h", new[] { 0.001, 0.002 }, new[] { double.NegativeInfinity, double.NegativeInfinity }, new double[2])]),
        ["filter of huge error"] = FilterFigure.Of([new FilterTerm("h", new[] { 0.001, 0.002 }, new[] { 0.0, 1 }, new[] { 1e3, 1 })]),
        ["no filter"] = FilterFigure.Of([]),
        ["no kernel"] = KernelFigure.Of([]),
        ["kernel of nothing"] = KernelFigure.Of([new KernelTerm("", default, default)]),
        ["kernel without errors"] = KernelFigure.Of([new KernelTerm("k", new[] { 0, 0.1, 0.2 }, new[] { double.NaN, 1 })]),
        ["ks of nothing"] = KsFigure.Compare([]),
        ["ks of no value"] = KsFigure.Of(ReadOnlySpan<double>.Empty),
        ["ks of one value"] = KsFigure.Of([0.5], 0.9),
        ["autocorrelation of nothing"] = AutocorrelationFigure.Of([]),
        ["intensity of nothing"] = IntensityFigure.Of([], SpikeTrain.FromSorted(default, TimeIntervals.Empty)),
        ["coupling of nothing"] = CouplingFigure.Of(new double[0, 0], [], []),
        ["coupling of one"] = CouplingFigure.Of(new double[1, 1], ["a"], ["b"]),
        ["coupling of NaN"] = CouplingFigure.Of(new[,] { { double.NaN } }, ["a"], ["b"]),
        ["coupling of many"] = CouplingFigure.Of(
            new double[90, 90], [.. Enumerable.Range(0, 90).Select(i => $"shank {i % 4}, unit {i}")], [.. Enumerable.Range(0, 90).Select(i => $"shank {i % 4}, unit {i}")]),
        ["no transfer"] = TransferFigure.Of([]),
        ["transfer of nothing"] = TransferFigure.Of([new TransferCurve("", default, default) { Simulated = new TransferPoints(default, default, default, default) }]),
        ["transfer without errors"] = TransferFigure.Of(
            [new TransferCurve("t", new[] { 0.01 }, new[] { double.NaN }) { Simulated = new TransferPoints(new[] { 0.02 }, new[] { 1.0 }, new[] { 0.0 }, new[] { 2.0 }) }]),
        ["density of nothing"] = VoltageDensityFigure.Of([], [], double.NaN, double.NaN),
        ["trace of nothing"] = VoltageTraceFigure.Of(SampledSignal.Regular("voltage", default, 0, 1), SpikeTrain.FromSorted(default, TimeIntervals.Empty)),
        ["density map of nothing"] = VoltageDensityFigure.Map(new Axis("t", "s"), [0], [0], new double[0, 0], double.NaN, double.NaN),
        ["no susceptibility"] = SusceptibilityFigure.Of([]),
        ["susceptibility of NaN"] = SusceptibilityFigure.Of([new SusceptibilityCurve("", "", new[] { 0.0, 1 }, new Complex[] { new(double.NaN, double.NaN), Complex.Zero })]),
        ["resonance of nothing"] = ResonanceFigure.Of([], [], [], new ResonanceOptimum(double.NaN, double.NaN), new ResonanceOptimum(double.NaN, double.NaN)),
        ["interval density of nothing"] = IntervalDensityFigure.Of([], [], []),
        ["interval density of no interval"] = IntervalDensityFigure.Of([0, 1], [0], []),
        ["single point"] = One(new PointLayer([3], [5])),
        ["zero"] = One(new LineLayer([0, 1], [0, 0])),
        ["denormal"] = One(new LineLayer([0, 5e-324], [0, 5e-324])),
        ["huge"] = One(new LineLayer([-1.7e308, 1.7e308], [-1.7e308, 1.7e308])),
        ["tiny difference"] = One(new LineLayer([1e15, 1e15 + 1], [1e9, 1e9 + 1e-3])),
        ["far outside the limits"] = new Figure
        {
            Panels = [new Panel { X = new Axis("x") { Lower = 0, Upper = 1 }, Y = new Axis("y") { Lower = 2, Upper = 1 }, Layers = [new LineLayer([0, 1], [-1e200, 1e200])] }],
        },
        ["negative on logarithmic axes"] = new Figure
        {
            Panels =
            [
                new Panel
                {
                    X = new Axis("x") { Scale = AxisScale.Logarithmic },
                    Y = new Axis("y") { Scale = AxisScale.Logarithmic },
                    Layers = [new LineLayer([-1, 0, 1], [-1, 0, 1]), new BandLayer([1, 2], [-1, 0], [1, 1]), new BarLayer([1, 2], [3]), new StemLayer([1], [2])],
                },
            ],
        },
        ["nothing on logarithmic axes"] = new Figure
        {
            Panels = [new Panel { X = new Axis("x") { Scale = AxisScale.Logarithmic }, Y = new Axis("y") { Scale = AxisScale.Logarithmic }, Layers = [new LineLayer([-1], [-1])] }],
        },
        ["many decades"] = new Figure
        {
            Panels = [new Panel { X = new Axis("x"), Y = new Axis("y") { Scale = AxisScale.Logarithmic }, Layers = [new LineLayer([1, 2], [1e-250, 1e250])] }],
        },
        ["long words, small"] = LongLabels(FigureSize.Small),
        ["long words, wide"] = LongLabels(FigureSize.Wide),
        ["composed, wide"] = Composed(FigureSize.Wide),
        ["markup"] = One(new LineLayer([0, 1], [0, 1]) { Label = "<b> & \"c\" 'd' \u0001 \ud800" }) with { Title = "]]> <svg>", Caption = "a < b && c > d \uffff" },
    };

    /// <summary>All names, for theories.</summary>
    public static TheoryData<string> Names => [.. Small.Keys, .. Strained.Keys];

    public static Figure Named(string name) => Small.TryGetValue(name, out Figure? figure) ? figure : Strained[name];

    private static SpikeTrain Train(string unit, params double[] times) => SpikeTrain.FromSorted(times, TimeIntervals.Of(0, 2), unit);

    private static Figure One(params Layer[] layers) =>
        new() { Panels = [new Panel { X = new Axis("Time", "s"), Y = new Axis("Rate", "spikes/s"), Layers = layers }] };

    private static Figure Composed(FigureSize size) => new()
    {
        Title = "Transfer function and density",
        Columns = 2,
        Size = size,
        Caption = "Theory and 3 simulations; bars: 95 % confidence intervals.",
        Panels =
        [
            new Panel
            {
                X = new Axis("Mean input", "mV"),
                Y = new Axis("Rate", "spikes/s") { Lower = 0 },
                Remark = "n = 3",
                Layers =
                [
                    SpanLayer.Of(TimeIntervals.Of(14, 16), "threshold"), new LineLayer([10, 15, 20], [0, 4, 15]) { Label = "theory", Style = LineStyle.Dotted },
                    new PointLayer([10, 15, 20], [0.5, 3.5, 15.5], [0, 3, 15], [1, 4, 16]) { Label = "simulation" }, new TextLayer(11, 12, "subthreshold"),
                ],
            },
            new Panel
            {
                X = new Axis("Time", "ms"),
                Y = new Axis("Potential", "mV"),
                Title = "Density",
                Layers = [new HeatMapLayer([0, 1, 2, 3], [-70, -60, -50], new[,] { { 0.5, 0.5, 0 }, { 0, 0.25, 1e-5 } }) { Value = new Axis("Density", "1/mV") { Lower = 0 } }],
            },
        ],
    };

    private static Figure LongLabels(FigureSize size) => new()
    {
        Title = LongText + " " + LongText,
        Caption = string.Concat(Enumerable.Repeat(LongText, 4)) + new string('w', 300),
        Size = size,
        Columns = 2,
        Panels =
        [
            .. Enumerable.Range(0, 2).Select(i => new Panel
            {
                X = new Axis(LongText, "s"),
                Y = new Axis(LongText, "a unit with a name of its own"),
                Title = LongText,
                Remark = LongText,
                Layers =
                [
                    new LineLayer([0, 1], [-123456.7, 765432.1]) { Label = LongText }, new LineLayer([0, 1], [1, 2]) { Label = "short" },
                    new BandLayer([0, 1], [0, 0], [1, 1]) { Label = "brief" }, new BarLayer([0, 1], [2]) { Label = "bars" },
                    new RasterLayer([new[] { 0.5 }]) { Label = "spikes" }, new StemLayer([0.5], [1]) { Label = "stems" },
                ],
            }),
        ],
    };
}
