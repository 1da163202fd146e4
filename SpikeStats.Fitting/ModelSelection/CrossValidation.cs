using SpikeStats.Fitting.Glm;
using SpikeStats.Models.Glm;

namespace SpikeStats.Fitting.ModelSelection;

/// <summary>Scores a specification on data that it was not fitted to.</summary>
public static class CrossValidation
{
    /// <summary>Fits every fold without its held-out bins and scores these.</summary>
    /// <remarks>
    /// Between fitted and held-out bins lies a guard band as long as the longest filter, so that no spike is both explained and held out. The null model
    /// is the constant rate of the training bins. Bins without a full history are neither fitted nor scored, whatever the specification says about edges:
    /// in a cut recording silence before the cut would be a lie. Cost: one fit per fold.
    /// <para><b>Source:</b> Roberts et al., Ecography 40:913 (2017), for blocks and guard bands.</para>
    /// </remarks>
    /// <param name="specification">What to fit.</param>
    /// <param name="recording">The recording; with trials if they are to be held out.</param>
    /// <param name="options">Folds.</param>
    /// <param name="progress">Told the fraction done, 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the fits.</param>
    /// <returns>A score per fold.</returns>
    /// <exception cref="ArgumentException">There are fewer trials than folds.</exception>
    /// <exception cref="InvalidRecordingException">The training bins of a fold hold no spike or no full history.</exception>
    public static CrossValidationResult Score(
        GlmSpecification specification, Recording recording, CrossValidationOptions? options = null, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(specification);
        ArgumentNullException.ThrowIfNull(recording);
        options ??= new CrossValidationOptions();
        if (options.IsByTrial && recording.Trials.Count < options.FoldCount)
            throw new ArgumentException($"{options.FoldCount} folds by trial need as many trials, not {recording.Trials.Count}.", nameof(recording));
        specification = specification with { Edge = EdgePolicy.Drop };
        GlmDesign design = GlmLayout.Of(specification, recording).Design;
        HeldOutFold[] folds = options.IsByTrial
            ? HeldOutFold.OfTrials(design.Grid, design.DroppedBins, options.FoldCount, recording.Trials)
            : HeldOutFold.OfBlocks(design.Grid, design.DroppedBins, options.FoldCount);
        List<FoldScore> scores = [];
        foreach (HeldOutFold fold in folds)
        {
            GlmFit fit = specification.Fit(recording.Restrict(fold.Training), options.Fit, null, cancellationToken);
            scores.Add(Score(fit, recording, fold));
            progress?.Report(scores.Count / (double)folds.Length);
        }

        return new CrossValidationResult(scores);
    }

    private static FoldScore Score(GlmFit fit, Recording recording, HeldOutFold fold)
    {
        ObservationModel law = fit.Model.Observation;
        double binWidth = fit.Model.BinWidth;
        GlmModel constant = new()
        {
            Unit = fit.Model.Unit,
            BinWidth = binWidth,
            Observation = law,
            Baseline = law.LinkOf(fit.SpikeCount / (double)fit.BinCount) - law.Offset(binWidth),
        };
        double logLikelihood = 0, nullLogLikelihood = 0;
        long spikes = 0, bins = 0;
        foreach ((TimeInterval scored, TimeInterval withHistory) in fold.Runs)
        {
            Recording held = recording.Restrict(TimeIntervals.FromSorted(scored));
            logLikelihood += fit.Model.LogLikelihood(recording.Restrict(TimeIntervals.FromSorted(withHistory)));
            nullLogLikelihood += constant.LogLikelihood(held);
            BinGrid grid = new(held.Observed, binWidth);
            bins += grid.BinCount;
            spikes += SpikeCounts.FromRecording(held, grid).CountsOf(held.Units.IndexOf(fit.Model.Unit)).Sum(count => (long)law.Clip(count));
        }

        return new FoldScore(logLikelihood, nullLogLikelihood, spikes, bins, fit.Certificate.Status);
    }
}
