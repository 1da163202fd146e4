using System.Numerics.Tensors;
using SpikeStats.Models.Bases;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.Hawkes;

/// <summary>Simulation of a <see cref="BasisHawkesModel"/> by thinning under kernels that never rise.</summary>
/// <remarks><b>Source:</b> Ogata, IEEE Trans Inf Theory 27:23 (1981).</remarks>
internal sealed class BasisThinning
{
    private readonly BasisHawkesModel model;

    // Source by source and panel by panel: how much one spike can still add to the total rate, now or later.
    private readonly double[] caps;

    private BasisThinning(BasisHawkesModel model)
    {
        this.model = model;
        LagPanels panels = model.Basis.Panels;
        int units = model.Units.Count, functions = model.Basis.ColumnCount;
        caps = new double[units * panels.Count];
        for (int source = 0; source < units; source++)
        {
            double highest = 0;
            for (int panel = panels.Count - 1; panel >= 0; panel--)
            {
                double cap = 0;
                for (int target = 0; target < units; target++)
                {
                    for (int b = 0; b < functions; b++) cap += model.Weight(target, source, b) * panels.Bound(panel, b);
                }

                highest = Math.Max(highest, cap);
                caps[(source * panels.Count) + panel] = highest;
            }
        }
    }

    public static Recording Draw(BasisHawkesModel model, Recording conditions, ulong seed, CancellationToken cancellationToken)
    {
        BasisThinning thinning = new(model);
        List<double>[] times = [.. model.Units.Select(_ => new List<double>())];
        for (int s = 0; s < conditions.Observed.Count; s++)
            thinning.Draw(conditions.Observed[s], new RandomStream(seed, unit: 0, trial: (uint)s), times, cancellationToken);
        return OgataThinning.ToRecording(model, conditions, times);
    }

    private void Draw(TimeInterval interval, RandomStream stream, List<double>[] times, CancellationToken cancellationToken)
    {
        (double[] before, int[] marksBefore) = PrecededSpikes.Before(model, interval);
        List<(double Time, int Mark)> spikes = [.. before.Zip(marksBefore)];
        int oldest = 0;

        // Below a spectral radius of 1 every cascade ends, however high the rates that were asked for.
        Lazy<bool> isCritical = new(() => model.SpectralRadius >= 1);
        double[] intensity = new double[model.Units.Count], functions = new double[model.Basis.ColumnCount];
        double time = interval.Start, bound = Bound(spikes, ref oldest, time);
        for (long candidate = 0; bound > 0; candidate++)
        {
            if ((candidate & 0xFFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
            time += stream.NextExponential() / bound;
            if (!(time < interval.End)) return;
            double mark = stream.NextDouble() * bound;
            bound = Bound(spikes, ref oldest, time);
            // A look at the bound of this instant spares most evaluations of the kernels.
            if (mark >= bound) continue;
            SetIntensity(spikes, oldest, time, functions, intensity);
            if (HawkesRunaway.IndexOf(intensity, i => model.Baselines[i]) is >= 0 and int runaway && isCritical.Value)
                throw HawkesRunaway.At(model.Units[runaway], time, intensity[runaway], model.SpectralRadius);
            int unit = 0;
            while (unit < intensity.Length && mark >= intensity[unit]) mark -= intensity[unit++];
            if (unit == intensity.Length) continue;
            times[unit].Add(time);
            spikes.Add((time, unit));
            bound = Bound(spikes, ref oldest, time);
        }
    }

    private double Bound(List<(double Time, int Mark)> spikes, ref int oldest, double time)
    {
        LagPanels panels = model.Basis.Panels;
        while (oldest < spikes.Count && time - spikes[oldest].Time >= model.Basis.Support) oldest++;
        double bound = model.Baselines.Sum();
        for (int k = oldest; k < spikes.Count; k++) bound += caps[(spikes[k].Mark * panels.Count) + panels.IndexOf(time - spikes[k].Time)];
        return bound;
    }

    private void SetIntensity(List<(double Time, int Mark)> spikes, int oldest, double time, double[] functions, double[] intensity)
    {
        for (int i = 0; i < intensity.Length; i++) intensity[i] = model.Baselines[i];
        for (int k = oldest; k < spikes.Count; k++)
        {
            model.Basis.EvaluateAt(time - spikes[k].Time, functions);
            for (int i = 0; i < intensity.Length; i++) intensity[i] += TensorPrimitives.Dot(model.Weights(i, spikes[k].Mark), functions);
        }
    }
}
