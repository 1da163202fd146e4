using System.Numerics.Tensors;

namespace SpikeStats.Models.Hawkes;

/// <summary>The integrated intensity of one unit of a <see cref="BasisHawkesModel"/>, followed through one observed interval.</summary>
internal sealed class LaggedIntensity(BasisHawkesModel model, PrecededSpikes spikes, int target)
{
    private readonly double[] upper = new double[model.Basis.ColumnCount], lower = new double[model.Basis.ColumnCount];
    private double time = spikes.Interval.Start;

    // The first spike whose excitation is not over at the present instant.
    private int oldest;

    /// <summary>Goes on to a later instant.</summary>
    /// <returns>∫ λ since the last instant.</returns>
    public double Advance(double to)
    {
        while (oldest < spikes.Times.Length && time - spikes.Times[oldest] >= model.Basis.Support) oldest++;
        double integral = model.Baselines[target] * (to - time);
        for (int k = oldest; k < spikes.Times.Length && spikes.Times[k] < to; k++)
        {
            model.Basis.IntegrateTo(to - spikes.Times[k], upper);
            model.Basis.IntegrateTo(time - spikes.Times[k], lower);
            TensorPrimitives.Subtract<double>(upper, lower, upper);
            integral += TensorPrimitives.Dot(model.Weights(target, spikes.Marks[k]), upper);
        }

        time = to;
        // Integrals of functions that are not negative differ by rounding where these are zero.
        return Math.Max(0, integral);
    }
}
