using MathNet.Numerics;
using MathNet.Numerics.Integration;

namespace SpikeStats.Models.Theory;

/// <summary>One step of <see cref="IntervalCumulants"/>: the functions G_n on a short stretch of y, by collocation at Gauss and Legendre's points.</summary>
internal static class CumulantPanel
{
    private const int Points = 16;
    private static readonly double[] abscissas = new GaussLegendreRule(0, 1, Points).Abscissas, weights = new GaussLegendreRule(0, 1, Points).Weights;
    private static readonly double[,] primitive = Primitive();

    /// <summary>Carries the state G_n(left) to G_n(right) and adds ∫ G_n to the integrals, if given; all scaled as the passage is.</summary>
    public static void Advance(in ScaledPassage passage, double left, double right, double[] state, double[]? integrals)
    {
        int order = state.Length - 1;
        double width = right - left;
        double[][] values = new double[order + 1][];
        double[] growth = new double[Points];
        values[1] = new double[Points];
        for (int i = 0; i < Points; i++)
        {
            double y = left + (width * abscissas[i]);
            growth[i] = Math.Exp((y - left) * (y + left));
            values[1][i] = Math.Sqrt(Math.PI) * passage.At(y);
        }

        double growthAtRight = Math.Exp(width * (right + left));
        for (int n = 2; n <= order; n++)
        {
            // e^-(z² - left²) S_n at the points.
            double[] source = new double[Points];
            for (int k = 1; k < n; k++)
            {
                double ways = SpecialFunctions.Binomial(n, k);
                for (int j = 0; j < Points; j++) source[j] += ways * values[k][j] * values[n - k][j] / growth[j];
            }

            values[n] = new double[Points];
            double total = 0;
            for (int i = 0; i < Points; i++)
            {
                double sum = 0;
                for (int j = 0; j < Points; j++) sum += primitive[i, j] * source[j];
                values[n][i] = growth[i] * (state[n] + (width * sum));
                total += weights[i] * source[i];
                if (integrals is not null) integrals[n] += width * weights[i] * values[n][i];
            }

            state[n] = growthAtRight * (state[n] + (width * total));
        }
    }

    // ∫ from 0 to the i-th point of the j-th Lagrange polynomial, by the same rule stretched to that way: exact for polynomials of this degree.
    private static double[,] Primitive()
    {
        double[,] matrix = new double[Points, Points];
        for (int i = 0; i < Points; i++)
        {
            for (int q = 0; q < Points; q++)
            {
                double x = abscissas[i] * abscissas[q];
                for (int j = 0; j < Points; j++) matrix[i, j] += abscissas[i] * weights[q] * Lagrange(j, x);
            }
        }

        return matrix;
    }

    private static double Lagrange(int j, double x)
    {
        double product = 1;
        for (int k = 0; k < Points; k++)
        {
            if (k != j) product *= (x - abscissas[k]) / (abscissas[j] - abscissas[k]);
        }

        return product;
    }
}
