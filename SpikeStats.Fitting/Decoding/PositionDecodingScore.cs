using System.Data;
using System.Globalization;

namespace SpikeStats.Fitting.Decoding;

/// <summary>How well a position was decoded where it was known.</summary>
/// <param name="WindowCount">Number of windows that were judged: those in which the true position lies within the cells.</param>
/// <param name="MedianError">Median distance of the most probable from the true position, in the unit of the signal; NaN without windows.</param>
/// <param name="MeanError">Mean distance of the posterior mean from the true position, in the unit of the signal; NaN without windows.</param>
/// <param name="MeanLogPosterior">Mean log posterior probability of the true cell, in nats; negative infinity if one was excluded, NaN without windows.</param>
/// <param name="Coverage">The share of windows whose 95 % credible set holds the true cell; NaN without windows.</param>
public sealed record PositionDecodingScore(int WindowCount, double MedianError, double MeanError, double MeanLogPosterior, double Coverage)
{
    private const double Level = 0.95;

    /// <summary>Judges a posterior by the true position.</summary>
    /// <param name="posterior">The posterior.</param>
    /// <param name="position">The signal that carries the true position; its mean over each window is the truth.</param>
    /// <returns>The score.</returns>
    /// <exception cref="InvalidRecordingException">The signal does not cover the windows.</exception>
    public static PositionDecodingScore Of(PositionPosterior posterior, SampledSignal position) => Of([posterior], position);

    /// <summary>Decodes every part of a recording with tuning curves of the rest.</summary>
    /// <remarks>
    /// The observed time is cut into contiguous blocks of equal duration, not into interleaved bins: neighbouring windows share a position, and a
    /// block that is scattered among its training data is not held out.
    /// </remarks>
    /// <param name="recording">The recording.</param>
    /// <param name="signal">Name of the signal that carries the position.</param>
    /// <param name="options">How tuning curves are estimated; the range of positions is that of the whole signal unless it is given.</param>
    /// <param name="decoder">Makes a decoder of the curves; windows of 0.25 s and equal prior probabilities if omitted.</param>
    /// <param name="blockCount">Number of blocks; at least 2.</param>
    /// <param name="cancellationToken">Cancels the computation.</param>
    /// <returns>The score over all blocks.</returns>
    /// <exception cref="ArgumentException">There is no such signal, or it never lies within the range.</exception>
    public static PositionDecodingScore HeldOut(
        Recording recording, string signal, TuningCurveOptions? options = null, Func<TuningCurves, BayesianDecoder>? decoder = null, int blockCount = 5,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentOutOfRangeException.ThrowIfLessThan(blockCount, 2);
        options ??= new TuningCurveOptions();
        decoder ??= curves => new BayesianDecoder { Curves = curves };
        SampledSignal position = recording.Signal(signal);
        double[] values = [.. position.InBins(new BinGrid(recording.Observed, options.BinWidth), interpolate: true).Where(double.IsFinite)];
        if (values.Length == 0) throw new ArgumentException($"The signal '{signal}' has no value in the observed intervals.", nameof(signal));
        options = options with { Lowest = options.Lowest ?? values.Min(), Highest = options.Highest ?? values.Max() };
        List<PositionPosterior> posteriors = [];
        foreach ((TimeIntervals block, TimeIntervals rest) in ContiguousBlocks.Folds(recording.Observed, blockCount))
        {
            TuningCurves curves = TuningCurves.Estimate(recording.Restrict(rest), signal, options);
            posteriors.Add(decoder(curves).Decode(recording.Restrict(block), cancellationToken));
        }

        return Of(posteriors, position);
    }

    /// <summary>The score as a table: windowCount, medianError, meanError, meanLogPosterior, coverage.</summary>
    /// <returns>One row.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("decodingScore") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("windowCount", typeof(int));
        foreach (string column in (string[])["medianError", "meanError", "meanLogPosterior", "coverage"]) table.Columns.Add(column, typeof(double));
        table.Rows.Add(WindowCount, MedianError, MeanError, MeanLogPosterior, Coverage);
        return table;
    }

    private static PositionDecodingScore Of(IReadOnlyList<PositionPosterior> posteriors, SampledSignal position)
    {
        ArgumentNullException.ThrowIfNull(position);
        List<double> errors = [];
        double meanError = 0, logPosterior = 0;
        int covered = 0;
        foreach (PositionPosterior posterior in posteriors)
        {
            ArgumentNullException.ThrowIfNull(posterior);
            double[] truth = position.InBins(posterior.Grid, interpolate: true);
            for (int window = 0; window < truth.Length; window++)
            {
                int cell = posterior.CellOf(truth[window]);
                if (cell < 0) continue;
                errors.Add(Math.Abs(posterior.Mode(window) - truth[window]));
                meanError += Math.Abs(posterior.Mean(window) - truth[window]);
                logPosterior += Math.Log(posterior.Probabilities(window)[cell]);
                if (posterior.CredibleSet(window, Level).Contains(cell)) covered++;
            }
        }

        errors.Sort();
        int count = errors.Count;
        double median = count == 0 ? double.NaN : (errors[(count - 1) / 2] + errors[count / 2]) / 2;
        return new PositionDecodingScore(count, median, meanError / count, logPosterior / count, (double)covered / count);
    }
}
