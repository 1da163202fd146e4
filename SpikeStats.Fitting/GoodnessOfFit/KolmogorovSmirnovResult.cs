using System.Globalization;

namespace SpikeStats.Fitting.GoodnessOfFit;

/// <summary>The verdict of a two-sided Kolmogorov-Smirnov test against the uniform distribution.</summary>
/// <param name="Count">Number n of values.</param>
/// <param name="Statistic">D, the largest distance between the empirical and the uniform distribution function, from 0 to 1; NaN without values.</param>
/// <param name="PValue">The probability of a D at least as large if the values are uniform and independent; NaN without values.</param>
public sealed record KolmogorovSmirnovResult(int Count, double Statistic, double PValue)
{
    /// <summary>The half width of the 95 % band as a probability, for plots only: the verdict is <see cref="PValue"/>.</summary>
    public double BandHalfWidth => KolmogorovSmirnov.BandHalfWidth(Count);

    /// <summary>The verdict on one line.</summary>
    /// <returns>Text in the invariant culture.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"KS D = {Statistic:G4}, p = {PValue:G4}, n = {Count}");
}
