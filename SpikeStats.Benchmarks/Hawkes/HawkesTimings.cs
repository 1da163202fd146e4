using System.Diagnostics;
using System.Globalization;
using SpikeStats.Fitting.Hawkes;

namespace SpikeStats.Benchmarks.Hawkes;

/// <summary>Seconds of wall and processor time on the input files of other tools' drivers, and the resident memory. Linux only.</summary>
public static class HawkesTimings
{
    private const int Repetitions = 7;

    /// <summary>Prints one line per task: the medians of several runs after a warm-up.</summary>
    public static void Print(string folder, TextWriter output)
    {
        // Rented memory is kept: the task whose memory is of interest comes first.
        HawkesTask many = HawkesTask.Load(folder, oneUnit: false), one = HawkesTask.Load(folder, oneUnit: true);
        Measure(output, "many units, fixed decay", () => Fit(many.FixedDecay, many.Recording));
        Measure(output, "many units, likelihood", () => many.Model.LogLikelihood(many.Recording));
        Measure(output, "many units, free decay", () => Fit(many.FreeDecay, many.Recording));
        Measure(output, "one unit, likelihood", () => one.Model.LogLikelihood(one.Recording));
        Measure(output, "one unit, free decay", () => Fit(one.FreeDecay, one.Recording));
    }

    private static double Fit(HawkesSpecification specification, Recording recording)
    {
        HawkesFit fit = specification.Fit(recording);
        return fit.Certificate.IsConverged ? fit.LogLikelihood : throw new InvalidOperationException(fit.Certificate.Message);
    }

    private static void Measure(TextWriter output, string name, Func<double> run)
    {
        // Long enough for the compiler to have seen which methods are hot.
        double value = 0;
        for (Stopwatch warmUp = Stopwatch.StartNew(); warmUp.Elapsed.TotalSeconds < 3;) value = run();
        ResidentMemory.ResetPeak();
        run();
        double peak = ResidentMemory.PeakMegabytes();
        double[] wall = new double[Repetitions], processor = new double[Repetitions];
        for (int i = 0; i < Repetitions; i++)
        {
            TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
            Stopwatch watch = Stopwatch.StartNew();
            value = run();
            wall[i] = watch.Elapsed.TotalSeconds;
            processor[i] = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
        }

        Array.Sort(wall);
        Array.Sort(processor);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: wall {wall[Repetitions / 2]:F4} s (least {wall[0]:F4}), processor {processor[Repetitions / 2]:F4} s, log-likelihood {value:F5}, peak {peak:F0} MB"));
    }
}
