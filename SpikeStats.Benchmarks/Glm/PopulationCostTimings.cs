using System.Globalization;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Populations;

namespace SpikeStats.Benchmarks.Glm;

/// <summary>Processor time of both methods beside what the cost model expects: where its rates come from.</summary>
internal static class PopulationCostTimings
{
    private const int Bins = 100_000;

    /// <summary>Fits populations on both sides of the crossing with one thread, and prints nanoseconds per target.</summary>
    public static void Print(TextWriter output)
    {
        foreach ((int units, double rate, int lags) in new[] { (20, 100.0, 100), (10, 20, 50), (40, 40, 100), (40, 5, 100), (120, 20, 50), (120, 2, 50) })
        {
            PopulationTask task = PopulationTask.Simulate(units, Bins, coupling: 0.02, lags, rate);
            foreach (int targetCount in new[] { 1, 8 })
            {
                GlmPopulationSpecification specification = task.Specification with { Targets = [.. task.Recording.Units.Ids.Take(targetCount)] };
                GlmDesign design = GlmLayout.Of(specification.For("n0", task.Recording.Units.Ids), task.Recording).Design;
                double streamed = Nanoseconds(PopulationMethod.Streamed, specification, task.Recording) / targetCount;
                double matrixFree = Nanoseconds(PopulationMethod.MatrixFree, specification, task.Recording) / targetCount;
                double expectedStreamed = PopulationCost.Streamed(design, targetCount), expectedMatrixFree = PopulationCost.MatrixFree(design, targetCount);
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{units} units, {task.Recording.SpikeCount} spikes, {lags} lags, {design.ColumnCount} coefficients, {targetCount} targets: streamed {streamed:E2} ns (expected {expectedStreamed:E2}), matrix-free {matrixFree:E2} ns (expected {expectedMatrixFree:E2}), ratio {streamed / matrixFree:F2} (expected {expectedStreamed / expectedMatrixFree:F2}), choice {PopulationCost.Cheaper(design, targetCount)}"));
            }
        }
    }

    private static double Nanoseconds(PopulationMethod method, GlmPopulationSpecification specification, Recording recording)
    {
        GlmPopulationOptions options = new() { Method = method, StandardErrors = false, Threads = 1 };
        TimeSpan Once()
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            _ = specification.Fit(recording, options);
            return Environment.CpuUsage.TotalTime - before;
        }

        // The first run belongs to the just-in-time compiler.
        _ = Once();
        return Once().TotalNanoseconds;
    }
}
