using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Decoding;
using SpikeStats.Fitting.GoodnessOfFit;

namespace SpikeStats.Cli.Documents;

/// <summary>What <c>spikestats fit hmm</c> found. Times are in seconds, rates in hertz, log-likelihoods in nats.</summary>
internal sealed record HmmFitDocument(
    string Schema, string Version, ulong Seed, double BinWidth, int BinCount, IReadOnlyList<string> Units, IReadOnlyList<HmmFitDocument.StateEntry> States,
    IReadOnlyList<HmmFitDocument.ParameterEntry> Parameters, double LogLikelihood, double Aic, double Bic, IReadOnlyList<double> StartLogLikelihoods,
    IReadOnlyList<double> Increments, GlmFitDocument.CertificateEntry Certificate, IReadOnlyList<HmmFitDocument.RunEntry> Runs,
    IReadOnlyList<string> TransitionInputs, IReadOnlyList<string> RateInputs, HmmFitDocument.HistoryEntry? History,
    IReadOnlyList<HmmFitDocument.GoodnessEntry> GoodnessOfFit)
{
    public const string SchemaName = "spikestats.fit.hmm/1";

    /// <summary>The document of a fit.</summary>
    public static HmmFitDocument Of(HiddenMarkovFit fit, StateSegmentation segmentation, IReadOnlyList<TimeRescalingResult> goodness, ulong seed)
    {
        HiddenMarkovModel model = fit.Model;
        double[] withoutEntry = new double[model.TransitionInputs.Count], withoutDrive = new double[model.EmissionInputs.Count];
        double[,] transition = model.Transition(withoutEntry);
        int[] states = [.. Enumerable.Range(0, model.StateCount)];
        return new HmmFitDocument(
            SchemaName, ProductVersion.Text, seed, model.BinWidth, fit.BinCount, model.Units,
            [.. states.Select(state => new StateEntry(
                model.Initial[state], segmentation.Occupancy(state), [.. states.Select(to => transition[state, to])],
                [.. Enumerable.Range(0, model.Units.Count).Select(unit => model.Rate(state, unit, withoutDrive))]))],
            [.. fit.ParameterNames.Select((name, i) => new ParameterEntry(name, fit.Parameters[i], fit.StandardErrors[i]))],
            fit.LogLikelihood, fit.Aic, fit.Bic, fit.StartLogLikelihoods.ToArray(), fit.Increments.ToArray(), GlmFitDocument.CertificateEntry.Of(fit.Certificate),
            [.. segmentation.Runs.Select(run => new RunEntry(run.State, run.Interval.Start, run.Interval.End))], model.TransitionInputs, model.EmissionInputs,
            model.HistoryBasis is null ? null : new HistoryEntry(
                model.HistoryBasis.Description, model.IsHistoryShared,
                [.. states.Select(state => (IReadOnlyList<IReadOnlyList<double>>)[.. Enumerable.Range(0, model.Units.Count).Select(unit => model.HistoryFilter(state, unit))])]),
            [.. goodness.Select(result => new GoodnessEntry(result.Unit, result.KolmogorovSmirnov.Statistic, result.KolmogorovSmirnov.PValue))]);
    }

    /// <summary>One state: its probability at the start, its share of time, the probabilities of what comes next, and the rate of each unit, both where all inputs are zero.</summary>
    internal sealed record StateEntry(double Initial, double Occupancy, IReadOnlyList<double> Transition, IReadOnlyList<double> Rates);

    /// <summary>Post-spike filters by state and unit: what a spike adds to the log rate 1, 2, ... bins later.</summary>
    internal sealed record HistoryEntry(string Basis, bool IsShared, IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> Filters);

    /// <summary>Time rescaling of a unit by what the spikes of all units before predict.</summary>
    internal sealed record GoodnessEntry(string Unit, double KsStatistic, double KsPValue);

    /// <summary>A log rate, or the logit of a transition relative to staying.</summary>
    internal sealed record ParameterEntry(string Name, double Estimate, double StandardError);

    /// <summary>A stay in one state on the most probable path.</summary>
    internal sealed record RunEntry(int State, double Start, double End);
}
