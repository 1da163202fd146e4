using SpikeStats.Models.PointProcesses;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Fitting.Decoding;

/// <summary>What a hidden Markov model says of a unit's next bin, from the spikes of all units in the bins before it.</summary>
internal static class HiddenMarkovPrediction
{
    /// <summary>The expected count of each bin, and the hazard q = -log P(no spike in the bin | past).</summary>
    public static (double[] Expected, double[] Hazard) Of(HiddenMarkovModel model, HiddenMarkovData data, int unit)
    {
        int states = model.StateCount;
        double[] emissions = BaumWelch.LogEmissions(model, data), logInitial = Array.ConvertAll(model.Initial.ToArray(), Math.Log);
        double[] expected = new double[data.Grid.BinCount], hazard = new double[data.Grid.BinCount], predicted = new double[states];
        foreach (BinSegment segment in data.Grid.Segments)
        {
            Func<int, TransitionMatrix> into = BaumWelch.Transitions(model, data, segment);
            double[] filtered = ForwardBackward.Run(logInitial, into, emissions.AsSpan(segment.FirstBin * states, segment.BinCount * states)).Filtered;
            for (int step = 0; step < segment.BinCount; step++)
            {
                if (step == 0) model.Initial.CopyTo(predicted);
                else Move(filtered.AsSpan((step - 1) * states, states), into(step), predicted);
                int bin = segment.FirstBin + step;
                double spike = 0;
                for (int state = 0; state < states; state++)
                {
                    double mean = model.BinWidth * Math.Exp(HiddenMarkovModel.Predictor(
                        model.EmissionWeights, (state * model.Units.Count) + unit, data.EmissionInputsAt(unit, bin)));
                    expected[bin] += predicted[state] * mean;
                    spike += predicted[state] * -Exponentials.MinusOne(-mean);
                }

                hazard[bin] = -Exponentials.LogOnePlus(-spike);
            }
        }

        return (expected, hazard);
    }

    /// <summary>The compensator of a unit under the predictive law.</summary>
    public static Compensator Compensate(HiddenMarkovModel model, HiddenMarkovData data, int unit)
    {
        (double[] expected, double[] hazard) = Of(model, data, unit);
        List<CompensatorSegment> segments = [];
        int coincident = 0;
        foreach (BinSegment segment in data.Grid.Segments)
        {
            ReadOnlySpan<int> counts = data.Counts[unit].AsSpan(segment.FirstBin, segment.BinCount);
            List<int> spikes = [];
            for (int bin = 0; bin < counts.Length; bin++) spikes.AddRange(Enumerable.Repeat(bin, counts[bin]));
            TimeInterval interval = new(segment.Start, segment.Start + (segment.BinCount * model.BinWidth));
            segments.Add(BinnedCompensator.Accumulate(
                interval, expected.AsSpan(segment.FirstBin, segment.BinCount), hazard.AsSpan(segment.FirstBin, segment.BinCount), [.. spikes], out int coincidentHere));
            coincident += coincidentHere;
        }

        return new Compensator(model.Units[unit], IsDiscrete: true, segments, coincident);
    }

    private static void Move(ReadOnlySpan<double> from, TransitionMatrix transition, double[] to)
    {
        Array.Clear(to);
        for (int i = 0; i < from.Length; i++)
        {
            for (int j = 0; j < to.Length; j++) to[j] += from[i] * transition.Probabilities[(i * to.Length) + j];
        }
    }
}
