using System.Data;
using System.Globalization;
using SpikeStats.Fitting.GoodnessOfFit;
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
    private ModelComparison(string unit, int spikeCount, IReadOnlyList<ModelScore> scores)
    {
        Unit = unit;
        SpikeCount = spikeCount;
        Models = scores;
    }

    /// <summary>Identifier of the unit.</summary>
    public string Unit { get; }

    /// <summary>The number of spikes that every model was scored on.</summary>
    public int SpikeCount { get; }

    /// <summary>The scores, in the order in which the models were given.</summary>
    public IReadOnlyList<ModelScore> Models { get; }

    /// <summary>The model with the smallest criterion of Akaike.</summary>
    public ModelScore Best => Models.MinBy(score => score.Aic)!;

    /// <summary>Scores models.</summary>
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
                Scores.BitsPerSpike(logDensity, nullLogDensity, spikeCount), TimeRescaling.Test(compensators[i], rescaling, cancellationToken)));
        }

        return new ModelComparison(unit, spikeCount, scores);
    }

    /// <summary>The scores as a table: model, logDensity, parameterCount, aic, bic, bitsPerSpike, ksStatistic, ksPValue, verdict.</summary>
    /// <returns>One row per model; log-likelihoods in nats.</returns>
    public DataTable ToDataTable()
    {
        DataTable table = new("models") { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("model", typeof(string));
        foreach (string column in (string[])["logDensity", "parameterCount", "aic", "bic", "bitsPerSpike", "ksStatistic", "ksPValue"]) table.Columns.Add(column, typeof(double));
        table.Columns.Add("verdict", typeof(string));
        foreach (ModelScore score in Models)
        {
            KolmogorovSmirnovResult ks = score.TimeRescaling.KolmogorovSmirnov;
            table.Rows.Add(score.Name, score.LogDensity, score.ParameterCount, score.Aic, score.Bic, score.BitsPerSpike, ks.Statistic, ks.PValue, score.TimeRescaling.Verdict().Sentence);
        }

        return table;
    }

    /// <summary>The Kolmogorov-Smirnov curves of all models in one plot.</summary>
    /// <param name="options">Heading, note and size.</param>
    /// <returns>The figure.</returns>
    public Figure PlotKs(FigureOptions? options = null) => KsFigure.Compare(
        [.. Models.Select(score => new KsCurve(score.Name, score.TimeRescaling.SortedUniforms, score.TimeRescaling.KolmogorovSmirnov.PValue))], options);

    /// <summary>The comparison for a notebook or a report: scores and curves.</summary>
    /// <returns>HTML elements.</returns>
    public string ToHtml() => HtmlTable.Of(ToDataTable(), $"Models of unit {Unit} on {SpikeCount.ToString(CultureInfo.InvariantCulture)} spikes").ToHtml() + PlotKs().ToHtml();

    private static void RequireSameData(IReadOnlyList<FittedModel> models, Compensator[] compensators, int i, int spikeCount)
    {
        // Bins leave out the last fraction of a bin of an observed interval.
        double slack = models.Max(model => model.Model is IBinnedPointProcess binned ? binned.BinWidth : 0);
        IReadOnlyList<CompensatorSegment> expected = compensators[0].Segments, actual = compensators[i].Segments;
        bool isSame = expected.Count == actual.Count && expected.Zip(actual, (a, b) =>
            Math.Abs(a.Interval.Start - b.Interval.Start) <= 1e-9 && Math.Abs(a.Interval.End - b.Interval.End) <= slack + 1e-9).All(same => same);
        int seen = compensators[i].EventCount + (models[i].Model is GlmModel glm && ReferenceEquals(glm.Observation, ObservationModel.Bernoulli) ? 0 : compensators[i].CoincidentSpikes);
        if (isSame && seen == spikeCount) return;
        throw new ArgumentException(
            $"Model '{models[i].Name}' is scored on {seen} spikes in {actual.Count} stretches, model '{models[0].Name}' on {spikeCount} in {expected.Count}: likelihoods of different data cannot be compared. "
            + "Let a GLM see silence before the start (EdgePolicy.Zero), start a renewal process in equilibrium, and use bins that hold one spike at most.", nameof(models));
    }
}
