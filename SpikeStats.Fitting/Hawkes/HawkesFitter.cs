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
        DecaySearchResult? search = null;
        ProfilePoint point;
        if (specification.Kernel.IsFree)
        {
            search = new DecaySearch(events, specification.Kernel.ExponentialCount, options, cancellationToken).Run(progress);
            point = search.Point;
        }
        else
        {
            int done = 0;
            NewtonSettings settings = new() { Tolerance = options.Tolerance, MaxIterations = options.MaxIterations };
            point = DecayProfile.Evaluate(
                events, [.. specification.Kernel.Decays], withDerivatives: false, starts: null, settings, options.Threads,
                () => progress?.Report((double)Interlocked.Increment(ref done) / events.UnitCount), cancellationToken);
        }

        HawkesModel model = ModelOf(specification, point, search is null ? 0 : point.Decays.Length);
        bool identified = search is { IsConcave: true } && !search.AtLimit.Contains(true);
        HawkesInference inference = new(point.Targets, identified ? HawkesInference.CovarianceOfDecays(point) : null);
        HawkesParameter[] parameters = Parameters(specification, model, point, inference, search is not null);
        return new HawkesFit(specification, model, parameters, HawkesDiagnosis.Of(model, parameters, point.Targets, search), inference)
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
        double[] baselines = new double[units];
        for (int i = 0; i < units; i++)
        {
            double[] variables = point.Targets[i].Result.Point;
            baselines[i] = variables[^1];
            for (int c = 0; c < units * decays; c++) branching[i, c % units, c / units] = variables[c];
        }

        return new HawkesModel(specification.Units, baselines, point.Decays, branching) { ParameterCount = units + branching.Length + freeDecays };
    }

    private static HawkesParameter[] Parameters(
        HawkesSpecification specification, HawkesModel model, ProfilePoint point, HawkesInference inference, bool withDecays)
    {
        IReadOnlyList<string> units = specification.Units;
        int decays = model.Decays.Count, last = units.Count * decays;
        string Number(int u) => decays == 1 ? "" : FormattableString.Invariant($" {u + 1}");
        double Error(int i, int variable) =>
            point.Targets[i].Information.IsAliased[variable] ? double.NaN : Math.Sqrt(inference.Covariance(i, variable, i, variable));
        List<HawkesParameter> parameters = [];
        for (int i = 0; i < units.Count; i++)
        {
            bool[] atBound = point.Targets[i].Result.AtBound;
            parameters.Add(new HawkesParameter(
                $"mu[{units[i]}]", HawkesParameterKind.Baseline, units[i], "", model.Baselines[i], Error(i, last), atBound[last]));
            for (int j = 0; j < units.Count; j++)
            {
                for (int u = 0; u < decays; u++)
                {
                    int variable = (u * units.Count) + j;
                    parameters.Add(new HawkesParameter(
                        $"alpha[{units[i]}<-{units[j]}]{Number(u)}", HawkesParameterKind.Branching, units[i], units[j], model.Branching(i, j, u),
                        Error(i, variable), atBound[variable]));
                }
            }
        }

        for (int u = 0; u < decays && withDecays; u++)
        {
            double error = inference.DecayCovariance.Length == 0 ? double.NaN : Math.Sqrt(inference.DecayCovariance[u, u]);
            parameters.Add(new HawkesParameter($"beta{Number(u)}", HawkesParameterKind.Decay, "", "", model.Decays[u], error, IsAtBound: false));
        }

        return [.. parameters];
    }
}
