using SpikeStats.Cli.Documents;
using SpikeStats.Models.Glm;
using SpikeStats.Models.PointProcesses;

namespace SpikeStats.Cli.Commands;

/// <summary>How much better a model with given parameters explains a recording than constant rates do.</summary>
/// <param name="LogLikelihood">Of all modelled units, in nats.</param>
/// <param name="NullLogLikelihood">Of constant rates in the same time, in nats.</param>
/// <param name="SpikeCount">Spikes that were scored.</param>
/// <param name="NullRates">The constant rate of each unit, in hertz.</param>
/// <param name="IsTrainingRate">Whether they are the rates of the recording that the model was fitted to.</param>
internal sealed record StoredModelScore(double LogLikelihood, double NullLogLikelihood, long SpikeCount, IReadOnlyDictionary<string, double> NullRates, bool IsTrainingRate)
{
    /// <summary>Scores a model.</summary>
    /// <exception cref="InvalidRecordingException">There is no spike where the model is defined.</exception>
    public static StoredModelScore Of(StoredModel model, Recording recording)
    {
        bool hasTrainingRates = model.Process.Units.All(model.TrainingRates.ContainsKey);
        Dictionary<string, double> rates = new(StringComparer.Ordinal);
        double nullLogLikelihood = 0;
        long spikes = 0;
        foreach (string unit in model.Process.Units)
        {
            double? training = hasTrainingRates ? model.TrainingRates[unit] : null;
            Compensator compensator = model.Process.Compensate(recording, unit);
            GlmModel? binned = (model.Process as GlmPopulation)?.Models.First(own => string.Equals(own.Unit, unit, StringComparison.Ordinal));
            (double own, long count, rates[unit]) = binned is null ? Continuous(compensator, training) : Binned(binned, recording, compensator, training);
            nullLogLikelihood += own;
            spikes += count;
        }

        if (spikes == 0) throw new InvalidRecordingException("there is no spike of the modelled units where the model is defined", "choose another recording or window");
        return new StoredModelScore(model.Process.LogLikelihood(recording), nullLogLikelihood, spikes, rates, hasTrainingRates);
    }

    // n log r - r T; without a spike the own rate is 0 and so is the likelihood's logarithm.
    private static (double NullLogLikelihood, long Spikes, double Rate) Continuous(Compensator compensator, double? training)
    {
        double duration = compensator.Segments.Sum(segment => segment.Interval.Duration);
        int spikes = compensator.EventCount;
        double rate = training ?? (duration > 0 ? spikes / duration : 0);
        return ((spikes == 0 ? 0 : spikes * Math.Log(rate)) - (rate * duration), spikes, rate);
    }

    // The null model of counts in bins has the law of the model, on the bins on which that is defined.
    private static (double NullLogLikelihood, long Spikes, double Rate) Binned(GlmModel model, Recording recording, Compensator compensator, double? training)
    {
        TimeInterval[] defined = [.. compensator.Segments.Select(segment => segment.Interval).Where(interval => interval.Duration > 0)];
        if (defined.Length == 0) return (0, 0, training ?? 0);
        Recording scored = recording.Where(unit => string.Equals(unit.Id, model.Unit, StringComparison.Ordinal)).Restrict(TimeIntervals.FromSorted(defined));
        BinGrid grid = new(scored.Observed, model.BinWidth);
        long spikes = SpikeCounts.FromRecording(scored, grid).CountsOf(0).Sum(count => (long)model.Observation.Clip(count));
        double mean = training * model.BinWidth ?? spikes / (double)grid.BinCount;
        GlmModel constant = new()
        {
            Unit = model.Unit,
            BinWidth = model.BinWidth,
            Observation = model.Observation,
            Baseline = model.Observation.LinkOf(mean) - model.Observation.Offset(model.BinWidth),
        };
        return (constant.LogLikelihood(scored), spikes, mean / model.BinWidth);
    }
}
