namespace SpikeStats.Fitting.Hawkes;

/// <summary>The parameters of a fit with their names and standard errors.</summary>
internal static class HawkesParameterList
{
    /// <summary>For each target the levels of its baseline and its branching ratios by source and exponential.</summary>
    public static IEnumerable<HawkesParameter> OfTargets(IReadOnlyList<string> units, int ratiosPerPair, TargetEstimate[] targets, HawkesInference inference)
    {
        int columns = units.Count * ratiosPerPair, pieces = targets[0].Result.Point.Length - columns;
        for (int i = 0; i < units.Count; i++)
        {
            TargetEstimate target = targets[i];
            HawkesParameter Parameter(string name, HawkesParameterKind kind, string source, int variable) => new(
                name, kind, units[i], source, target.Result.Point[variable],
                target.Information.IsAliased[variable] ? double.NaN : Math.Sqrt(inference.Covariance(i, variable, i, variable)), target.Result.AtBound[variable]);
            for (int piece = 0; piece < pieces; piece++)
                yield return Parameter($"mu[{units[i]}]{Number(piece, pieces)}", HawkesParameterKind.Baseline, "", columns + piece);
            for (int j = 0; j < units.Count; j++)
            {
                for (int u = 0; u < ratiosPerPair; u++)
                    yield return Parameter($"alpha[{units[i]}<-{units[j]}]{Number(u, ratiosPerPair)}", HawkesParameterKind.Branching, units[j], (u * units.Count) + j);
            }
        }
    }

    /// <summary>The decays that were estimated.</summary>
    public static IEnumerable<HawkesParameter> OfDecays(double[] decays, HawkesInference inference) => decays.Select((decay, u) => new HawkesParameter(
        $"beta{Number(u, decays.Length)}", HawkesParameterKind.Decay, "", "", decay, inference.ErrorOfDecay(u), IsAtBound: false));

    private static string Number(int u, int count) => count == 1 ? "" : FormattableString.Invariant($" {u + 1}");
}
