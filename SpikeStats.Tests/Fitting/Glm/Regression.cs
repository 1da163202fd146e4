using SpikeStats.Fitting.Glm;
using SpikeStats.Models.Glm;

namespace SpikeStats.Tests.Fitting.Glm;

/// <summary>Poses an ordinary regression as a recording: one bin per row, counts as spikes, columns as signals.</summary>
internal static class Regression
{
    public static GlmFit Fit(
        IReadOnlyList<int> counts, IReadOnlyList<double[]> columns, double binWidth = 1, ObservationModel? observation = null, Penalty? penalty = null) =>
        Specification(columns.Count, binWidth, observation, penalty).Fit(Recording(counts, columns, binWidth));

    public static GlmSpecification Specification(int columnCount, double binWidth, ObservationModel? observation = null, Penalty? penalty = null) => new()
    {
        Target = "y",
        BinWidth = binWidth,
        Observation = observation ?? ObservationModel.Poisson,
        Terms = [.. Enumerable.Range(0, columnCount).Select(column => new CovariateTerm($"x{column}", 1) { Penalty = penalty ?? Penalty.None })],
    };

    public static Recording Recording(IReadOnlyList<int> counts, IReadOnlyList<double[]> columns, double binWidth = 1)
    {
        List<double> times = [];
        for (int bin = 0; bin < counts.Count; bin++)
        {
            for (int spike = 0; spike < counts[bin]; spike++) times.Add((bin + ((spike + 0.5) / counts[bin])) * binWidth);
        }

        return SpikeStats.Recording.FromTrains(
            [SpikeTrain.FromSorted(times.ToArray(), TimeIntervals.Of(0, counts.Count * binWidth), "y")],
            signals: [.. columns.Select((values, column) => SampledSignal.Regular($"x{column}", values, 0, 1 / binWidth))]);
    }
}
