using System.Globalization;
using System.Numerics;
using SpikeStats.Cli.Documents;
using SpikeStats.Fitting.IntegrateAndFire;
using SpikeStats.Models.FirstPassage;
using SpikeStats.Models.Theory;
using SpikeStats.Plotting;
using SpikeStats.Plotting.Layers;

namespace SpikeStats.Cli.Commands;

/// <summary>A validation as a figure: intervals, response and z-scores.</summary>
internal static class ValidationFigure
{
    private const int Bins = 80, CurvePoints = 400;

    // The tail beyond it is not drawn.
    private const double Shown = 0.999;

    public static Figure Of(LeakyValidation validation, LifPoint point, ulong seed)
    {
        LeakyPassage law = validation.Law;
        double end = law.Quantile(Shown);
        double[] edges = [.. Enumerable.Range(0, Bins + 1).Select(i => i * end / Bins)], counts = new double[Bins];
        foreach (double interval in validation.SimulatedIntervals.Where(interval => interval < end)) counts[(int)(interval / end * Bins)]++;
        double[] times = [.. Enumerable.Range(1, CurvePoints).Select(i => i * end / CurvePoints)];
        IntervalDensityCurve density = new("theory", times, times.Select(time => Math.Exp(law.LogDensity(time))).ToArray());
        Figure intervals = IntervalDensityFigure.Of(edges, counts, [density], validation.SimulatedIntervals.Count);
        return intervals with
        {
            Panels = [intervals.Panels[0], .. validation.Frequencies.Count > 0 ? (Panel[])[Gain(validation)] : [], Deviates(validation)],
            Columns = 1,
            Title = "Simulation and theory",
            Caption = string.Create(CultureInfo.InvariantCulture, $"{TheoryText.Point(point.Neuron, point.Input)} {validation.Scheme}. {validation.SimulatedIntervals.Count} intervals. Seed {seed}."),
        };
    }

    private static Panel Gain(LeakyValidation validation)
    {
        LeakyTransfer transfer = new(validation.Law.Neuron);
        double low = 0.5 * validation.Frequencies.Min(), high = 2 * validation.Frequencies.Max();
        double[] frequencies = [.. Enumerable.Range(0, CurvePoints).Select(i => low * Math.Pow(high / low, (double)i / (CurvePoints - 1)))];
        double[] found = [.. validation.Susceptibilities.Select(response => response.Magnitude / TheoryText.Thousand)];
        double[] errors = [.. validation.Rows.Where(row => row.Quantity.EndsWith("real part", StringComparison.Ordinal)).Select(row => row.StandardError / TheoryText.Thousand)];
        return new Panel
        {
            X = new Axis("Frequency", "Hz") { Scale = AxisScale.Logarithmic },
            Y = new Axis("Gain", "Hz/mV") { Lower = 0 },
            Layers =
            [
                new LineLayer(frequencies, [.. frequencies.Select(frequency => Complex.Abs(transfer.Susceptibility(validation.Law.Input, frequency)) / TheoryText.Thousand)]) { Color = Palette.Blue },
                new PointLayer([.. validation.Frequencies], found, [.. found.Zip(errors, (value, error) => value - error)], [.. found.Zip(errors, (value, error) => value + error)]) { Color = Palette.Vermilion },
            ],
        };
    }

    private static Panel Deviates(LeakyValidation validation)
    {
        double[] deviates = [.. validation.Rows.Select(row => row.Z)];
        return new Panel
        {
            X = new Axis("Quantity, in the order of the table", ""),
            Y = new Axis("z", ""),
            Layers =
            [
                ReferenceLine.Horizontal(0), ReferenceLine.Horizontal(validation.Options.Bound), ReferenceLine.Horizontal(-validation.Options.Bound),
                new PointLayer([.. Enumerable.Range(1, deviates.Length).Select(i => (double)i)], deviates) { Color = Palette.Vermilion },
            ],
        };
    }
}
