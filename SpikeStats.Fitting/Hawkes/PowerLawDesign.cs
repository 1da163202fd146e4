using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>What the past looked like at each spike through a power law: the excitation by each source for α = 1, and its derivatives by c and θ.</summary>
/// <remarks>
/// The decays are those of a grid that does not move; only the weights depend on c and θ (<see cref="PowerLawWeights"/>). One state per source and decay is carried from
/// spike to spike, Σ_s e^(-β_u (t - s)), and each derivative is another weighted sum of it. <b>Cost:</b> O(spikes × units × decays); memory O(spikes × units).
/// </remarks>
internal sealed class PowerLawDesign
{
    // [order][target][source]: one value per spike of the target.
    private readonly double[][][][] columns;
    private readonly double[][] exposures;

    public PowerLawDesign(MarkedEvents events, PowerLawWeights weights, int threads)
    {
        Duration = events.Observed.Duration;
        int orders = weights.ByDerivative.Length, units = events.UnitCount;
        columns = [.. Enumerable.Range(0, orders).Select(_ => Enumerable.Range(0, units).Select(
            target => Enumerable.Range(0, units).Select(_ => new double[events.Counts[target]]).ToArray()).ToArray())];
        exposures = [.. Enumerable.Range(0, orders).Select(_ => new double[units])];
        Parallel.For(0, units, new ParallelOptions { MaxDegreeOfParallelism = threads }, source => Fill(events, weights, source));
    }

    public double Duration { get; }

    /// <summary>Σ over the spikes of each source of what comes of the excitation in the observed time, or a derivative of it.</summary>
    public double[] Exposure(int derivative) => exposures[derivative];

    /// <summary>The excitation by each source at the spikes of a target, or a derivative of it.</summary>
    public double[][] Columns(int derivative, int target) => columns[derivative][target];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(MarkedEvents events, PowerLawWeights weights, int source)
    {
        int orders = weights.ByDerivative.Length;
        double[] decays = weights.Decays, state = new double[decays.Length], remaining = new double[decays.Length];
        // A density at a spike needs w β, the integral w.
        double[][] densities = Array.ConvertAll(weights.ByDerivative, weight => weight.Zip(decays, (w, decay) => w * decay).ToArray());
        double[] totals = Array.ConvertAll(weights.ByDerivative, weight => TensorPrimitives.Sum<double>(weight));
        int[] rows = new int[events.UnitCount];
        for (int s = 0; s + 1 < events.StretchStarts.Length; s++)
        {
            Array.Clear(state);
            double last = events.Observed[s].Start;
            int pending = 0, count = 0;
            void MoveTo(double time)
            {
                // Spikes at the same instant do not excite each other: they join the state only when time has moved on.
                if (time <= last) return;
                TensorPrimitives.Add(state, pending, state);
                TensorPrimitives.Multiply(decays, last - time, remaining);
                TensorPrimitives.Exp(remaining, remaining);
                TensorPrimitives.Multiply(state, remaining, state);
                (last, pending) = (time, 0);
            }

            for (int k = events.StretchStarts[s]; k < events.StretchStarts[s + 1]; k++)
            {
                MoveTo(events.Times[k]);
                int target = events.Marks[k], row = rows[target]++;
                for (int d = 0; d < orders; d++) columns[d][target][source][row] = TensorPrimitives.Dot(densities[d], state);
                if (target != source) continue;
                pending++;
                count++;
            }

            MoveTo(events.Observed[s].End);
            for (int d = 0; d < orders; d++) exposures[d][source] += (count * totals[d]) - TensorPrimitives.Dot(weights.ByDerivative[d], state);
        }
    }
}
