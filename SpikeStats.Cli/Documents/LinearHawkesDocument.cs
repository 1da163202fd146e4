using SpikeStats.Fitting.Hawkes;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Cli.Documents;

/// <summary>The document of a fit whose kernels are exponentials or a power law.</summary>
internal static class LinearHawkesDocument
{
    /// <summary>The document, still without verdicts and timings.</summary>
    public static HawkesFitDocument Of(HawkesFit fit, Recording recording)
    {
        HawkesModel model = fit.Model;
        int decays = model.Decays.Count;
        PowerLawEntry? law = PowerLawEntry.Of(fit);
        (double[] means, double[] errors) = HawkesBaselineMeans.Of(fit, recording);
        return HawkesFitDocument.Frame(model.Units, recording, fit.Certificate, model.BranchingMatrix(), fit.BranchingStandardErrors()) with
        {
            Kernel = law is not null ? PowerLawEntry.Name : PairTables.KernelName(decays),
            Baseline = means,
            BaselineStandardErrors = errors,
            AdjacencyByDecay = PairTables.Cube(model.Units.Count, decays, model.Branching),
            AdjacencyByDecayStandardErrors = law is null ? PairTables.RatioErrors(fit.Parameters, model.Units.Count, decays) : PairTables.Cube(model.Units.Count, decays, (_, _, _) => double.NaN),
            Decays = model.Decays,
            DecayStandardErrors = PairTables.DecayErrors(fit.Parameters, decays),
            DecaysEstimated = law is null && fit.Specification.Kernel.IsFree,
            SpectralRadius = HawkesFitDocument.RadiusEntry.Of(fit.SpectralRadius),
            LogLikelihood = fit.LogLikelihood,
            NullLogLikelihood = fit.NullLogLikelihood,
            ParameterCount = fit.Parameters.Count,
            Aic = fit.Aic,
            Bic = fit.Bic,
            BitsPerSpike = fit.BitsPerSpike,
            BaselinePieces = BaselinePiecesEntry.Of(fit),
            PowerLaw = law,
            SpectralRadiusLimit = fit.Specification.SpectralRadiusLimit,
        };
    }
}
