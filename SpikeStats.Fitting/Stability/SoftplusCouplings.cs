using MathNet.Numerics.LinearAlgebra;
using SpikeStats.Fitting.Glm;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.Models.Stability;

namespace SpikeStats.Fitting.Stability;

/// <summary>The spectral radius of GLMs with a softplus link, whose rates are nearly linear in past spikes, with its uncertainty.</summary>
/// <remarks>
/// The expected count log(1 + e^η) never rises faster than η, so that a spike of unit j adds at most N_ij = Σ_l |h_ij(l)| expected spikes of unit i. Rates are
/// stationary if the spectral radius of N is below 1; this is sufficient, and for excitation at high rates also necessary, because the slope tends to 1 there.
/// The standard error follows from the covariances of the fits, which are independent between targets given the past.
/// <para>For logarithmic, complementary log-log and logit links no such number exists: excitation multiplies, see <see cref="QuasiRenewal"/>.</para>
/// <para><b>Source:</b> Brémaud and Massoulié, Ann Probab 24:1563 (1996), theorem 7.</para>
/// </remarks>
public static class SoftplusCouplings
{
    /// <summary>The spectral radius of the couplings among the targets of some fits.</summary>
    /// <param name="fits">One fit per unit; spikes of units that no fit explains are a drive from outside and do not count.</param>
    /// <returns>The radius with its standard error; NaN errors where a fit has none.</returns>
    /// <exception cref="ArgumentException">There is no fit, two explain the same unit, bin widths differ, a link is not softplus, or a filter is infinite.</exception>
    public static SpectralRadius Radius(IReadOnlyList<GlmFit> fits)
    {
        ArgumentNullException.ThrowIfNull(fits);
        string[] units = [.. fits.Select(fit => fit.Specification.Target)];
        Validate(fits, units);
        double[,] branching = new double[units.Length, units.Length];
        double[,] covariance = new double[units.Length * units.Length, units.Length * units.Length];
        for (int target = 0; target < units.Length; target++)
        {
            GlmFit fit = fits[target];
            double[,] slopes = new double[units.Length, fit.Coefficients.Count];
            int first = 0;
            foreach (TermFit term in fit.Terms)
            {
                GlmTerm? asked = fit.Specification.Terms.FirstOrDefault(candidate => string.Equals(candidate.Name, term.Name, StringComparison.Ordinal));
                int source = asked is HistoryTerm ? target : asked is CouplingTerm coupling ? Array.IndexOf(units, coupling.Source) : -1;
                if (source >= 0) branching[target, source] += Add(asked!, term, fit.Specification.BinWidth, slopes, source, first);
                first += term.Coefficients.Count;
            }

            Matrix<double> jacobian = Matrix<double>.Build.DenseOfArray(slopes);
            Matrix<double> block = jacobian * Matrix<double>.Build.DenseOfArray(fit.Covariance) * jacobian.Transpose();
            for (int i = 0; i < units.Length; i++)
            {
                for (int j = 0; j < units.Length; j++) covariance[(target * units.Length) + i, (target * units.Length) + j] = block[i, j];
            }
        }

        return SpectralRadius.Of(branching, covariance);
    }

    // Σ |h| of one filter, and its slopes in the coefficients.
    private static double Add(GlmTerm asked, TermFit term, double binWidth, double[,] slopes, int source, int first)
    {
        LagMatrix basis = (asked is HistoryTerm history ? history.Basis : ((CouplingTerm)asked).Basis).Sample(binWidth, firstLag: 1);
        double sum = 0;
        for (int row = 0; row < basis.RowCount; row++)
        {
            double value = term.Filter[row];
            if (!double.IsFinite(value)) throw new ArgumentException($"The filter '{term.Name}' is infinite at some lag; penalise the term for a finite one.", nameof(term));
            sum += Math.Abs(value);
            for (int column = 0; column < basis.ColumnCount; column++) slopes[source, first + column] += Math.Sign(value) * basis[row, column];
        }

        return sum;
    }

    private static void Validate(IReadOnlyList<GlmFit> fits, string[] units)
    {
        if (units.Length == 0 || units.Distinct(StringComparer.Ordinal).Count() != units.Length) throw new ArgumentException("Give fits of different units, one at least.", nameof(fits));
        if (fits.Any(fit => fit.Specification.BinWidth != fits[0].Specification.BinWidth)) throw new ArgumentException("All fits need the same bin width.", nameof(fits));
        GlmFit? other = fits.FirstOrDefault(fit => !ReferenceEquals(fit.Model.Observation, ObservationModel.PoissonSoftplus));
        if (other is not null)
            throw new ArgumentException($"Unit '{other.Specification.Target}' has the link '{other.Model.Observation.Link}'; a spectral radius belongs to the softplus link.", nameof(fits));
    }
}
