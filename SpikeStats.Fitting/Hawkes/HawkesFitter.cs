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
        HawkesParameter[] parameters = Parameters(specification, model, point, inference, search is not null);
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

    private static HawkesParameter[] Parameters(
        HawkesSpecification specification, HawkesModel model, ProfilePoint point, HawkesInference inference, bool withDecays)
    {
        IReadOnlyList<string> units = specification.Units;
        int decays = model.Decays.Count, columns = units.Count * decays, pieces = model.Baseline.PieceCount;
        string Number(int u, int count) => count == 1 ? "" : FormattableString.Invariant($" {u + 1}");
        double Error(int i, int variable) =>
            point.Targets[i].Information.IsAliased[variable] ? double.NaN : Math.Sqrt(inference.Covariance(i, variable, i, variable));
        List<HawkesParameter> parameters = [];
        for (int i = 0; i < units.Count; i++)
        {
            bool[] atBound = point.Targets[i].Result.AtBound;
            for (int piece = 0; piece < pieces; piece++)
            {
                parameters.Add(new HawkesParameter(
                    $"mu[{units[i]}]{Number(piece, pieces)}", HawkesParameterKind.Baseline, units[i], "", model.Level(i, piece), Error(i, columns + piece), atBound[columns + piece]));
            }

            for (int j = 0; j < units.Count; j++)
            {
                for (int u = 0; u < decays; u++)
                {
                    int variable = (u * units.Count) + j;
                    parameters.Add(new HawkesParameter(
                        $"alpha[{units[i]}<-{units[j]}]{Number(u, decays)}", HawkesParameterKind.Branching, units[i], units[j], model.Branching(i, j, u),
                        Error(i, variable), atBound[variable]));
                }
            }
        }

        for (int u = 0; u < decays && withDecays; u++)
        {
            double error = inference.DecayCovariance.Length == 0 ? double.NaN : Math.Sqrt(inference.DecayCovariance[u, u]);
            parameters.Add(new HawkesParameter($"beta{Number(u, decays)}", HawkesParameterKind.Decay, "", "", model.Decays[u], error, IsAtBound: false));
        }

        return [.. parameters];
    }
}
