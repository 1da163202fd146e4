using System.Numerics.Tensors;
using SpikeStats.Fitting.Glm;

namespace SpikeStats.Fitting.Decoding;

/// <summary>How well a component of a hidden state was followed where it was known.</summary>
/// <param name="BinCount">Number of bins that were judged: those in which the truth is a number.</param>
/// <param name="RootMeanSquareError">Root of the mean squared distance of the mean from the truth, in the unit of the component; NaN without bins.</param>
/// <param name="VarianceExplained">1 - Σ (truth - mean)² / Σ (truth - its average)², a fraction: negative for worse than the average; NaN without bins.</param>
/// <param name="Coverage">The share of bins whose 95 % interval holds the truth; NaN without bins.</param>
/// <param name="MeanLogDensity">Mean logarithm of the density at the truth, in nats, of a density in reciprocal units of the component; NaN without bins.</param>
public sealed record StateDecodingScore(int BinCount, double RootMeanSquareError, double VarianceExplained, double Coverage, double MeanLogDensity)
{
    private const double NormalQuantile = 1.959963984540054;

    /// <summary>Judges a path by the true state.</summary>
    /// <remarks>For an honest score the units were fitted to another recording, or to another part of this one.</remarks>
    /// <param name="path">The path.</param>
    /// <param name="truth">The true component; its value in each bin, interpolated where a bin has no sample, is the truth.</param>
    /// <param name="component">Position of the component.</param>
    /// <returns>The score.</returns>
    /// <exception cref="InvalidRecordingException">The signal does not cover the bins.</exception>
    public static StateDecodingScore Of(GaussianStatePath path, SampledSignal truth, int component = 0) => Of([path], truth, component);

    /// <summary>Follows signals through every part of a recording with units fitted to the rest.</summary>
    /// <remarks>
    /// The observed time is cut into contiguous blocks of equal duration. In the rest every unit is fitted as log λ = b + Σ g_i x_i in bins of the filter, x_i the signals;
    /// in the block the state is filtered or smoothed from spikes alone.
    /// </remarks>
    /// <param name="recording">Spikes and signals.</param>
    /// <param name="signals">Names of the signals, one per component of the state.</param>
    /// <param name="state">How the state moves from bin to bin.</param>
    /// <param name="binWidth">Width of a bin, in seconds; positive.</param>
    /// <param name="isSmoothed">Whether a bin is estimated from all spikes of its observed interval.</param>
    /// <param name="blockCount">Number of blocks; at least 2.</param>
    /// <param name="cancellationToken">Cancels the computation.</param>
    /// <returns>One score per component, over all blocks.</returns>
    /// <exception cref="ArgumentException">There is not one signal per component, or no such signal.</exception>
    /// <exception cref="InvalidRecordingException">A unit has no spike outside of a block.</exception>
    public static IReadOnlyList<StateDecodingScore> HeldOut(
        Recording recording, IReadOnlyList<string> signals, LinearStateSpace state, double binWidth, bool isSmoothed = true, int blockCount = 5,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(signals);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentOutOfRangeException.ThrowIfLessThan(blockCount, 2);
        if (signals.Count != state.Dimension) throw new ArgumentException($"A state of {state.Dimension} components needs as many signals, not {signals.Count}.", nameof(signals));
        List<GaussianStatePath> paths = [];
        foreach ((TimeIntervals held, TimeIntervals rest) in ContiguousBlocks.Folds(recording.Observed, blockCount))
        {
            Recording training = recording.Restrict(rest);
            LogLinearUnit[] units = [.. recording.Units.Ids.Select(unit => Fit(training, unit, signals, binWidth, cancellationToken))];
            PointProcessFilter filter = new() { State = state, Units = units, BinWidth = binWidth };
            Recording block = recording.Restrict(held);
            paths.Add(isSmoothed ? filter.Smooth(block, cancellationToken) : filter.Filter(block, cancellationToken));
        }

        return [.. signals.Select((signal, component) => Of(paths, recording.Signal(signal), component))];
    }

    private static LogLinearUnit Fit(Recording training, string unit, IReadOnlyList<string> signals, double binWidth, CancellationToken cancellationToken)
    {
        GlmFit fit = new GlmSpecification { Target = unit, BinWidth = binWidth, Terms = [.. signals.Select(signal => new CovariateTerm(signal, 1))] }
            .Fit(training, cancellationToken: cancellationToken);
        return new LogLinearUnit(unit, fit.Coefficients[0], [.. fit.Coefficients.Skip(1)]);
    }

    private static StateDecodingScore Of(IReadOnlyList<GaussianStatePath> paths, SampledSignal truth, int component)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentOutOfRangeException.ThrowIfNegative(component);
        List<double> actual = [];
        double squared = 0, density = 0;
        int covered = 0;
        foreach (GaussianStatePath path in paths)
        {
            ArgumentNullException.ThrowIfNull(path);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(component, path.Dimension);
            double[] values = truth.InBins(path.Grid, interpolate: true);
            for (int bin = 0; bin < values.Length; bin++)
            {
                if (!double.IsFinite(values[bin])) continue;
                double error = values[bin] - path.Mean(bin)[component], deviation = path.StandardDeviation(bin, component), scaled = error / deviation;
                actual.Add(values[bin]);
                squared += error * error;
                density -= (0.5 * scaled * scaled) + Math.Log(deviation * Math.Sqrt(2 * Math.PI));
                if (Math.Abs(scaled) <= NormalQuantile) covered++;
            }
        }

        int count = actual.Count;
        double average = actual.Sum() / count, total = TensorPrimitives.SumOfSquares<double>(actual.Select(value => value - average).ToArray());
        return new StateDecodingScore(count, Math.Sqrt(squared / count), 1 - (squared / total), (double)covered / count, density / count);
    }
}
