using System.Numerics.Tensors;

namespace SpikeStats.Models.Glm;

/// <summary>The linear predictor η of a <see cref="GlmModel"/> on the bins of a recording, and the bins of the modelled unit's spikes.</summary>
internal sealed class LinearPredictor
{
    private LinearPredictor(BinGrid grid, double[] values, int[] spikeBins)
    {
        Grid = grid;
        Values = values;
        SpikeBins = spikeBins;
    }

    public BinGrid Grid { get; }

    public double[] Values { get; }

    /// <summary>Ascending bins of the spikes; one entry per spike.</summary>
    public int[] SpikeBins { get; }

    public static LinearPredictor Of(GlmModel model, Recording recording, BinGrid? grid = null)
    {
        Recording kept = UnitsOf(model, recording);

        // Where a unit that acts was not observed the model says nothing, for silence there would be a guess.
        grid ??= new BinGrid(kept.Observed, model.BinWidth);
        SpikeCounts counts = SpikeCounts.FromRecording(kept, grid);
        double[] values = FromSignals(model, recording, grid);
        foreach (SpikeFilter filter in model.SpikeFilters)
        {
            double[] gain = [.. filter.LogGain];
            foreach (int bin in counts.BinsOf(kept.Units.IndexOf(filter.Source))) AddAfter(values, grid, bin, filter.FirstLag, gain);
        }

        return new LinearPredictor(grid, values, counts.BinsOf(kept.Units.IndexOf(model.Unit)).ToArray());
    }

    /// <summary>The spikes in a run of bins, counted from its first bin.</summary>
    public int[] SpikesWithin(int firstBin, int binCount)
    {
        int start = FirstAt(SpikeBins, firstBin), end = FirstAt(SpikeBins, firstBin + binCount);
        int[] within = SpikeBins[start..end];
        for (int i = 0; i < within.Length; i++) within[i] -= firstBin;
        return within;
    }

    /// <summary>The recording of the modelled unit and those that act on it, observed where all of them were.</summary>
    /// <exception cref="UnknownUnitException">One of them is missing.</exception>
    public static Recording UnitsOf(GlmModel model, Recording recording)
    {
        HashSet<string> used = [model.Unit, .. model.SpikeFilters.Select(filter => filter.Source)];
        foreach (string unit in used) _ = recording.Units.IndexOf(unit);
        return recording.Where(unit => used.Contains(unit.Id));
    }

    /// <summary>The part of the predictor that does not depend on spikes.</summary>
    public static double[] FromSignals(GlmModel model, Recording recording, BinGrid grid)
    {
        double[] values = new double[grid.BinCount];
        Array.Fill(values, model.Baseline + model.Observation.Offset(model.BinWidth));
        foreach (SignalFilter filter in model.SignalFilters)
        {
            double[] signal = SignalValues.InBins(recording.Signal(filter.Signal), grid, interpolate: false);
            foreach (BinSegment segment in grid.Segments) AddConvolution(values, signal, segment, filter.FirstLag, [.. filter.Gain]);
        }

        foreach (CovariateEffect covariate in model.Covariates)
        {
            double[] signal = SignalValues.InBins(recording.Signal(covariate.Signal), grid, interpolate: true);
            for (int bin = 0; bin < values.Length; bin++)
            {
                // 0 · (±∞) = 0 here: a covariate of zero forbids nothing.
                if (signal[bin] != 0) values[bin] += covariate.Coefficient * Math.Pow(signal[bin], covariate.Power);
            }
        }

        foreach (SmoothEffect effect in model.SmoothEffects) effect.AddTo(values, recording, grid);
        foreach (NonlinearSignalFilter filter in model.NonlinearSignalFilters) AddNonlinear(values, recording, grid, filter);
        return values;
    }

    /// <summary>Adds what one spike does to the bins after it, up to the end of its observed interval.</summary>
    public static void AddAfter(double[] values, BinGrid grid, int bin, int firstLag, ReadOnlySpan<double> gain)
    {
        BinSegment segment = grid.SegmentOf(bin);
        int count = Math.Min(gain.Length, segment.FirstBin + segment.BinCount - bin - firstLag);
        if (count <= 0) return;
        Span<double> after = values.AsSpan(bin + firstLag, count);
        TensorPrimitives.Add(after, gain[..count], after);
    }

    /// <summary>Position of the first spike in or after a bin.</summary>
    /// <param name="ascending">Bins of the spikes.</param>
    /// <param name="bin">The bin.</param>
    public static int FirstAt(ReadOnlySpan<int> ascending, int bin)
    {
        int low = 0, high = ascending.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < bin) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static void AddNonlinear(double[] values, Recording recording, BinGrid grid, NonlinearSignalFilter filter)
    {
        double[][] signals = NonlinearSignalFilter.FunctionsInBins(recording.Signal(filter.Signal), filter.Basis, grid);
        for (int k = 0; k < signals.Length; k++)
        {
            double[] gain = [.. Enumerable.Range(0, filter.Gain.GetLength(0)).Select(row => filter.Gain[row, k])];
            foreach (BinSegment segment in grid.Segments) AddConvolution(values, signals[k], segment, filter.FirstLag, gain);
        }
    }

    private static void AddConvolution(double[] values, double[] signal, BinSegment segment, int firstLag, double[] gain)
    {
        Span<double> own = values.AsSpan(segment.FirstBin, segment.BinCount);
        ReadOnlySpan<double> input = signal.AsSpan(segment.FirstBin, segment.BinCount);
        for (int i = 0; i < gain.Length; i++)
        {
            int lag = firstLag + i;
            if (lag >= segment.BinCount) break;
            Span<double> delayed = own[lag..];
            TensorPrimitives.MultiplyAdd(input[..delayed.Length], gain[i], delayed, delayed);
        }
    }
}
