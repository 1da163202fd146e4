using System.Text.Json;
using SpikeStats.Models.Hawkes;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Hawkes;

/// <summary>Recordings of the reference problems, and the likelihood summed over all pairs of spikes as the second route.</summary>
internal static class HawkesProblem
{
    public static JsonElement Reference { get; } = ReferenceFile.Read("hawkes");

    /// <summary>Trains a, b, ... observed from 0 until just after the end: the reference counts a spike at T itself.</summary>
    public static Recording Record(double duration, params double[][] trains)
    {
        TimeIntervals observed = TimeIntervals.Of(0, Math.BitIncrement(duration));
        return Recording.FromTrains(trains.Select((times, unit) => SpikeTrain.FromSorted(times, observed, Name(unit))));
    }

    public static string Name(int unit) => ((char)('a' + unit)).ToString();

    public static double[,] Matrix(JsonElement rows)
    {
        double[][] values = [.. rows.EnumerateArray().Select(row => row.Doubles())];
        double[,] matrix = new double[values.Length, values[0].Length];
        for (int i = 0; i < values.Length; i++)
        {
            for (int j = 0; j < values[i].Length; j++) matrix[i, j] = values[i][j];
        }

        return matrix;
    }

    /// <summary>log L by the definition: O(spikes²).</summary>
    public static double BruteForce(HawkesModel model, Recording recording)
    {
        double sum = 0;
        foreach (TimeInterval interval in recording.Observed)
        {
            for (int i = 0; i < model.Units.Count; i++)
            {
                sum -= BaselineIntegral(model, i, interval);
                foreach (double time in recording[model.Units[i]].TimesIn(interval)) sum += Math.Log(BaselineAt(model, i, time) + Excitation(model, recording, interval, i, time));
                for (int j = 0; j < model.Units.Count; j++)
                {
                    foreach (double past in recording[model.Units[j]].TimesIn(interval))
                    {
                        for (int u = 0; u < model.Decays.Count; u++) sum -= model.Branching(i, j, u) * (1 - Math.Exp(-model.Decays[u] * (interval.End - past)));
                    }
                }
            }
        }

        return sum;
    }

    /// <summary>The level at an instant, found by going through all changes; periods begin at zero.</summary>
    public static double BaselineAt(HawkesModel model, int target, double time)
    {
        if (model.Baseline.Period is not double period) return model.Level(target, model.Baseline.Changes.Count(change => change <= time));
        return model.Level(target, (int)((time - (Math.Floor(time / period) * period)) / period * model.Baseline.PieceCount));
    }

    /// <summary>∫ μ as a sum over cells of 1/64 s, in none of which the level changes; the interval begins and ends between cells.</summary>
    public static double BaselineIntegral(HawkesModel model, int target, TimeInterval interval)
    {
        if (model.Baseline.IsConstant) return model.Level(target, 0) * interval.Duration;
        double sum = 0;
        for (double cell = interval.Start; cell < interval.End; cell += 1 / 64.0) sum += BaselineAt(model, target, cell + (1 / 128.0)) / 64;
        return sum;
    }

    public static double Excitation(HawkesModel model, Recording recording, TimeInterval interval, int target, double time)
    {
        double sum = 0;
        for (int j = 0; j < model.Units.Count; j++)
        {
            foreach (double past in recording[model.Units[j]].TimesIn(interval))
            {
                if (past >= time) break;
                for (int u = 0; u < model.Decays.Count; u++) sum += model.Branching(target, j, u) * model.Decays[u] * Math.Exp(-model.Decays[u] * (time - past));
            }
        }

        return sum;
    }

    /// <summary>Three units and two decays, some pairs uncoupled.</summary>
    public static HawkesModel Trio { get; } = new(
        ["a", "b", "c"], [1.5, 0.8, 2.5], [2.0, 40.0],
        new[, ,] { { { 0.2, 0.1 }, { 0, 0.3 }, { 0, 0 } }, { { 0.3, 0 }, { 0.1, 0.2 }, { 0.05, 0 } }, { { 0, 0 }, { 0.4, 0 }, { 0.1, 0.1 } } });

    /// <summary>The same with baselines that vary; changes lie on the grid of <see cref="Tied"/>.</summary>
    public static HawkesModel Varying(bool isPeriodic)
    {
        double[,,] branching = new double[3, 3, 2];
        for (int i = 0; i < branching.Length; i++) branching[i / 6, i / 2 % 3, i % 2] = Trio.Branching(i / 6, i / 2 % 3, i % 2);
        HawkesBaseline baseline = isPeriodic ? HawkesBaseline.Periodic(1.5, 3) : HawkesBaseline.Piecewise(-1, 8.5, 30);
        double[,] levels = isPeriodic
            ? new[,] { { 1.5, 0.2, 3 }, { 0.8, 0.1, 0.4 }, { 2.5, 2, 5 } }
            : new[,] { { 1.5, 0.2, 3, 1 }, { 0.8, 0.1, 0.4, 2 }, { 2.5, 2, 5, 0.5 } };
        return new HawkesModel(Trio.Units, baseline, levels, Trio.Decays, branching);
    }

    /// <summary>Spikes on a grid of 1/64 s, so that units often fire at the same instant, in intervals with gaps.</summary>
    public static Recording Tied(ulong seed)
    {
        TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(-3, 8), new TimeInterval(8, 9), new TimeInterval(30, 42));
        SpikeTrain[] trains = [.. Enumerable.Range(0, 3).Select(unit =>
        {
            RandomStream stream = new(seed, (uint)unit);
            IEnumerable<double> grid = Enumerable.Range(-3 * 64, 45 * 64).Select(tick => tick / 64.0);
            return SpikeTrain.FromSorted(grid.Where(time => stream.NextDouble() < 0.08 && observed.Contains(time)).ToArray(), observed, Name(unit));
        })];
        return Recording.FromTrains(trains);
    }
}
