using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.FirstPassage;
using SpikeStats.Plotting;
using SpikeStats.Statistics;

namespace SpikeStats.Cli.Commands;

/// <summary>The interval density of a fitted leaky neuron over the histogram of the intervals it was fitted to.</summary>
internal static class LeakyFitFigure
{
    private const int Bins = 60, Points = 300;

    // Where the axis ends; the few intervals beyond are counted but not drawn.
    private const double LastQuantile = 0.99;

    public static Figure Of(RenewalFit fit, SpikeTrain train)
    {
        LeakyPassage law = (LeakyPassage)fit.Model.Intervals;
        double[] intervals = [.. InterspikeIntervals.Of(train).ToArray().Order()];
        double end = intervals[(int)Math.Ceiling(LastQuantile * (intervals.Length - 1))], width = end / Bins;
        double[] edges = [.. Enumerable.Range(0, Bins + 1).Select(k => k * width)], counts = new double[Bins];
        foreach (double interval in intervals)
        {
            if (interval < end) counts[Math.Min(Bins - 1, (int)(interval / width))]++;
        }

        double[] times = [.. Enumerable.Range(0, Points + 1).Select(k => end * k / Points)];
        FigureOptions options = new() { Title = $"Leaky integrate-and-fire neuron, unit {train.Unit}", Note = fit.Certificate.IsConverged ? "" : "The fit did not reach an optimum." };
        return IntervalDensityFigure.Of(edges, counts, [new IntervalDensityCurve("", times, (double[])[.. times.Select(law.Density)])], intervals.Length, options);
    }
}
