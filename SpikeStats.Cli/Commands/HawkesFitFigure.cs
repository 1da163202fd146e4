using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.Bases;
using SpikeStats.Plotting;
using SpikeStats.Plotting.Layers;

namespace SpikeStats.Cli.Commands;

/// <summary>A fitted Hawkes process in two panels: its strongest kernels, and the Kolmogorov-Smirnov curves of its units.</summary>
internal static class HawkesFitFigure
{
    private const int MostKernels = 6, MostCurves = 8, Points = 200;

    // Beyond five time constants less than a hundredth of an exponential is left.
    private const double TimeConstants = 5;

    public static Figure Of(HawkesFitDocument document, IReadOnlyList<TimeRescalingResult> rescalings)
    {
        (int Target, int Source)[] pairs = [.. from target in Enumerable.Range(0, document.Units.Count)
                                               from source in Enumerable.Range(0, document.Units.Count)
                                               where document.Adjacency[target][source] != 0
                                               orderby Math.Abs(document.Adjacency[target][source]) descending
                                               select (target, source)];
        int count = document.Units.Count * document.Units.Count;
        Figure ks = KsFigure.Compare([.. rescalings.Take(MostCurves).Select(result => new KsCurve(result.Unit, result.SortedUniforms, result.KolmogorovSmirnov.PValue))]);
        string left = pairs.Length > MostKernels ? $"The strongest {MostKernels} of {NumberText.Count(count)} kernels. " : "";
        string right = rescalings.Count > MostCurves ? $" The first {MostCurves} of {NumberText.Count(rescalings.Count)} units." : "";
        return new Figure
        {
            Panels = [KernelPanel(document, [.. pairs.Take(MostKernels)]), .. ks.Panels],
            Columns = 2,
            Size = new FigureSize(180, 85),
            Title = $"Hawkes process, {document.Kernel} kernel",
            Caption = $"{left}Kernels give {(document.Softness is null ? "the rate" : "the drive")} that a spike adds. {ks.Caption}{right}",
        };
    }

    private static Panel KernelPanel(HawkesFitDocument document, (int Target, int Source)[] pairs)
    {
        ContinuousBasis? basis = document.BasisKernels is { } kernels ? BasisKernelsEntry.Parse(kernels.Basis) : null;
        double longest = basis?.Support ?? (TimeConstants / document.Decays.Min()), shortest = basis is null ? 1 / (TimeConstants * document.Decays.Max()) : 0;
        bool isLogarithmic = document.Decays.Count > 1;
        double[] lags = [.. Enumerable.Range(0, Points).Select(i => i / (Points - 1.0)).Select(part => isLogarithmic ? shortest * Math.Pow(longest / shortest, part) : longest * part)];
        return new Panel
        {
            X = new Axis("Lag", "s") { Scale = isLogarithmic ? AxisScale.Logarithmic : AxisScale.Linear },
            Y = document.Softness is null ? new Axis("Added rate", "spikes/s") { Lower = 0 } : new Axis("Added drive", "spikes/s"),
            Layers = [.. pairs.Select(pair => new LineLayer(lags, [.. lags.Select(lag => Kernel(document, basis, pair.Target, pair.Source, lag))]) { Label = $"{document.Units[pair.Source]} → {document.Units[pair.Target]}" })],
        };
    }

    private static double Kernel(HawkesFitDocument document, ContinuousBasis? basis, int target, int source, double lag)
    {
        if (basis is null) return document.Decays.Select((decay, u) => document.AdjacencyByDecay[u][target][source] * decay * Math.Exp(-decay * lag)).Sum();
        double[] functions = new double[basis.ColumnCount];
        basis.EvaluateAt(lag, functions);
        return functions.Zip(document.BasisKernels!.Weights[target][source], (function, weight) => function * weight).Sum();
    }
}
