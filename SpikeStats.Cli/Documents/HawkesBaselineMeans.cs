using SpikeStats.Fitting.Hawkes;

namespace SpikeStats.Cli.Documents;

/// <summary>The baselines of a fitted Hawkes process in one number per unit: their mean over the observed time.</summary>
internal static class HawkesBaselineMeans
{
    /// <summary>Means and standard errors, in hertz; NaN where the unit's levels are all at their bound 0 or one is not identified.</summary>
    public static (double[] Means, double[] StandardErrors) Of(HawkesFit fit, Recording recording)
    {
        int units = fit.Model.Units.Count, pieces = fit.Model.Baseline.PieceCount;
        HawkesParameter[][] levels = [.. fit.Parameters.Where(parameter => parameter.Kind == HawkesParameterKind.Baseline).Chunk(pieces)];
        if (pieces == 1) return ([.. fit.Model.Baselines], [.. levels.Select(own => own[0].StandardError)]);
        double[] durations = fit.Model.Baseline.Durations(recording[fit.Model.Units[0]].Observed);
        double[] shares = [.. durations.Select(duration => duration / durations.Sum())], errors = new double[units];
        int[] places = [.. fit.Parameters.Index().Where(parameter => parameter.Item.Kind == HawkesParameterKind.Baseline).Select(parameter => parameter.Index)];
        double[,] covariance = fit.Covariance();
        for (int i = 0; i < units; i++)
        {
            double variance = 0;
            for (int a = 0; a < pieces; a++)
            {
                for (int b = 0; b < pieces; b++) variance += shares[a] * shares[b] * covariance[places[(i * pieces) + a], places[(i * pieces) + b]];
            }

            bool isKnown = levels[i].Any(level => !level.IsAtBound) && levels[i].All(level => level.IsAtBound || !double.IsNaN(level.StandardError));
            errors[i] = isKnown ? Math.Sqrt(variance) : double.NaN;
        }

        return ([.. levels.Select(own => own.Zip(shares, (level, share) => level.Estimate * share).Sum())], errors);
    }
}
