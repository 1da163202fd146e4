using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Runs the optimisation and puts the result together.</summary>
internal static class HawkesFitter
{
    public static HawkesFit Fit(
        HawkesSpecification specification, MarkedEvents events, HawkesFitOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (specification.Kernel.IsPowerLaw) return PowerLawFitter.Fit(specification, events, options, progress, cancellationToken);
        DecayProfile profile = new(specification.Baseline, specification.SpectralRadiusLimit, options, cancellationToken);
        DecaySearchResult? search = null;
        ProfilePoint point;
        if (specification.Kernel.IsFree)
        {
            search = new DecaySearch(events, specification.Kernel.ExponentialCount, profile, options).Run(progress);
            point = search.Point;
        }
        else
        {
            int done = 0;
            point = profile.Evaluate(
                events, [.. specification.Kernel.Decays], withDerivatives: false, starts: null, options.Tolerance,
                () => progress?.Report((double)Interlocked.Increment(ref done) / events.UnitCount));
        }

        HawkesModel model = ModelOf(specification, point, search is null ? 0 : point.Decays.Length);
        bool identified = search is { IsConcave: true } && !search.AtLimit.Contains(true);
        HawkesInference inference = new(point, identified ? HawkesInference.CovarianceOfDecays(point) : null);
        HawkesParameter[] parameters = [
            .. HawkesParameterList.OfTargets(specification.Units, point.Decays.Length, point.Targets, inference),
            .. search is null ? [] : HawkesParameterList.OfDecays(point.Decays, inference)];
        return new HawkesFit(specification, model, parameters, HawkesDiagnosis.Of(model, parameters, point, events.Counts, search), inference)
        {
            LogLikelihood = point.LogLikelihood,
            NullLogLikelihood = events.Counts.Sum(count => (count * Math.Log(count / events.Observed.Duration)) - count),
            SpikeCount = events.Count,
        };
    }

    private static HawkesModel ModelOf(HawkesSpecification specification, ProfilePoint point, int freeDecays)
    {
        int units = specification.Units.Count, decays = point.Decays.Length;
        double[,,] branching = new double[units, units, decays];
        double[,] levels = new double[units, specification.Baseline.PieceCount];
        for (int i = 0; i < units; i++)
        {
            double[] variables = point.Targets[i].Result.Point;
            for (int piece = 0; piece < levels.GetLength(1); piece++) levels[i, piece] = variables[(units * decays) + piece];
            for (int c = 0; c < units * decays; c++) branching[i, c % units, c / units] = variables[c];
        }

        return new HawkesModel(specification.Units, specification.Baseline, levels, point.Decays, branching) { ParameterCount = levels.Length + branching.Length + freeDecays };
    }
}
