using System.Diagnostics;
using System.Globalization;
using SpikeStats.Models.FokkerPlanck;
using SpikeStats.Models.Neurons;

namespace SpikeStats.Benchmarks.FokkerPlanck;

/// <summary>The response of a population on the input file of other tools' drivers: 1 s in 10,000 steps on 400 cells, in millivolts and milliseconds.</summary>
public static class FokkerPlanckTimings
{
    private const int Repetitions = 21;
    private const double TimeConstant = 20, TimeStep = 0.1;

    /// <summary>Prints the median and the least time and the mean rate.</summary>
    public static void Print(string folder, TextWriter output)
    {
        double[][] rows = [.. File.ReadLines(Path.Combine(folder, "e_input.csv")).Skip(1).Select(line => line.Split(',').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray())];

        // The file has the drift of the current and the noise per root of time.
        SampledSignal mean = SampledSignal.Regular("mean", rows.Select(row => TimeConstant * row[1]).ToArray(), 0, 1 / TimeStep);
        SampledSignal sigma = SampledSignal.Regular("sigma", rows.Select(row => Math.Sqrt(TimeConstant) * row[2]).ToArray(), 0, 1 / TimeStep);
        LeakyIntegrateAndFire neuron = new() { TimeConstant = TimeConstant, Threshold = 20, Reset = 10, RefractoryPeriod = 0 };
        FokkerPlanckEquation equation = new(neuron, new FokkerPlanckOptions { Cells = 400, LowerBoundary = -20, TimeStep = TimeStep });
        TimeVaryingInput input = TimeVaryingInput.Sampled(mean, sigma);
        PopulationResponse response = equation.Evolve(input, TimeStep * rows.Length, InitialDensity.Normal(0, 2));
        for (Stopwatch warmUp = Stopwatch.StartNew(); warmUp.Elapsed.TotalSeconds < 2;) response = equation.Evolve(input, TimeStep * rows.Length, InitialDensity.Normal(0, 2));
        double[] seconds = new double[Repetitions];
        for (int i = 0; i < Repetitions; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            response = equation.Evolve(input, TimeStep * rows.Length, InitialDensity.Normal(0, 2));
            seconds[i] = watch.Elapsed.TotalSeconds;
        }

        Array.Sort(seconds);
        double rate = 0;
        foreach (double value in response.Rate.Values) rate += 1e3 * value / response.Rate.Count;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Fokker-Planck, {rows.Length} steps: median {seconds[Repetitions / 2]:F4} s (least {seconds[0]:F4}), mean rate {rate:F4} Hz, error of the mass {response.MassError:E1}, repeated steps {response.RepeatedSteps}, clipped {response.ClippedMass:E1}"));
    }
}
