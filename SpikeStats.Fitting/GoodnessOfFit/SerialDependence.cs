using System.Globalization;
using System.Numerics.Tensors;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace SpikeStats.Fitting.GoodnessOfFit;

/// <summary>Whether successive rescaled intervals are independent, as they are if the model is true.</summary>
/// <remarks>
/// The autocorrelation of the normal scores g = Φ⁻¹(u), r_k = Σ_i (g_i - ḡ)(g_(i+k) - ḡ) / Σ_i (g_i - ḡ)², and the statistic of Ljung and
/// Box, Q = n (n + 2) Σ_k r_k² / (n - k), which is χ² with as many degrees of freedom as there are lags for independent scores.
/// <b>Source:</b> Ljung and Box, Biometrika 65 (1978).
/// </remarks>
/// <param name="Autocorrelation">The correlations r_1, r_2, ...; element k - 1 is lag k. Empty if there are too few intervals.</param>
/// <param name="BandHalfWidth">1.96 / √n: 95 % of the correlations of independent scores lie within ± this.</param>
/// <param name="LjungBox">Q, dimensionless; 0 without a lag.</param>
/// <param name="PValue">The probability of a Q at least as large for independent intervals; NaN without a lag.</param>
public sealed record SerialDependence(ReadOnlyMemory<double> Autocorrelation, double BandHalfWidth, double LjungBox, double PValue)
{
    private const double BandQuantile = 1.96;

    // The χ² limit needs many more values than lags.
    private const int ValuesPerLag = 5;

    // An interval that the model holds for impossible has u = 0 or 1 and would have an infinite score.
    private const double SmallestUniform = 1e-16;

    /// <summary>Computes the autocorrelation of uniform values.</summary>
    /// <param name="uniforms">Values in [0, 1], in the order of time.</param>
    /// <param name="lags">Largest lag; lowered to a fifth of the number of values.</param>
    /// <returns>The dependence; without a lag if there are fewer than 5 values or all are equal. Cost O(n lags).</returns>
    public static SerialDependence OfUniforms(ReadOnlySpan<double> uniforms, int lags)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lags);
        int n = uniforms.Length;
        lags = Math.Min(lags, n / ValuesPerLag);
        SerialDependence none = new(ReadOnlyMemory<double>.Empty, BandQuantile / Math.Sqrt(n), LjungBox: 0, double.NaN);
        if (lags == 0) return none;

        double[] scores = new double[n];
        for (int i = 0; i < n; i++) scores[i] = Normal.InvCDF(0, 1, Math.Clamp(uniforms[i], SmallestUniform, 1 - SmallestUniform));
        TensorPrimitives.Subtract(scores, TensorPrimitives.Sum<double>(scores) / n, scores);
        double power = TensorPrimitives.Dot<double>(scores, scores);
        if (power == 0) return none;

        double[] correlation = new double[lags];
        double statistic = 0;
        for (int k = 1; k <= lags; k++)
        {
            double r = TensorPrimitives.Dot<double>(scores.AsSpan(0, n - k), scores.AsSpan(k)) / power;
            correlation[k - 1] = r;
            statistic += r * r / (n - k);
        }

        statistic *= n * (n + 2.0);
        return none with
        {
            Autocorrelation = correlation,
            LjungBox = statistic,
            PValue = SpecialFunctions.GammaUpperRegularized(lags / 2.0, statistic / 2),
        };
    }

    /// <summary>The verdict on one line.</summary>
    /// <returns>Text in the invariant culture.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"Ljung-Box Q = {LjungBox:G4} over {Autocorrelation.Length} lags, p = {PValue:G4}");
}
