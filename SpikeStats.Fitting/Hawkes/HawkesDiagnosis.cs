using System.Globalization;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Says in words how a fit ended, naming the parameters concerned.</summary>
internal static class HawkesDiagnosis
{
    private const int Listed = 8;

    public static FitCertificate Of(HawkesModel model, IReadOnlyList<HawkesParameter> parameters, ProfilePoint point, IReadOnlyList<int> spikeCounts, DecaySearchResult? search)
    {
        TargetEstimate[] targets = point.Targets;
        List<string> sentences = [];
        FitStatus status = targets.Select(target => target.Result.Status).FirstOrDefault(end => end != FitStatus.Converged, FitStatus.Converged);
        string[] atBound = [.. parameters.Where(parameter => parameter.IsAtBound).Select(parameter => parameter.Name)];
        string[] aliased = [.. parameters.Where(parameter => parameter is { IsAtBound: false, Kind: not HawkesParameterKind.Decay } && double.IsNaN(parameter.StandardError)).Select(parameter => parameter.Name)];
        int unidentified = search is null ? 0 : Judge(model, search, sentences, ref status);
        if (aliased.Length > 0)
        {
            if (status == FitStatus.Converged) status = FitStatus.RankDeficient;
            sentences.Add($"The data cannot tell {Names(aliased)} from other parameters; the values shown are one of many optima.");
        }

        if (atBound.Length > 0)
            sentences.Add($"{Names(atBound)} {(atBound.Length == 1 ? "is at its bound" : "are at their bounds")} 0: the likelihood would rise further below. Standard errors of the others are given that.");
        if (point.Held is { } held)
        {
            sentences.Add(double.IsFinite(held.Results[0].Decrement)
                ? string.Create(CultureInfo.InvariantCulture, $"The spectral radius is held at its limit {held.Limit:G6}: the likelihood would rise by {held.Multiplier:G4} nats per unit beyond. Standard errors are given that.")
                : string.Create(CultureInfo.InvariantCulture, $"Groups of units without effects on each other reach the limit {held.Limit:G6} of the spectral radius at once, where it has no derivative. Fit the groups apart."));
        }

        string[] scarce = [.. model.Units.Where((_, i) => spikeCounts[i] < targets[i].Result.Point.Length)];
        if (scarce.Length > 0)
            sentences.Add($"Too few spikes: {Names(scarce)} {(scarce.Length == 1 ? "has" : "have")} fewer than parameters, and standard errors mean little.");
        double radius = model.SpectralRadius;
        if (radius >= 1)
            sentences.Add(string.Create(CultureInfo.InvariantCulture, $"The branching matrix has spectral radius {radius:G4}, not below 1: such a process has no stationary law and its simulation runs away. Often the baseline of the data drifts; fit shorter stretches, or a baseline that varies."));
        double decrement = targets.Sum(target => target.Result.Decrement) + (search?.Decrement ?? 0);
        int iterations = targets.Max(target => target.Result.Iterations) + (search?.Iterations ?? 0);
        sentences.Add(status switch
        {
            FitStatus.Converged => string.Create(CultureInfo.InvariantCulture, $"The optimum was reached in {iterations} iterations, to within {decrement:E1} nats."),
            FitStatus.IterationLimit => string.Create(CultureInfo.InvariantCulture, $"The iteration limit was reached {decrement:E1} nats from the optimum; the estimates are not the optimum."),
            FitStatus.StepFailed when double.IsFinite(decrement) => string.Create(CultureInfo.InvariantCulture, $"No step improved the likelihood although the optimum is {decrement:E1} nats away; the estimates are not the optimum."),
            _ => "",
        });
        double slope = targets.Max(Slope);
        if (search is not null) slope = Math.Max(slope, search.Point.Slope.Max(Math.Abs));
        int rank = parameters.Count - atBound.Length - aliased.Length - unidentified - (point.Held is null ? 0 : 1);
        return new FitCertificate(status, string.Join(" ", sentences.Where(sentence => sentence.Length > 0)), iterations, decrement, slope, rank, parameters.Count);
    }

    private static int Judge(HawkesModel model, DecaySearchResult search, List<string> sentences, ref FitStatus status)
    {
        bool excites = model.SpectralRadius > 0 || model.BranchingMatrix().Cast<double>().Any(ratio => ratio > 0);
        if (!excites)
        {
            status = FitStatus.RankDeficient;
            sentences.Add("No excitation was found: the likelihood is largest with every branching ratio at 0, where the decays mean nothing.");
            return model.Decays.Count;
        }

        if (search.AtLimit.Contains(true))
        {
            int decay = Array.IndexOf(search.AtLimit, true);
            status = FitStatus.Separated;
            sentences.Add($"{Name(decay, search)} runs to zero: the excitation outlasts the recording and cannot be told from a drifting baseline. Give the decay, fit shorter stretches, or a baseline that varies.");
            return search.AtLimit.Count(limit => limit);
        }

        if (status == FitStatus.Converged) status = search.Status;
        if (search.IsConcave) return 0;
        if (status == FitStatus.Converged) status = FitStatus.RankDeficient;
        sentences.Add("The data do not tell the decays apart: the likelihood is flat along some change of them. Use fewer exponentials, or give the decays.");
        return 1;
    }

    // Largest slope that the bounds do not stop.
    private static double Slope(TargetEstimate target) =>
        target.Result.Evaluation.Gradient.Where((_, i) => !target.Result.AtBound[i]).Select(Math.Abs).DefaultIfEmpty(0).Max();

    private static string Name(int decay, DecaySearchResult search) => search.Point.Decays.Length == 1 ? "The decay" : $"Decay {decay + 1}";

    private static string Names(string[] names) =>
        string.Join(", ", names.Take(Listed)) + (names.Length > Listed ? $" and {names.Length - Listed} more" : "");
}
