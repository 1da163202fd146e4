using SpikeStats.Fitting.Glm;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Populations;

/// <summary>What "the same fit by another way" means.</summary>
internal static class PopulationAssert
{
    /// <summary>Coefficients to 10⁻⁶ standard errors, log-likelihoods to 10⁻¹¹, standard errors to 10⁻⁵; coefficients without an error exactly.</summary>
    public static void Same(GlmFit expected, GlmFit actual)
    {
        Assert.Equal(expected.CoefficientNames, actual.CoefficientNames);
        StatisticalAssert.Close(expected.LogLikelihood, actual.LogLikelihood, relative: 1e-11);
        StatisticalAssert.Close(expected.EffectiveDegreesOfFreedom, actual.EffectiveDegreesOfFreedom, relative: 1e-6);
        for (int i = 0; i < expected.Coefficients.Count; i++)
        {
            if (double.IsNaN(expected.StandardErrors[i]))
            {
                Assert.Equal(expected.Coefficients[i], actual.Coefficients[i]);
                Assert.True(double.IsNaN(actual.StandardErrors[i]));
                continue;
            }

            Assert.True(Math.Abs(expected.Coefficients[i] - actual.Coefficients[i]) < 1e-6 * expected.StandardErrors[i], expected.CoefficientNames[i]);
            StatisticalAssert.Close(expected.StandardErrors[i], actual.StandardErrors[i], relative: 1e-5);
        }
    }
}
