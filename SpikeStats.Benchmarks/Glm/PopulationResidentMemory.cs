using System.Diagnostics;
using System.Globalization;
using SpikeStats.Fitting.Populations;

namespace SpikeStats.Benchmarks.Glm;

/// <summary>Peak resident memory and seconds of population fits, which BenchmarkDotNet does not measure. Linux only.</summary>
public static class PopulationResidentMemory
{
    /// <summary>Fits 50 units together, without and with standard errors.</summary>
    public static void PrintFifty(TextWriter output)
    {
        PopulationTask task = PopulationTask.Fifty();
        foreach (PopulationMethod method in new[] { PopulationMethod.Streamed, PopulationMethod.MatrixFree })
        {
            foreach (bool standardErrors in new[] { false, false, true })
                Print(task.Specification, task.Recording, new GlmPopulationOptions { Method = method, StandardErrors = standardErrors }, output);
        }
    }

    /// <summary>Fits one of 300 units on 10^6 bins without features.</summary>
    public static void PrintLarge(TextWriter output)
    {
        PopulationTask task = PopulationTask.Simulate(300, 1_000_000, 0.03, 100, 5);
        GlmPopulationSpecification specification = task.Specification with { Targets = ["n0"] };
        for (int repetition = 0; repetition < 3; repetition++)
            Print(specification, task.Recording, new GlmPopulationOptions { StandardErrors = false }, output);
    }

    private static void Print(GlmPopulationSpecification specification, Recording recording, GlmPopulationOptions options, TextWriter output)
    {
        ResidentMemory.ResetPeak();
        TimeSpan before = Environment.CpuUsage.TotalTime;
        Stopwatch watch = Stopwatch.StartNew();
        GlmPopulationFit fit = specification.Fit(recording, options);
        double seconds = watch.Elapsed.TotalSeconds;
        double processorSeconds = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        string scores = string.Join(", ", fit.Fits.Take(3).Select(single => single.LogLikelihood.ToString("F6", CultureInfo.InvariantCulture)));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{fit.Method}, {recording.SpikeCount} spikes, {fit.Fits[0].Coefficients.Count} coefficients, standard errors {options.StandardErrors}: {seconds:F2} s ({processorSeconds:F2} s of processors), peak {ResidentMemory.PeakMegabytes():F0} MB, log-likelihoods {scores}, largest decrement {fit.Fits.Max(single => single.Certificate.NewtonDecrement):E1}, {fit.Fits.Max(single => single.Certificate.Iterations)} Newton steps, {fit}"));
    }
}
