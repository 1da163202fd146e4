using System.Numerics.Tensors;

namespace SpikeStats.Fitting.Optimization;

/// <summary>The minimum of ½ dᵀHd + gᵀd over steps d that keep x + d ≥ 0: the exact model step of <see cref="NonNegativeNewton"/>.</summary>
/// <remarks>
/// Active-set method: solve on the free variables; if the solution leaves the orthant, go to the first bound and hold it there; if it does
/// not, release the variable at a bound whose slope is steepest. Every round lowers the model, so no set of free variables comes twice.
/// <para><b>Source:</b> Lawson and Hanson, Solving Least Squares Problems (1974), chapter 23.</para>
/// </remarks>
internal static class NonNegativeQuadratic
{
    private const double RankTolerance = 1e-13;

    // Along a direction without curvature the model falls forever, until it meets a bound; a trace of curvature makes the step towards it finite.
    private const double Ridge = 1e-11;

    /// <summary>Minimises the model.</summary>
    /// <param name="hessian">H, row after row; the lower triangle is read.</param>
    /// <param name="gradient">g.</param>
    /// <param name="point">x ≥ 0.</param>
    /// <param name="leftOut">Variables that stay where they are.</param>
    /// <returns>x + d.</returns>
    public static double[] Minimize(double[] hessian, double[] gradient, double[] point, bool[] leftOut)
    {
        int size = point.Length;
        hessian = (double[])hessian.Clone();
        for (int i = 0; i < size; i++) hessian[(i * size) + i] *= 1 + Ridge;
        double[] x = (double[])point.Clone();
        bool[] held = new bool[size];
        for (int i = 0; i < size; i++)
        {
            // A variable that only costs, without any curvature, is a matter of its own: its minimum is the bound.
            if (!leftOut[i] && gradient[i] > 0 && hessian[(i * size) + i] == 0) x[i] = 0;
            held[i] = leftOut[i] || x[i] <= 0;
        }

        double[] slope = Slope(hessian, gradient, point, x);
        for (int round = 0; round < 10 * (size + 1); round++)
        {
            double[] step = CholeskyFactor.Of(hessian, size, RankTolerance, held).Solve(slope);
            double scale = 1;
            int blocking = -1;
            for (int i = 0; i < size; i++)
            {
                if (held[i] || x[i] - step[i] >= 0 || x[i] / step[i] >= scale) continue;
                scale = x[i] / step[i];
                blocking = i;
            }

            for (int i = 0; i < size; i++)
            {
                if (!held[i]) x[i] = Math.Max(0, x[i] - (scale * step[i]));
            }

            slope = Slope(hessian, gradient, point, x);
            if (blocking >= 0)
            {
                x[blocking] = 0;
                held[blocking] = true;
                slope = Slope(hessian, gradient, point, x);
                continue;
            }

            int release = -1;
            for (int i = 0; i < size; i++)
            {
                // Slopes are compared in the units of the model, so that a variable of another scale is not preferred.
                if (held[i] && !leftOut[i] && slope[i] < -1e-12 * (1 + Math.Abs(gradient[i])) && (release < 0 || Gain(hessian, slope, size, i) > Gain(hessian, slope, size, release))) release = i;
            }

            if (release < 0) return x;
            held[release] = false;
        }

        return x;
    }

    private static double Gain(double[] hessian, double[] slope, int size, int i) => slope[i] * slope[i] / Math.Max(hessian[(i * size) + i], double.Epsilon);

    private static double[] Slope(double[] hessian, double[] gradient, double[] point, double[] x)
    {
        int size = point.Length;
        double[] slope = (double[])gradient.Clone(), moved = new double[size];
        TensorPrimitives.Subtract(x, point, moved);
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < i; j++)
            {
                slope[i] += hessian[(i * size) + j] * moved[j];
                slope[j] += hessian[(i * size) + j] * moved[i];
            }

            slope[i] += hessian[(i * size) + i] * moved[i];
        }

        return slope;
    }
}
