using SpikeStats.Models.Glm;
using SpikeStats.Models.PointProcesses;
using SpikeStats.RandomStreams;

namespace SpikeStats.Fitting.Decoding;

/// <summary>Draws states and spikes of a <see cref="HiddenMarkovModel"/>, bin by bin: the state from the one before, then the counts of all units.</summary>
internal static class HiddenMarkovSimulation
{
    // Spikes are laid a little inside their bin, so that binning the simulated recording gives back the drawn counts.
    private const double Margin = 1e-6;

    /// <summary>Draws a recording on the observed intervals of the conditions, and the state of every bin.</summary>
    public static (Recording Recording, int[] States) Draw(HiddenMarkovModel model, Recording conditions, ulong seed, CancellationToken cancellationToken)
    {
        HiddenMarkovData data = HiddenMarkovData.InputsOf(model, conditions);
        RandomStream chain = new(seed, (uint)model.Units.Count);
        RandomStream[] streams = [.. model.Units.Select((_, unit) => new RandomStream(seed, (uint)unit))];
        List<double>[] times = [.. model.Units.Select(_ => new List<double>())];
        int[] states = new int[data.Grid.BinCount];
        foreach (BinSegment segment in data.Grid.Segments)
        {
            Func<int, TransitionMatrix> into = BaumWelch.Transitions(model, data, segment);
            for (int step = 0; step < segment.BinCount; step++)
            {
                int bin = segment.FirstBin + step;
                if ((bin & 0xFFFF) == 0) cancellationToken.ThrowIfCancellationRequested();
                states[bin] = Next(step == 0 ? model.Initial : into(step).Probabilities.AsSpan(states[bin - 1] * model.StateCount, model.StateCount), chain);
                double start = segment.Start + (step * model.BinWidth);
                for (int unit = 0; unit < times.Length; unit++)
                {
                    double mean = model.BinWidth * Math.Exp(HiddenMarkovModel.Predictor(
                        model.EmissionWeights, (states[bin] * model.Units.Count) + unit, data.EmissionInputsAt(unit, bin)));
                    if (!(mean <= ObservationModel.Runaway)) throw RanAway(model, unit, start, mean);
                    int count = streams[unit].NextPoisson(mean);
                    data.AddPast(unit, bin, count);
                    times[unit].AddRange(Enumerable.Range(0, count).Select(_ => start + (model.BinWidth * Math.Clamp(streams[unit].NextDouble(), Margin, 1 - Margin))).Order());
                }
            }
        }

        return (Recording.FromTrains(
            times.Select((own, unit) => SpikeTrain.FromSorted(own.ToArray(), conditions.Observed, model.Units[unit])), conditions.Trials, conditions.Signals), states);
    }

    private static int Next(ReadOnlySpan<double> probabilities, RandomStream stream)
    {
        double left = stream.NextDouble();
        int state = 0;
        while (state < probabilities.Length - 1 && left >= probabilities[state]) left -= probabilities[state++];
        return state;
    }

    private static RunawayException RanAway(HiddenMarkovModel model, int unit, double time, double mean) => new(
        model.Units[unit], time, mean / model.BinWidth,
        model.History is null ? "Its rate or its inputs drive it there; check their scale." : "Its excitation by its own past spikes is unstable; use shorter filters or fewer functions.");
}
