using System.Numerics.Tensors;
using SpikeStats.Models.Glm;

namespace SpikeStats.Fitting.Decoding;

/// <summary>-log p(stimulus | spikes) up to a constant, with gradient and banded Hessian.</summary>
internal sealed class StimulusObjective
{
    private const int BlockLength = 1024;
    private readonly StimulusPrior prior;
    private readonly Cell[] cells;

    public StimulusObjective(StimulusReconstruction reconstruction, Recording recording)
    {
        IReadOnlyList<GlmModel> models = reconstruction.Population.Models;
        prior = reconstruction.Prior;
        BinGrid grid = new(recording.Observed, models[0].BinWidth);
        Frames = new FrameGrid(grid, reconstruction.FrameDuration ?? grid.BinWidth);
        cells = [.. models.Select(model => CellOf(model, reconstruction.Signal, recording))];
        if (cells.All(cell => cell.Weights[0].Length == 0))
            throw new ArgumentException($"No model has a filter of the signal '{reconstruction.Signal}'.", nameof(reconstruction));
        Bandwidth = Math.Max(1, cells.Max(cell => cell.Weights.Max(weights => weights.Length)) - 1);
    }

    public FrameGrid Frames { get; }

    /// <summary>Frames between which the Hessian does not vanish.</summary>
    public int Bandwidth { get; }

    /// <summary>Evaluates the function.</summary>
    /// <param name="frames">The stimulus.</param>
    /// <param name="gradient">Receives the gradient.</param>
    /// <param name="band">Receives the Hessian in the storage of <see cref="BandedCholesky"/>; empty if it is not wanted.</param>
    /// <param name="cancellationToken">Cancels the evaluation.</param>
    public double Evaluate(ReadOnlySpan<double> frames, double[] gradient, double[] band, CancellationToken cancellationToken)
    {
        Array.Clear(gradient);
        Array.Clear(band);
        double value = 0;
        for (int segment = 0; segment < Frames.Grid.Segments.Length; segment++)
        {
            (int first, int count) = Frames.FramesOf(segment);
            value += prior.AddEnergy(frames.Slice(first, count), gradient.AsSpan(first, count));
            if (band.Length > 0) prior.AddPrecision(band, Bandwidth, first, count);
            foreach (Cell cell in cells)
            {
                cancellationToken.ThrowIfCancellationRequested();
                value -= AddLikelihood(cell, segment, frames, gradient, band);
            }
        }

        return value;
    }

    /// <summary>A unit whose rate overflows at a stimulus; null if none does.</summary>
    public string? Overflowing(ReadOnlySpan<double> frames)
    {
        double[] unused = new double[frames.Length];
        foreach (Cell cell in cells)
        {
            double sum = 0;
            for (int segment = 0; segment < Frames.Grid.Segments.Length; segment++) sum += AddLikelihood(cell, segment, frames, unused, []);
            if (!double.IsFinite(sum)) return cell.Model.Unit;
        }

        return null;
    }

    private double AddLikelihood(Cell cell, int segment, ReadOnlySpan<double> frames, double[] gradient, double[] band)
    {
        BinSegment run = Frames.Grid.Segments[segment];
        int firstFrame = Frames.FramesOf(segment).First, perFrame = Frames.BinsPerFrame;
        double[] predictor = new double[BlockLength], score = new double[BlockLength], information = new double[BlockLength];
        double sum = 0;
        for (int start = Math.Min(cell.Model.DroppedBins, run.BinCount); start < run.BinCount; start += BlockLength)
        {
            int length = Math.Min(BlockLength, run.BinCount - start);
            for (int i = 0; i < length; i++)
            {
                int frame = (start + i) / perFrame;
                ReadOnlySpan<double> weights = Recent(cell.Weights[(start + i) % perFrame], frame);
                predictor[i] = cell.Offset[run.FirstBin + start + i] + TensorPrimitives.Dot(weights, frames.Slice(firstFrame + frame - weights.Length + 1, weights.Length));
            }

            // A rate that overflows is an infinite objective, and the step is halved.
            Span<double> used = predictor.AsSpan(0, length);
            ReadOnlySpan<double> counts = cell.Counts.AsSpan(run.FirstBin + start, length);
            sum += cell.Model.Observation.Differentiate(used, counts, score.AsSpan(0, length), information.AsSpan(0, length));
            for (int i = 0; i < length; i++)
            {
                // A bin in which no spike is possible says nothing about the stimulus.
                int bin = start + i, frame = bin / perFrame;
                if (!cell.IsPossible[run.FirstBin + bin]) continue;
                ReadOnlySpan<double> weights = Recent(cell.Weights[bin % perFrame], frame);
                int oldest = firstFrame + frame - weights.Length + 1;
                Span<double> slope = gradient.AsSpan(oldest, weights.Length);
                TensorPrimitives.MultiplyAdd(weights, -score[i], slope, slope);
                if (band.Length == 0) continue;
                for (int row = 0; row < weights.Length; row++)
                {
                    Span<double> columns = band.AsSpan(((oldest + row) * (Bandwidth + 1)) + Bandwidth - row, row + 1);
                    TensorPrimitives.MultiplyAdd(weights[..(row + 1)], information[i] * weights[row], columns, columns);
                }
            }
        }

        return sum;
    }

    // Frames before the observed interval do not exist: the oldest weights fall away.
    private static ReadOnlySpan<double> Recent(double[] weights, int frame) =>
        weights.AsSpan(Math.Max(0, weights.Length - 1 - frame));

    private Cell CellOf(GlmModel model, string signal, Recording recording)
    {
        if (model.Covariates.Any(covariate => string.Equals(covariate.Signal, signal, StringComparison.Ordinal)))
            throw new ArgumentException($"Unit {model.Unit} depends on '{signal}' through a covariate; only filters of the signal can be inverted.", nameof(model));
        if (model.SmoothEffects.Any(effect => effect.Signals.Contains(signal, StringComparer.Ordinal)) || model.NonlinearSignalFilters.Any(filter => string.Equals(filter.Signal, signal, StringComparison.Ordinal)))
            throw new ArgumentException($"Unit {model.Unit} depends on '{signal}' through functions of its value; only filters of the signal can be inverted.", nameof(model));
        SignalFilter[] own = [.. model.SignalFilters.Where(filter => string.Equals(filter.Signal, signal, StringComparison.Ordinal))];
        GlmModel rest = model with { SignalFilters = [.. model.SignalFilters.Except(own)], Edge = EdgePolicy.Zero };
        double[] known = LinearPredictor.Of(rest, recording, Frames.Grid).Values;
        int undefined = Array.FindIndex(known, double.IsNaN);
        if (undefined >= 0)
        {
            throw new InvalidRecordingException(
                FormattableString.Invariant($"a signal that the unit depends on is not a number at {Frames.Grid.StartOf(undefined)} s"), "restrict the recording to intervals in which it is",
                unit: model.Unit);
        }

        double[] counts = new double[known.Length];
        SpikeCounts spikes = SpikeCounts.FromRecording(recording.Where(unit => string.Equals(unit.Id, model.Unit, StringComparison.Ordinal)), Frames.Grid);
        foreach (int bin in spikes.BinsOf(0)) counts[bin]++;
        bool[] possible = Array.ConvertAll(known, predictor => !double.IsNegativeInfinity(predictor));
        for (int bin = 0; bin < known.Length; bin++)
        {
            // Where no spike is possible the predictor is so low that exp is 0, and finite so that 0 counts times it are 0.
            counts[bin] = possible[bin] ? model.Observation.Clip((int)counts[bin]) : 0;
            if (!possible[bin]) known[bin] = -1e6;
        }

        return new Cell(model, known, counts, possible, WeightsOf(own));
    }

    // For each place of a bin within its frame, the weights of this frame and those before it, the oldest first.
    private double[][] WeightsOf(SignalFilter[] filters)
    {
        int perFrame = Frames.BinsPerFrame;
        double[][] weights = new double[perFrame][];
        for (int place = 0; place < perFrame; place++)
        {
            int count = filters.Length == 0 ? 0 : filters.Max(filter => FramesBack(filter.LastLag)) + 1;
            double[] own = weights[place] = new double[count];
            foreach (SignalFilter filter in filters)
            {
                for (int i = 0; i < filter.Gain.Count; i++) own[count - 1 - FramesBack(filter.FirstLag + i)] += filter.Gain[i];
            }

            int FramesBack(int lag) => lag <= place ? 0 : (lag - place + perFrame - 1) / perFrame;
        }

        return weights;
    }

    private sealed record Cell(GlmModel Model, double[] Offset, double[] Counts, bool[] IsPossible, double[][] Weights);
}
