using MathNet.Numerics;

namespace SpikeStats.Fitting.Glm;

/// <summary>Wald's test that all coefficients of a term are zero: wᵀV⁻¹w, χ² distributed if they are.</summary>
/// <param name="Statistic">wᵀV⁻¹w over the identified coefficients of the term, dimensionless.</param>
/// <param name="DegreesOfFreedom">Their number.</param>
/// <param name="PValue">Probability of a larger statistic if the coefficients were zero; NaN if none is identified.</param>
public sealed record WaldTest(double Statistic, int DegreesOfFreedom, double PValue)
{
    /// <summary>Wald's test that one coefficient is zero: (estimate / standard error)², χ² with one degree of freedom.</summary>
    /// <remarks>Its p-value is that of the two-sided test of z = estimate / standard error against the normal distribution.</remarks>
    /// <param name="estimate">The coefficient, in any unit.</param>
    /// <param name="standardError">Its standard error, in the same unit.</param>
    /// <returns>The test; without degrees of freedom if the coefficient or its standard error is not finite.</returns>
    public static WaldTest OfCoefficient(double estimate, double standardError) => double.IsFinite(estimate) && standardError > 0
        ? Of(estimate / standardError * (estimate / standardError), 1)
        : Of(double.NaN, 0);

    internal static WaldTest Of(double statistic, int degreesOfFreedom) => degreesOfFreedom == 0
        ? new WaldTest(double.NaN, 0, double.NaN)
        : new WaldTest(statistic, degreesOfFreedom, UpperTail(statistic, degreesOfFreedom));

    // The upper tail by the regularised incomplete gamma function: 1 - CDF would lose p-values below 1e-16.
    private static double UpperTail(double statistic, int degreesOfFreedom) =>
        statistic <= 0 ? 1 : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2.0, statistic / 2);
}
