using System.Diagnostics;
using System.Globalization;

namespace SpikeStats.Benchmarks.Glm;

/// <summary>One run of the dense Newton beside fits of the same input, where many runs of the former would take too long.</summary>
public static class GlmSideBySide
{
    private const int Fits = 7;

    /// <summary>Prints seconds of both and their ratio.</summary>
    public static void Print(int bins, TextWriter output)
    {
        PoissonGlmTask task = PoissonGlmTask.Create(bins);
        double[] seconds = [.. Enumerable.Range(0, Fits).Select(_ => Seconds(() => task.Specification.Fit(task.Recording)))];
        double naive = Seconds(() => NaiveDenseNewton.Fit(task)), median = seconds.Order().ElementAt(Fits / 2);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"bins {bins}: dense Newton {naive:F2} s; fits {string.Join(", ", seconds.Select(value => value.ToString("F3", CultureInfo.InvariantCulture)))} s, median {median:F3} s; ratio {naive / median:F0}"));
    }

    private static double Seconds(Action run)
    {
        Stopwatch watch = Stopwatch.StartNew();
        run();
        return watch.Elapsed.TotalSeconds;
    }
}
