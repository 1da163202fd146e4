using System.CommandLine;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Models.Theory;
using SpikeStats.Plotting;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats theory lif</c>: rate, regularity and slopes of the leaky integrate-and-fire neuron under white noise, at a point or on a grid.</summary>
internal sealed class TheoryLifCommand : Verb
{
    private const int DensityPoints = 400;

    // Four standard deviations of the free membrane, σ/√2 each, and a bit.
    private const double DensitySigmas = 3;
    private const double Huge = 1;

    private readonly InputOptions input = new();
    private readonly NeuronOptions neuron = new();
    private readonly Option<string> grid = new("--grid")
    {
        HelpName = "FILE.csv",
        Description = "Points to solve: columns mu, sigma, tau, threshold, reset, refractory in volts and seconds; a column that is missing has the value of the option.",
    };
    private readonly Option<RateMethod> method = Parsed.Option("--method", RateMethod.Words, $"How to solve; default {RateMethod.Default.Name}, the closed form.", RateMethod.Parse);

    public TheoryLifCommand(VerbFrame frame)
        : base("lif", "Rate, coefficient of variation and slopes of leaky integrate-and-fire neurons.", frame)
    {
        input.AddTo(this);
        neuron.AddTo(this);
        Add(grid);
        Add(method);
    }

    protected override ExitCode Execute(ParseResult parsed, Invocation invocation)
    {
        using OutputFile? output = invocation.PlanOutput();
        RateMethod chosen = parsed.GetValue(method) ?? RateMethod.Default;
        IReadOnlyList<LifPoint> points = parsed.GetValue(grid) is { } path
            ? LifGrid.Read(path, neuron.Read(parsed), input.Mean(parsed), input.Sigma(parsed))
            : [new LifPoint(neuron.Read(parsed), input.Read(parsed))];
        if (points.Any(IsHuge)) invocation.Warn("A point has a volt or a second or more; the columns of a grid are in volts and seconds, not in millivolts and milliseconds.");
        LifTheoryDocument.RateRow[] rows = Solve(points, chosen, invocation);
        LifTheoryDocument document = LifTheoryDocument.Of(chosen.Name, rows);
        invocation.Deliver(document, DocumentJson.Default.LifTheoryDocument, () => TheoryText.Of(document), output, () => Density(points));
        int unsolved = rows.Count(row => double.IsNaN(row.Rate));
        if (unsolved == 0) return ExitCode.Done;
        invocation.Warn($"{NumberText.Count(unsolved, "point")} not solved: the noise is too small for the method. Use --method {RateMethod.Default.Name}, which has no limit.");
        return ExitCode.AnalysisFailed;
    }

    // No membrane is so far from rest, or so slow.
    private static bool IsHuge(LifPoint point) =>
        Math.Abs(point.Input.Mean) >= Huge || point.Input.Sigma >= Huge || Math.Abs(point.Neuron.Threshold) >= Huge || point.Neuron.TimeConstant >= Huge || point.Neuron.RefractoryPeriod >= Huge;

    // Points do not depend on each other, so that the result does not depend on the number of threads.
    private static LifTheoryDocument.RateRow[] Solve(IReadOnlyList<LifPoint> points, RateMethod method, Invocation invocation)
    {
        LifTheoryDocument.RateRow[] rows = new LifTheoryDocument.RateRow[points.Count];
        ParallelOptions options = new() { MaxDegreeOfParallelism = invocation.Settings.Threads, CancellationToken = invocation.CancellationToken };
        Parallel.For(0, rows.Length, options, i =>
        {
            (SiegertRate rate, double coefficientOfVariation) = method.Evaluate(points[i]);
            rows[i] = LifTheoryDocument.RateRow.Of(points[i], rate, coefficientOfVariation);
        });
        return rows;
    }

    private static Figure Density(IReadOnlyList<LifPoint> points)
    {
        if (points is not [(var neuron, var input)]) throw new UsageException("The figure of 'theory lif' is the density of one point. Leave out --grid, or write --out FILE.json.");
        double bottom = Math.Min(input.Mean, neuron.Reset) - (DensitySigmas * input.Sigma), step = (neuron.Threshold - bottom) / DensityPoints;
        double[] voltages = [.. Enumerable.Range(0, DensityPoints).Select(i => bottom + (i * step)), neuron.Threshold];
        FigureOptions options = new() { Title = "Leaky integrate-and-fire neuron", Note = TheoryText.Point(neuron, input) };
        return VoltageDensityFigure.Of(voltages, [.. voltages.Select(voltage => StationaryDensity.At(neuron, input, voltage))], neuron.Threshold, neuron.Reset, options);
    }
}
