using SpikeStats.Models.Bases;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Hawkes;

/// <summary>Simulation of a <see cref="BasisHawkesModel"/> by generations: every spike has Poisson many children at lags drawn from the kernels.</summary>
/// <remarks><b>Source:</b> Hawkes and Oakes, J Appl Prob 11:493 (1974).</remarks>
internal sealed class BasisClusters
{
    // Generations, unlike time, give no rate to judge by; this many spikes fill a gigabyte.
    private const int Runaway = 50_000_000;

    private readonly BasisHawkesModel model;
    private readonly double[,] branching;

    // Pair by pair and piece by piece (panel, function): the share of the kernel up to the end of the piece.
    private readonly double[][] shares;
    private readonly double[] functions;

    private BasisClusters(BasisHawkesModel model)
    {
        this.model = model;
        branching = model.BranchingMatrix();
        functions = new double[model.Basis.ColumnCount];
        int units = model.Units.Count;
        shares = [.. Enumerable.Range(0, units * units).Select(pair => Shares(model, pair / units, pair % units))];
    }

    public static Recording Draw(BasisHawkesModel model, Recording conditions, ulong seed, CancellationToken cancellationToken)
    {
        BasisClusters clusters = new(model);
        List<double>[] times = [.. model.Units.Select(_ => new List<double>())];
        for (int s = 0; s < conditions.Observed.Count; s++)
            clusters.Draw(conditions.Observed[s], new RandomStream(seed, unit: 1, trial: (uint)s), times, cancellationToken);
        return OgataThinning.ToRecording(model, conditions, times);
    }

    private static double[] Shares(BasisHawkesModel model, int target, int source)
    {
        LagPanels panels = model.Basis.Panels;
        ReadOnlySpan<double> weights = model.Weights(target, source);
        double[] sums = new double[panels.Count * weights.Length];
        double sum = 0;
        for (int piece = 0; piece < sums.Length; piece++)
        {
            sum += weights[piece % weights.Length] * Math.Max(0, panels.Mass(piece / weights.Length, piece % weights.Length));
            sums[piece] = sum;
        }

        return sums;
    }

    private void Draw(TimeInterval interval, RandomStream stream, List<double>[] times, CancellationToken cancellationToken)
    {
        (double[] before, int[] marksBefore) = PrecededSpikes.Before(model, interval);
        List<(double Time, int Unit)> spikes = [.. before.Zip(marksBefore)];
        for (int i = 0; i < model.Units.Count; i++)
        {
            for (double time = interval.Start; model.Baselines[i] > 0;)
            {
                time += stream.NextExponential() / model.Baselines[i];
                if (!(time < interval.End)) break;
                spikes.Add((time, i));
            }
        }

        // Children join the end of the list and become parents in their turn.
        for (int parent = 0; parent < spikes.Count; parent++)
        {
            if ((parent & 0xFFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            if (spikes.Count > Runaway) throw HawkesRunaway.Of(model, model.SpectralRadius, interval, spikes);
            (double time, int source) = spikes[parent];
            for (int target = 0; target < model.Units.Count; target++)
            {
                if (branching[target, source] == 0) continue;
                for (int left = stream.NextPoisson(branching[target, source]); left > 0; left--)
                {
                    double child = time + DrawLag(target, source, stream);
                    // Children of spikes before the interval may come before it, too: that past is known already.
                    if (child >= interval.Start && child < interval.End) spikes.Add((child, target));
                }
            }
        }

        foreach ((double time, int unit) in spikes.Skip(before.Length).OrderBy(spike => spike.Time)) times[unit].Add(time);
    }

    // A piece of the kernel by its share, then a lag within it by rejection, which windows never do.
    private double DrawLag(int target, int source, RandomStream stream)
    {
        LagPanels panels = model.Basis.Panels;
        double[] sums = shares[(target * model.Units.Count) + source];
        double mark = stream.NextDouble() * sums[^1];
        int piece = Array.BinarySearch(sums, mark);
        piece = piece >= 0 ? piece + 1 : ~piece;
        (int panel, int function) = Math.DivRem(Math.Min(piece, sums.Length - 1), functions.Length);
        while (true)
        {
            double lag = panels.Edge(panel) + (stream.NextDouble() * (panels.Edge(panel + 1) - panels.Edge(panel)));
            model.Basis.EvaluateAt(lag, functions);
            if (stream.NextDouble() * panels.Bound(panel, function) <= functions[function]) return lag;
        }
    }
}
