using System.Numerics.Tensors;
using SpikeStats.Models.Bases;

namespace SpikeStats.Models.Hawkes;

/// <summary>The log-likelihood of a <see cref="BasisHawkesModel"/>: Σ log λ at the spikes minus ∫ λ.</summary>
internal static class BasisHawkesLikelihood
{
    private const int BlockLength = 4096;

    public static double Of(BasisHawkesModel model, MarkedEvents events)
    {
        int units = model.Units.Count, functions = model.Basis.ColumnCount;
        double[] logs = new double[events.Count], exposure = new double[units * functions];
        for (int s = 0; s < events.Observed.Count; s++)
        {
            PrecededSpikes spikes = PrecededSpikes.Of(model, events, s);
            int first = events.StretchStarts[s], count = events.StretchStarts[s + 1] - first;
            Parallel.For(0, (count + BlockLength - 1) / BlockLength, block =>
            {
                double[] values = new double[functions];
                for (int k = block * BlockLength; k < Math.Min((block + 1) * BlockLength, count); k++)
                    logs[first + k] = Math.Log(Intensity(model, spikes, spikes.InitialCount + k, values));
            });
            AddExposure(model.Basis, spikes.Times, spikes.Marks, spikes.Interval, exposure);
        }

        double integral = events.Observed.Duration * model.Baselines.Sum();
        for (int i = 0; i < units; i++)
        {
            for (int j = 0; j < units; j++) integral += TensorPrimitives.Dot(model.Weights(i, j), exposure.AsSpan(j * functions, functions));
        }

        return TensorPrimitives.Sum<double>(logs) - integral;
    }

    /// <summary>Adds, for each source and function, the part of ∫ Σ_s B(t - s) dt that lies in an observed interval, in seconds.</summary>
    public static void AddExposure(ContinuousBasis basis, ReadOnlySpan<double> times, ReadOnlySpan<int> marks, TimeInterval interval, Span<double> exposure)
    {
        int functions = basis.ColumnCount;
        double[] toEnd = new double[functions], toStart = new double[functions];
        // Counted, not added up one by one: nearly all spikes have spent their excitation when observation ends.
        int[] spent = new int[exposure.Length / functions];
        for (int k = 0; k < times.Length; k++)
        {
            Span<double> own = exposure.Slice(marks[k] * functions, functions);
            if (interval.End - times[k] >= basis.Support && times[k] >= interval.Start)
            {
                spent[marks[k]]++;
                continue;
            }

            basis.IntegrateTo(interval.End - times[k], toEnd);
            basis.IntegrateTo(interval.Start - times[k], toStart);
            for (int b = 0; b < functions; b++) own[b] += toEnd[b] - toStart[b];
        }

        double[] integrals = basis.Integrals();
        for (int mark = 0; mark < spent.Length; mark++)
        {
            for (int b = 0; b < functions; b++) exposure[(mark * functions) + b] += spent[mark] * integrals[b];
        }
    }

    private static double Intensity(BasisHawkesModel model, PrecededSpikes spikes, int at, double[] values)
    {
        int target = spikes.Marks[at];
        double time = spikes.Times[at], sum = model.Baselines[target];
        for (int k = at - 1; k >= 0; k--)
        {
            double lag = time - spikes.Times[k];
            if (lag >= model.Basis.Support) break;
            if (lag == 0) continue;
            model.Basis.EvaluateAt(lag, values);
            sum += TensorPrimitives.Dot(model.Weights(target, spikes.Marks[k]), values);
        }

        return sum;
    }
}
