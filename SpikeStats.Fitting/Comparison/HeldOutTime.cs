using SpikeStats.Fitting.ModelSelection;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Fitting.Comparison;

/// <summary>The folds of a comparison: what is fitted, what is scored, and what the constant rate of the training time makes of it.</summary>
/// <remarks>
/// Held-out time is scored given the true past of its observed interval, for every model alike: log f(window | past) = log f(past and window) -
/// log f(past), which holds for any point process, with whatever memory. Blocks of an interval that is not cut begin without a past, as
/// in a fit to the whole recording, so that the folds together hold every spike once.
/// </remarks>
internal sealed class HeldOutTime
{
    private readonly Recording recording;
    private readonly TimeIntervals observed;
    private readonly (HeldOutFold Fold, Recording Training, TimeInterval[][] Passes, double NullLogDensity, int SpikeCount)[] folds;
    private readonly double binWidth;

    private HeldOutTime(Recording recording, string unit, double binWidth, HeldOutFold[] folds)
    {
        this.recording = recording;
        this.binWidth = binWidth;
        SpikeTrain train = recording[unit];
        observed = train.Observed;
        this.folds = [.. folds.Select((fold, number) =>
        {
            TimeInterval[] runs = [.. fold.HeldOut.Select(run => new TimeInterval(Cut(train, run.Start), Cut(train, run.End)))];
            Recording training = recording.Restrict(fold.Training);
            int spikeCount = runs.Sum(run => train.TimesIn(run).Length), trained = training[unit].Count;
            if (trained == 0)
            {
                throw new InvalidRecordingException(
                    $"fold {number + 1} of {folds.Length} leaves no spike to fit on", "use fewer folds, or a unit that fires all along the recording", unit: unit);
            }

            double rate = trained / fold.Training.Duration;
            return (fold, training, Passes(runs), (spikeCount * Math.Log(rate)) - (rate * runs.Sum(run => run.Duration)), spikeCount);
        })];
    }

    public int FoldCount => folds.Length;

    /// <summary>Cuts a recording of whole bins into folds.</summary>
    /// <exception cref="ArgumentException">There are fewer trials than folds.</exception>
    /// <exception cref="InvalidRecordingException">A fold leaves no spike to fit on.</exception>
    public static HeldOutTime Of(Recording recording, string unit, double binWidth, double guardBand, ComparisonOptions options)
    {
        if (options.IsByTrial && recording.Trials.Count < options.FoldCount)
            throw new ArgumentException($"{options.FoldCount} folds by trial need as many trials, not {recording.Trials.Count}.", nameof(options));
        BinGrid grid = new(recording[unit].Observed, binWidth);
        if (grid.BinCount < options.FoldCount)
            throw new InvalidRecordingException($"{grid.BinCount} bins cannot be cut into {options.FoldCount} folds", "use narrower bins or a longer recording", unit: unit);
        int guard = (int)Math.Ceiling((guardBand / binWidth) - 1e-9);
        return new HeldOutTime(recording, unit, binWidth, options.IsByTrial
            ? HeldOutFold.OfTrials(grid, guard, options.FoldCount, recording.Trials)
            : HeldOutFold.OfBlocks(grid, guard, options.FoldCount));
    }

    /// <summary>Fits a candidate without a fold and scores it there.</summary>
    public FoldScore Score(ModelCandidate candidate, int fold, CancellationToken cancellationToken)
    {
        (HeldOutFold cut, Recording training, TimeInterval[][] passes, double nullLogDensity, int spikeCount) = folds[fold];
        FittedModel fit = candidate.FitToTraining(training, cancellationToken);
        double logDensity = 0;
        foreach (TimeInterval[] runs in passes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TimeInterval[] starts = [.. runs.Select(run => observed[observed.IndexOf(run.Start)])];
            double past = LogDensity(fit.Model, [.. runs.Zip(starts, (run, whole) => new TimeInterval(whole.Start, run.Start))]);

            // What forbids a spike of the past has probability zero whatever follows; infinity minus infinity would hide it.
            if (double.IsNegativeInfinity(past)) return Result(past);
            logDensity += LogDensity(fit.Model, [.. runs.Zip(starts, (run, whole) => new TimeInterval(whole.Start, run.End))]) - past;
        }

        return Result(logDensity);

        FoldScore Result(double value) => new(
            value, nullLogDensity, spikeCount, (long)Math.Round(cut.HeldOut.Duration / binWidth), fit.Certificate?.Status ?? FitStatus.Converged);
    }

    private double LogDensity(IPointProcess model, TimeInterval[] intervals)
    {
        TimeIntervals some = TimeIntervals.FromSorted([.. intervals.Where(interval => !interval.IsEmpty)]);
        if (some.Count == 0) return 0;
        Recording part = recording.Restrict(some);
        return model is IBinnedPointProcess binned ? binned.LogDensity(part) : model.LogLikelihood(part);
    }

    // An edge of a bin. A spike that rounding puts just before it belongs to the bin that begins there, and so to what follows the cut.
    private double Cut(SpikeTrain train, double edge)
    {
        ReadOnlySpan<double> before = train.TimesIn(new TimeInterval(edge - (1e-6 * binWidth), edge));
        bool isEnd = observed.IndexOf(edge) is var next && (next < 0 || observed[next].Start == edge);
        return before.IsEmpty || isEnd ? edge : before[0];
    }

    // Runs of one observed interval have pasts that overlap, so that each pass takes one run of every interval.
    private TimeInterval[][] Passes(TimeInterval[] runs)
    {
        List<List<TimeInterval>> passes = [];
        Dictionary<int, int> taken = [];
        foreach (TimeInterval run in runs)
        {
            int interval = observed.IndexOf(run.Start), pass = taken.GetValueOrDefault(interval);
            if (pass == passes.Count) passes.Add([]);
            passes[pass].Add(run);
            taken[interval] = pass + 1;
        }

        return [.. passes.Select(pass => pass.ToArray())];
    }
}
