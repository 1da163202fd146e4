using System.Numerics.Tensors;
using MathNet.Numerics;
using SpikeStats.Models.Bases;

namespace SpikeStats.Fitting.Decoding;

/// <summary>A recording as a <see cref="HiddenMarkovModel"/> sees it: counts and inputs, bin by bin.</summary>
internal sealed class HiddenMarkovData
{
    private readonly double[] transitionInputs;
    private readonly int transitionInputCount;
    private readonly int emissionInputCount;
    private readonly LagMatrix? history;

    // Bin after bin the inputs of the rates and the functions of the unit's past spikes; without history all units share one array.
    private readonly double[][] emissionInputs;

    private HiddenMarkovData(HiddenMarkovModel model, BinGrid grid, int[][] counts, Recording recording)
    {
        IReadOnlyList<string> transitions = model.TransitionInputs, emissions = model.EmissionInputs;
        history = model.History;
        Grid = grid;
        Counts = counts;
        transitionInputCount = transitions.Count;
        emissionInputCount = model.EmissionSize - 1;
        transitionInputs = Interleave(recording, transitions);
        double[] shared = Interleave(recording, emissions);
        emissionInputs = [.. model.Units.Select(_ => history is null ? shared : Widened(shared, emissions.Count))];
        for (int unit = 0; unit < counts.Length; unit++)
        {
            for (int bin = 0; bin < counts[unit].Length; bin++) AddPast(unit, bin, counts[unit][bin]);
        }

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

    public static HiddenMarkovData Of(HiddenMarkovModel model, Recording recording, BinGrid? grid = null)
    {
        grid ??= new BinGrid(recording.Observed, model.BinWidth);
        SpikeCounts counts = SpikeCounts.FromRecording(recording, grid);
        return new HiddenMarkovData(model, grid, [.. model.Units.Select(unit => counts.CountsOf(recording.Units.IndexOf(unit)))], recording);
    }

    /// <summary>The inputs alone, for a simulation.</summary>
    public static HiddenMarkovData InputsOf(HiddenMarkovModel model, Recording recording) =>
        new(model, new BinGrid(recording.Observed, model.BinWidth), [], recording);

    public ReadOnlySpan<double> TransitionInputsAt(int bin) => transitionInputs.AsSpan(bin * transitionInputCount, transitionInputCount);

    /// <summary>What drives the rate of a unit in a bin besides the constant.</summary>
    public ReadOnlySpan<double> EmissionInputsAt(int unit, int bin) => emissionInputs[unit].AsSpan(bin * emissionInputCount, emissionInputCount);

    /// <summary>Lets the spikes of a bin act on the later bins of the same observed interval.</summary>
    public void AddPast(int unit, int bin, int count)
    {
        if (history is null || count == 0) return;
        BinSegment segment = Grid.SegmentOf(bin);
        int end = Math.Min(segment.FirstBin + segment.BinCount, bin + history.LastLag + 1), first = emissionInputCount - history.ColumnCount;
        for (int later = bin + history.FirstLag; later < end; later++)
        {
            Span<double> features = emissionInputs[unit].AsSpan((later * emissionInputCount) + first, history.ColumnCount);
            TensorPrimitives.MultiplyAdd(history.Row(later - bin - history.FirstLag), count, features, features);
        }
    }

    private double[] Widened(double[] inputs, int inputCount)
    {
        double[] widened = new double[(long)Grid.BinCount * emissionInputCount];
        for (int bin = 0; bin < Grid.BinCount; bin++) inputs.AsSpan(bin * inputCount, inputCount).CopyTo(widened.AsSpan(bin * emissionInputCount));
        return widened;
    }

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
