using System.Diagnostics;
using System.Globalization;
using SpikeStats.Models.Theory;

namespace SpikeStats.Benchmarks.Theory;

/// <summary>Times of Siegert's formula and what belongs to it, over a grid of inputs rather than at one, which would flatter the predictors of the processor.</summary>
public static class SiegertTimings
{
    private const int Repetitions = 15;
    private const int Stride = 97;
    private const int IntegrationCalls = 1000;

    /// <summary>Prints one line per task: median and least time of several runs after a warm-up.</summary>
    public static void Print(TextWriter output)
    {
        SiegertGrid grid = new();
        LeakyTransfer transfer = new(grid.Neuron);
        int count = grid.Means.Length;
        Measure(output, "rate", count, "ns", 1e9, () => Sum(1, input => Siegert.Rate(grid.Neuron, input)));
        Measure(output, "rate and slopes", count, "ns", 1e9, () => Sum(1, input => Siegert.Evaluate(grid.Neuron, input).SlopeInMean));
        Measure(output, "100,000 rates", 1, "ms", 1e3, () => Siegert.Rates(grid.Neuron, grid.Means, grid.Sigmas)[^1]);
        Measure(output, "coefficient of variation", (count + Stride - 1) / Stride, "us", 1e6, () => Sum(Stride, input => Siegert.CoefficientOfVariation(grid.Neuron, input)));
        Measure(output, "susceptibility at 20 Hz", (count + Stride - 1) / Stride, "us", 1e6, () => Sum(Stride, input => transfer.Susceptibility(input, 20).Real));

        // Driven by noise, driven by the mean, and far below the threshold.
        ThresholdTransfer integration = new(grid.Neuron);
        foreach ((double mean, double sigma) in ((double, double)[])[(15e-3, 5e-3), (25e-3, 2e-3), (0, 3e-3)])
        {
            WhiteNoiseInput input = new(mean, sigma);
            string name = string.Create(CultureInfo.InvariantCulture, $"threshold integration at 1e-6, mu {1e3 * mean} mV, sigma {1e3 * sigma} mV");
            Measure(output, name, IntegrationCalls, "us", 1e6, () => Enumerable.Range(0, IntegrationCalls).Sum(_ => integration.Rate(input, 1e-6)));
        }

        double Sum(int stride, Func<WhiteNoiseInput, double> value)
        {
            double sum = 0;
            for (int i = 0; i < count; i += stride) sum += value(new WhiteNoiseInput(grid.Means[i], grid.Sigmas[i]));
            return sum;
        }
    }

    private static void Measure(TextWriter output, string name, int calls, string unit, double perSecond, Func<double> run)
    {
        // Long enough for the compiler to have seen which methods are hot.
        double value = 0;
        for (Stopwatch warmUp = Stopwatch.StartNew(); warmUp.Elapsed.TotalSeconds < 1.5;) value = run();
        double[] times = new double[Repetitions];
        for (int i = 0; i < Repetitions; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            value = run();
            times[i] = watch.Elapsed.TotalSeconds / calls * perSecond;
        }

        Array.Sort(times);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {times[Repetitions / 2]:F2} {unit} (least {times[0]:F2}), checksum {value:G6}"));
    }
}
