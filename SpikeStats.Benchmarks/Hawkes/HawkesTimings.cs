using System.Diagnostics;
using System.Globalization;
using SpikeStats.Fitting.Hawkes;

namespace SpikeStats.Benchmarks.Hawkes;

/// <summary>Seconds of wall and processor time on the input files of other tools' drivers, and the resident memory. Linux only.</summary>
public static class HawkesTimings
{
    private const int Repetitions = 7;

    /// <summary>Prints one line per task: the medians of several runs after a first one that is not counted.</summary>
    public static void Print(string folder, TextWriter output)
    {
        HawkesTask task = HawkesTask.Load(folder, oneUnit: true);
        Measure(output, "one unit, likelihood", () => task.Model.LogLikelihood(task.Recording));
        Measure(output, "one unit, free decay", () => Fit(task.FreeDecay, task.Recording));
        task = HawkesTask.Load(folder, oneUnit: false);
        Measure(output, "many units, likelihood", () => task.Model.LogLikelihood(task.Recording));
        Measure(output, "many units, fixed decay", () => Fit(task.FixedDecay, task.Recording));
        Measure(output, "many units, free decay", () => Fit(task.FreeDecay, task.Recording));
    }

    private static double Fit(HawkesSpecification specification, Recording recording)
    {
        HawkesFit fit = specification.Fit(recording);
        return fit.Certificate.IsConverged ? fit.LogLikelihood : throw new InvalidOperationException(fit.Certificate.Message);
    }

    private static void Measure(TextWriter output, string name, Func<double> run)
    {
        double value = run();
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
        string peak = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: wall {wall[Repetitions / 2]:F4} s (least {wall[0]:F4}), processor {processor[Repetitions / 2]:F4} s, log-likelihood {value:F5}, {peak}"));
    }
}
