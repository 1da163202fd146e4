using System.Data;
using System.Globalization;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.ModelSelection;
using SpikeStats.Models.Glm;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Plotting;

namespace SpikeStats.Fitting.Comparison;

/// <summary>Models of different kinds, scored on the same spikes in the same time.</summary>
/// <remarks>
/// Likelihoods of models on bins are turned into densities of spike times, see <see cref="IBinnedPointProcess.LogDensity"/>. Models that are
/// defined on different stretches of time are refused: their likelihoods are about different data.
/// </remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed class ModelComparison
{
    private const double DefaultBinWidth = 0.001;

    private ModelComparison(string unit, int spikeCount, IReadOnlyList<ModelScore> scores, IReadOnlyList<CandidateFailure> failures)
    {
        Unit = unit;
        SpikeCount = spikeCount;
        Models = scores;
        Failures = failures;
    }

    /// <summary>Identifier of the unit.</summary>
    public string Unit { get; }

    /// <summary>The number of spikes that every model was scored on.</summary>
    public int SpikeCount { get; }

    /// <summary>The scores, in the order in which the models were given; candidates that could not be fitted are in <see cref="Failures"/>.</summary>
    public IReadOnlyList<ModelScore> Models { get; }

    /// <summary>Candidates without a score, or without one on held-out time, and why.</summary>
    public IReadOnlyList<CandidateFailure> Failures { get; }

    /// <summary>The model with the most held-out bits per spike, or, if nothing was held out, with the smallest criterion of Akaike; null without models.</summary>
    public ModelScore? Best => Models.Where(score => score.HeldOut is not null).MaxBy(score => score.HeldOut!.BitsPerSpike) ?? Models.MinBy(score => score.Aic);

    /// <summary>Scores fitted models on the spikes that they are given.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="unit">Identifier of the unit, the only one that each of the models explains.</param>
    /// <param name="models">The models; at least one.</param>
    /// <param name="rescaling">Options of time rescaling; the defaults if omitted.</param>
    /// <param name="cancellationToken">Cancels between models.</param>
    /// <returns>The scores.</returns>
    /// <exception cref="ArgumentException">There is no model, one explains other units too, one is not defined where the others are, or a model on
    /// bins does not see every spike.</exception>
    /// <exception cref="UnknownUnitException">A model does not explain the unit, or the recording does not hold it.</exception>
    /// <exception cref="InvalidRecordingException">There is no spike where the models are defined.</exception>
    public static ModelComparison Of(
        Recording recording, string unit, IReadOnlyList<FittedModel> models, TimeRescalingOptions? rescaling = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(models);
        if (models.Count == 0) throw new ArgumentException("There is no model to compare.", nameof(models));
        if (models.FirstOrDefault(model => model.Model.Units.Count != 1) is { } several)
            throw new ArgumentException($"Model '{several.Name}' explains {several.Model.Units.Count} units; its likelihood is not that of unit {unit} alone.", nameof(models));
        Compensator[] compensators = [.. models.Select(model => model.Model.Compensate(recording, unit))];
        int spikeCount = compensators[0].EventCount + compensators[0].CoincidentSpikes;
        double duration = compensators[0].Segments.Sum(segment => segment.Interval.Duration);
        for (int i = 0; i < models.Count; i++) RequireSameData(models, compensators, i, spikeCount);
        if (spikeCount == 0) throw new InvalidRecordingException("there is no spike where the models are defined", "choose another unit", unit: unit);

        double nullLogDensity = spikeCount * (Math.Log(spikeCount / duration) - 1);
        List<ModelScore> scores = [];
        for (int i = 0; i < models.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IPointProcess model = models[i].Model;
            double logDensity = model is IBinnedPointProcess binned ? binned.LogDensity(recording) : model.LogLikelihood(recording);
            double parameters = models[i].EffectiveParameterCount ?? model.ParameterCount;
            scores.Add(new ModelScore(
                models[i].Name, logDensity, parameters, Scores.Aic(logDensity, parameters), Scores.Bic(logDensity, parameters, spikeCount),
                Scores.BitsPerSpike(logDensity, nullLogDensity, spikeCount), TimeRescaling.Test(compensators[i], rescaling, cancellationToken))
            {
                Certificate = models[i].Certificate,
            });
        }

        return new ModelComparison(unit, spikeCount, scores, failures: []);
    }

    /// <summary>Fits candidates to a recording, scores them on it, and on parts of it that they were not fitted to.</summary>
    /// <remarks>
    /// Every candidate is fitted to the whole recording, for likelihood, criteria and time rescaling, and once per fold without the held-out time and a
    /// guard band before it. Held-out time is scored given the true past of its observed interval, for models on bins and in continuous time
    /// alike: log f(window | past) = log f(past and window) - log f(past). The null model is the constant rate of the training time. Time that does
    /// not fill a bin of the candidates on bins is left out for all. A candidate that cannot be fitted is reported and does not stop the others.
    /// <para><b>Accuracy:</b> the score of a fold is exact to rounding; tested against sums of log densities and integrated hazards over the window, and
    /// against <see cref="CrossValidation"/>. <b>Cost:</b> one fit per candidate and fold, and one more per candidate.</para>
    /// <para><b>Source:</b> Roberts et al., Ecography 40:913 (2017), for blocks and guard bands.</para>
    /// </remarks>
    /// <param name="recording">The recording; with trials if they are to be held out.</param>
    /// <param name="unit">Identifier of the unit, the only one that each of the candidates explains.</param>
    /// <param name="candidates">The candidates; at least one, with different names.</param>
    /// <param name="options">Folds, guard bands and time rescaling; the defaults if omitted.</param>
    /// <param name="progress">Told the fraction done, 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the fits.</param>
    /// <returns>The scores.</returns>
    /// <exception cref="ArgumentException">There is no candidate, two have one name, a bin width is no whole part of the widest, or there are fewer trials than folds.</exception>
    /// <exception cref="UnknownUnitException">The recording does not hold the unit.</exception>
    /// <exception cref="InvalidRecordingException">The unit has no spike, or a fold leaves none to fit on.</exception>
    public static ModelComparison Fit(
        Recording recording, string unit, IReadOnlyList<ModelCandidate> candidates, ComparisonOptions? options = null, IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(candidates);
        if (candidates.Count == 0) throw new ArgumentException("There is no candidate to compare.", nameof(candidates));
        if (candidates.Select(candidate => candidate.Name).Distinct(StringComparer.Ordinal).Count() < candidates.Count)
            throw new ArgumentException("Two candidates have one name, so that a table could not tell them apart.", nameof(candidates));
        options ??= new ComparisonOptions();
        double binWidth = CommonBinWidth(candidates);
        recording = WholeBins(recording, unit, binWidth);
        FittedModel constant = new ConstantRateCandidate("constant", unit).Fit(recording, cancellationToken);
        HeldOutTime heldOut = HeldOutTime.Of(recording, unit, binWidth, Math.Max(options.GuardBand, candidates.Max(candidate => candidate.LongestLag)), options);
        List<ModelScore> scores = [];
        List<CandidateFailure> failures = [];
        int done = 0, steps = candidates.Count * (1 + heldOut.FoldCount);
        for (int i = 0; i < candidates.Count; i++)
        {
            ModelCandidate candidate = candidates[i];
            string where = "";
            ModelScore? score = null;
            try
            {
                FittedModel fit = candidate.Fit(recording, cancellationToken);
                score = Of(recording, unit, [constant, fit with { Name = candidate.Name }], options.Rescaling, cancellationToken).Models[1];
                progress?.Report(++done / (double)steps);
                List<FoldScore> folds = [];
                for (int fold = 0; fold < heldOut.FoldCount; fold++)
                {
                    where = string.Create(CultureInfo.InvariantCulture, $"Not held out, because of fold {fold + 1} of {heldOut.FoldCount}: ");
                    folds.Add(heldOut.Score(candidate, fold, cancellationToken));
                    progress?.Report(++done / (double)steps);
                }

                score = score with { HeldOut = new CrossValidationResult(folds) };
            }
            catch (Exception error) when (error is InvalidRecordingException or ArgumentException or InvalidOperationException or ArithmeticException)
            {
                failures.Add(new CandidateFailure(candidate.Name, where + error.Message));
            }

            if (score is not null) scores.Add(score);
            done = (i + 1) * (1 + heldOut.FoldCount);
        }

        progress?.Report(1);
        return new ModelComparison(unit, recording[unit].Count, scores, failures);
    }

    /// <summary>
    /// The scores as a table: model, logDensity, parameterCount, aic, bic, bitsPerSpike, heldOutBitsPerSpike, heldOutStandardError, ksStatistic, ksPValue,
    /// verdict.
    /// </summary>
    /// <returns>One row per model, then one per candidate without any score; log-likelihoods in nats, NaN where there is no number. The verdict of a failed
    /// candidate is the reason.</returns>
    public DataTable ToDataTable() => ComparisonView.Table(this);

    /// <summary>One figure: bits per spike of the fit and on held-out time, with standard errors over the folds, above the Kolmogorov-Smirnov curves.</summary>
    /// <param name="options">Heading, note and size.</param>
    /// <returns>The figure; scores of minus infinity are left out and named in the caption; of more than six models the curves of those with the most information.</returns>
    public Figure Plot(FigureOptions? options = null) => ComparisonFigure.Of(this, options);

    /// <summary>The Kolmogorov-Smirnov curves of all models in one plot.</summary>
    /// <param name="options">Heading, note and size.</param>
    /// <returns>The figure.</returns>
    public Figure PlotKs(FigureOptions? options = null) => KsFigure.Compare(
        [.. Models.Select(score => new KsCurve(score.Name, score.TimeRescaling.SortedUniforms, score.TimeRescaling.KolmogorovSmirnov.PValue))], options);

    /// <summary>The comparison for a notebook or a report: scores, verdicts and the figure.</summary>
    /// <returns>HTML elements.</returns>
    public string ToHtml() => ComparisonView.Html(this);

    private static double CommonBinWidth(IReadOnlyList<ModelCandidate> candidates)
    {
        double[] widths = [.. candidates.Select(candidate => candidate.BinWidth).OfType<double>()];
        if (widths.Length == 0) return DefaultBinWidth;
        double widest = widths.Max();
        foreach (double width in widths)
        {
            if (!(width > 0) || Math.Abs((widest / width) - Math.Round(widest / width)) > 1e-9 * widest / width)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Bins of {width} s do not fill bins of {widest} s, so that no cut between folds suits both models."), nameof(candidates));
        }

        return widest;
    }

    // Time that does not fill a bin is seen by models in continuous time only.
    private static Recording WholeBins(Recording recording, string unit, double binWidth)
    {
        TimeIntervals observed = recording[unit].Observed;
        List<TimeInterval> whole = [];
        foreach (BinSegment segment in new BinGrid(observed, binWidth).Segments)
        {
            double end = observed[observed.IndexOf(segment.Start)].End, cut = segment.Start + (segment.BinCount * binWidth);
            whole.Add(new TimeInterval(segment.Start, end - cut > 1e-6 * binWidth ? cut : end));
        }

        return recording.Restrict(TimeIntervals.FromSorted([.. whole]));
    }

    private static void RequireSameData(IReadOnlyList<FittedModel> models, Compensator[] compensators, int i, int spikeCount)
    {
        // Bins leave out the last fraction of a bin of an observed interval.
        double slack = models.Max(model => model.Model is IBinnedPointProcess binned ? binned.BinWidth : 0);
        IReadOnlyList<CompensatorSegment> expected = compensators[0].Segments, actual = compensators[i].Segments;
        bool isSame = expected.Count == actual.Count && expected.Zip(actual, (a, b) =>
            Math.Abs(a.Interval.Start - b.Interval.Start) <= 1e-9 && Math.Abs(a.Interval.End - b.Interval.End) <= slack + 1e-9).All(same => same);
        int seen = compensators[i].EventCount + (models[i].Model is GlmModel glm && glm.Observation.Clip(2) == 1 ? 0 : compensators[i].CoincidentSpikes);
        if (isSame && seen == spikeCount) return;
        throw new ArgumentException(
            $"Model '{models[i].Name}' is scored on {seen} spikes in {actual.Count} stretches, model '{models[0].Name}' on {spikeCount} in {expected.Count}: likelihoods of different data cannot be compared. "
            + "Let a GLM see silence before the start (EdgePolicy.Zero), start a renewal process in equilibrium, and use bins that hold one spike at most.", nameof(models));
    }
}
