using System.Diagnostics;
using System.Globalization;
using SpikeStats.Fitting.Glm;

namespace SpikeStats.Benchmarks.Glm;

/// <summary>Peak resident memory and seconds of single fits, which BenchmarkDotNet does not measure. Linux only.</summary>
public static class GlmResidentMemory
{
    /// <summary>Prints one line per fit; the peak is that of the process during the fit: runtime, recording and fit, not the making of the input.</summary>
    public static void Print(int bins, TextWriter output)
    {
        PoissonGlmTask task = PoissonGlmTask.Create(bins);
        for (int repetition = 0; repetition < 5; repetition++)
        {
            ResidentMemory.ResetPeak();
            Stopwatch watch = Stopwatch.StartNew();
            GlmFit fit = task.Specification.Fit(task.Recording);
            double seconds = watch.Elapsed.TotalSeconds;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"bins {fit.BinCount}, coefficients {fit.Coefficients.Count}: {seconds:F3} s, peak {ResidentMemory.PeakMegabytes():F0} MB, log-likelihood {fit.LogLikelihood:F6}, decrement {fit.Certificate.NewtonDecrement:E1}"));
        }
    }
}
