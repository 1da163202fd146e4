using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Statistics;

/// <summary>Trains that the tests of this folder share.</summary>
internal static class TestTrains
{
    /// <summary>A train on [0, end).</summary>
    public static SpikeTrain On(double end, params double[] times) => SpikeTrain.FromSorted(times, TimeIntervals.Of(0, end));

    /// <summary>A homogeneous Poisson train on observed intervals.</summary>
    public static SpikeTrain Poisson(ulong seed, double rate, TimeIntervals observed, string unit = "") => Renewal(seed, rate, 1, observed, unit);

    /// <summary>A homogeneous Poisson train on [0, duration).</summary>
    public static SpikeTrain Poisson(ulong seed, double rate, double duration, string unit = "") => Poisson(seed, rate, TimeIntervals.Of(0, duration), unit);

    /// <summary>An ordinary renewal train with gamma distributed intervals of integer shape; CV² = 1/shape. Each observed interval starts afresh.</summary>
    public static SpikeTrain Renewal(ulong seed, double rate, int shape, TimeIntervals observed, string unit = "")
    {
        RandomStream random = new(seed);
        List<double> times = [];
        foreach (TimeInterval interval in observed)
        {
            double time = interval.Start;
            while (true)
            {
                for (int stage = 0; stage < shape; stage++) time += random.NextExponential() / (rate * shape);
                if (time >= interval.End) break;
                times.Add(time);
            }
        }

        return SpikeTrain.FromSorted(times.ToArray(), observed, unit);
    }

    /// <summary>The Poisson train that statistics.py draws.</summary>
    public static SpikeTrain Reference(ulong seed, double rate, double duration)
    {
        ReferenceGenerator random = new(seed);
        List<double> times = [];
        for (double time = -Math.Log(random.Next()) / rate; time < duration; time -= Math.Log(random.Next()) / rate) times.Add(time);
        return SpikeTrain.FromSorted(times.ToArray(), TimeIntervals.Of(0, duration));
    }

    /// <summary>One neuron of a comma-separated file neuron,trial,time_s of the cockroach recordings, as one observed interval.</summary>
    public static SpikeTrain Cockroach(string file, string neuron)
    {
        double[] times = [.. File.ReadLines(Repository.SharedData("star_cockroach", file)).Skip(1)
            .Select(line => line.Split(','))
            .Where(fields => fields[0] == neuron)
            .Select(fields => double.Parse(fields[2], System.Globalization.CultureInfo.InvariantCulture))];
        return SpikeTrain.FromSorted(times, TimeIntervals.Of(0, Math.Ceiling(times[^1] + 1e-9)), neuron);
    }

    /// <summary>The grasshopper's auditory receptor, 10 s.</summary>
    public static SpikeTrain Grasshopper()
    {
        double[] times = [.. File.ReadLines(Repository.SharedData("grasshopper_auditory_1", "spike_times_us.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => double.Parse(line, System.Globalization.CultureInfo.InvariantCulture) / 1e6)];
        return SpikeTrain.FromSorted(times, TimeIntervals.Of(0, 10), "receptor");
    }
}
