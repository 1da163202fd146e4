using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;

namespace SpikeStats.Tests.Cli.Reporting;

/// <summary>Small recordings whose report is known beforehand.</summary>
internal static class ReportRecordings
{
    public static readonly TimeIntervals Observed = TimeIntervals.Of(0, 40);

    /// <summary>A refractory unit, one that repeats it 3 ms later, one with a dozen spikes, and one without any.</summary>
    public static Recording Mixed()
    {
        SpikeTrain refractory = Refractory(1, "refractory", Observed);
        double[] late = [.. refractory.Times.ToArray().Select(time => time + 0.003).Where(time => time < 40)];
        return Recording.FromTrains(
        [
            refractory,
            SpikeTrain.FromSorted(late, Observed, "echo"),
            SpikeTrain.FromSorted(Enumerable.Range(1, 12).Select(i => i * 3.1).ToArray(), Observed, "few"),
            SpikeTrain.FromSorted(default, Observed, "silent"),
        ]);
    }

    /// <summary>A unit that fires at 60 Hz but never within 4 ms of a spike of its own.</summary>
    public static SpikeTrain Refractory(ulong seed, string unit, TimeIntervals observed)
    {
        GlmModel model = new()
        {
            Unit = unit,
            BinWidth = 0.001,
            Baseline = Math.Log(60),
            Observation = ObservationModel.Bernoulli,
            SpikeFilters = [new SpikeFilter(unit, 1, [.. Enumerable.Repeat(double.NegativeInfinity, 4), -1, -0.5])],
            Edge = EdgePolicy.Zero,
        };
        return model.Simulate(Recording.FromTrains([SpikeTrain.FromSorted(default, observed, unit)]), seed)[0];
    }

    /// <summary>Twenty trials of 2 s; the unit fires at 10 Hz, and at 50 Hz in the half second after the zero of the trial, which is 1 s after its start.</summary>
    public static Recording Trials()
    {
        RandomStream random = new(5);
        List<double> times = [];
        Trial[] trials = [.. Enumerable.Range(0, 20).Select(i => new Trial($"{i}", new TimeInterval(2 * i, (2 * i) + 2), (2 * i) + 1))];
        for (int bin = 0; bin < 40_000; bin++)
        {
            double inTrial = (bin % 2000) * 0.001;
            if (random.NextDouble() < (inTrial is >= 1 and < 1.5 ? 0.05 : 0.01)) times.Add((bin + 0.5) * 0.001);
        }

        TimeIntervals observed = TimeIntervals.FromSorted([.. trials.Select(trial => trial.Interval)]);
        return Recording.FromTrains([SpikeTrain.FromSorted(times.ToArray(), observed, "driven")], trials);
    }

    /// <summary>Unit a drives unit b: after a spike of a, b fires more for 10 ms.</summary>
    public static Recording Coupled()
    {
        GlmModel Cell(string unit, params SpikeFilter[] filters) => new()
        {
            Unit = unit,
            BinWidth = 0.001,
            Baseline = Math.Log(20),
            Observation = ObservationModel.Bernoulli,
            SpikeFilters = filters,
            Edge = EdgePolicy.Zero,
        };
        GlmPopulation population = new([Cell("a"), Cell("b", new SpikeFilter("a", 1, [.. Enumerable.Repeat(1.5, 10)])), Cell("c")]);
        TimeIntervals observed = TimeIntervals.Of(0, 60);
        return population.Simulate(Recording.FromTrains(population.Units.Select(unit => SpikeTrain.FromSorted(default, observed, unit))), seed: 8);
    }
}
