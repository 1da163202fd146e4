using MathNet.Numerics;

namespace SpikeStats.Fitting.Decoding;

/// <summary>A recording as a <see cref="HiddenMarkovModel"/> sees it: counts and inputs, bin by bin.</summary>
internal sealed class HiddenMarkovData
{
    private readonly double[] transitionInputs;
    private readonly double[] emissionInputs;
    private readonly int transitionInputCount;
    private readonly int emissionInputCount;

    private HiddenMarkovData(BinGrid grid, int[][] counts, Recording recording, IReadOnlyList<string> transitions, IReadOnlyList<string> emissions)
    {
        Grid = grid;
        Counts = counts;
        transitionInputCount = transitions.Count;
        emissionInputCount = emissions.Count;
        transitionInputs = Interleave(recording, transitions);
        emissionInputs = Interleave(recording, emissions);
        foreach (int[] own in counts)
        {
            foreach (int count in own) Constant -= count < 2 ? 0 : SpecialFunctions.FactorialLn(count);
        }
    }

    public BinGrid Grid { get; }

    /// <summary>Spikes of each unit in each bin.</summary>
    public int[][] Counts { get; }

    /// <summary>-Σ log y!, which no state changes.</summary>
    public double Constant { get; }

    public static HiddenMarkovData Of(HiddenMarkovModel model, Recording recording)
    {
        BinGrid grid = new(recording.Observed, model.BinWidth);
        SpikeCounts counts = SpikeCounts.FromRecording(recording, grid);
        return new HiddenMarkovData(
            grid, [.. model.Units.Select(unit => counts.CountsOf(recording.Units.IndexOf(unit)))], recording, model.TransitionInputs, model.EmissionInputs);
    }

    /// <summary>The inputs alone, for a simulation.</summary>
    public static HiddenMarkovData InputsOf(HiddenMarkovModel model, Recording recording) =>
        new(new BinGrid(recording.Observed, model.BinWidth), [], recording, model.TransitionInputs, model.EmissionInputs);

    public ReadOnlySpan<double> TransitionInputsAt(int bin) => transitionInputs.AsSpan(bin * transitionInputCount, transitionInputCount);

    public ReadOnlySpan<double> EmissionInputsAt(int bin) => emissionInputs.AsSpan(bin * emissionInputCount, emissionInputCount);

    private double[] Interleave(Recording recording, IReadOnlyList<string> names)
    {
        double[] values = new double[(long)Grid.BinCount * names.Count];
        for (int input = 0; input < names.Count; input++)
        {
            double[] own = recording.Signal(names[input]).InBins(Grid);
            for (int bin = 0; bin < own.Length; bin++)
            {
                if (!double.IsFinite(own[bin]))
                {
                    throw new InvalidRecordingException(
                        FormattableString.Invariant($"signal {names[input]} is not finite at {Grid.StartOf(bin)} s"), "restrict the analysis to intervals in which it is");
                }

                values[(bin * names.Count) + input] = own[bin];
            }
        }

        return values;
    }
}
