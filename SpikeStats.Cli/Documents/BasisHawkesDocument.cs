using SpikeStats.Cli.Output;
using SpikeStats.Fitting.Hawkes;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Cli.Documents;

/// <summary>The document of a fit with kernels on a basis.</summary>
internal static class BasisHawkesDocument
{
    /// <summary>The document, still without verdicts and timings.</summary>
    public static HawkesFitDocument Of(BasisHawkesFit fit, Recording recording)
    {
        BasisHawkesModel model = fit.Model;
        return HawkesFitDocument.Frame(model.Units, recording, fit.Certificate, model.BranchingMatrix(), fit.BranchingStandardErrors()) with
        {
            Kernel = model.Basis is WindowBasis ? $"{BasisKernelsEntry.Piecewise}:{NumberText.Count(model.Basis.ColumnCount)}" : $"{BasisKernelsEntry.OnBasis}:{model.Basis.Description}",
            Baseline = model.Baselines,
            BaselineStandardErrors = fit.BaselineStandardErrors,
            SpectralRadius = HawkesFitDocument.RadiusEntry.Of(fit.SpectralRadius),
            LogLikelihood = fit.LogLikelihood,
            NullLogLikelihood = fit.NullLogLikelihood,
            ParameterCount = fit.Certificate.ParameterCount,
            Aic = fit.Aic,
            Bic = fit.Bic,
            BitsPerSpike = fit.BitsPerSpike,
            BasisKernels = BasisKernelsEntry.Of(fit),
        };
    }
}
