using SpikeStats.Cli.Options;
using SpikeStats.Fitting.Hawkes;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Cli.Documents;

/// <summary>The document of a fit with inhibition.</summary>
/// <remarks>Spikes are not triggered one by one, so that there is no branching ratio; the radius is that of the absolute couplings, which bounds the excitation.</remarks>
internal static class SoftplusHawkesDocument
{
    /// <summary>The document, still without verdicts and timings.</summary>
    public static HawkesFitDocument Of(SoftplusHawkesFit fit, Recording recording)
    {
        SoftplusHawkesModel model = fit.Model;
        int units = model.Units.Count, decays = model.Decays.Count;
        double[,] sums = new double[units, units], errors = new double[units, units], covariance = fit.Covariance();
        double[,,] sizes = new double[units, units, decays];
        for (int i = 0; i < units; i++)
        {
            for (int j = 0; j < units; j++)
            {
                int first = (i * (1 + (units * decays))) + 1 + (j * decays);
                double variance = 0;
                for (int u = 0; u < decays; u++)
                {
                    sums[i, j] += model.Branching(i, j, u);
                    sizes[i, j, u] = Math.Abs(model.Branching(i, j, u));
                    for (int v = 0; v < decays; v++) variance += covariance[first + u, first + v];
                    if (double.IsNaN(fit.Parameters[first + u].StandardError)) variance = double.NaN;
                }

                errors[i, j] = Math.Sqrt(variance);
            }
        }

        return HawkesFitDocument.Frame(model.Units, recording, fit.Certificate, sums, errors) with
        {
            Kernel = PairTables.KernelName(decays),
            Baseline = model.Baselines,
            BaselineStandardErrors = [.. fit.Parameters.Where(parameter => parameter.Kind == HawkesParameterKind.Baseline).Select(parameter => parameter.StandardError)],
            AdjacencyByDecay = PairTables.Cube(units, decays, model.Branching),
            AdjacencyByDecayStandardErrors = PairTables.RatioErrors(fit.Parameters, units, decays),
            Decays = model.Decays,
            DecayStandardErrors = PairTables.DecayErrors(fit.Parameters, decays),
            DecaysEstimated = fit.Specification.Kernel.IsFree,
            BranchingRatio = double.NaN,
            SpectralRadius = new HawkesFitDocument.RadiusEntry(new HawkesModel(model.Units, new double[units], model.Decays, sizes).SpectralRadius, double.NaN, double.NaN),
            LogLikelihood = fit.LogLikelihood,
            NullLogLikelihood = fit.NullLogLikelihood,
            ParameterCount = fit.Parameters.Count,
            Aic = fit.Aic,
            Bic = fit.Bic,
            BitsPerSpike = fit.BitsPerSpike,
            Link = LinkSyntax.Softplus,
            Softness = model.Softness,
        };
    }
}
