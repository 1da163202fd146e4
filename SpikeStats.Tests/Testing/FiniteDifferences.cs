using MathNet.Numerics.LinearAlgebra;

namespace SpikeStats.Tests.Testing;

/// <summary>Derivatives of a log-likelihood by central differences: the second route to scores and covariances.</summary>
internal static class FiniteDifferences
{
    /// <summary>The slope along one coordinate; steps are 10^-5 of it.</summary>
    public static double Slope(double[] at, int coordinate, Func<double[], double> function)
    {
        double step = 1e-5 * at[coordinate];
        return (function(Moved(at, (coordinate, step))) - function(Moved(at, (coordinate, -step)))) / (2 * step);
    }

    /// <summary>Minus the inverse of the Hessian.</summary>
    public static Matrix<double> CovarianceAt(double[] at, Func<double[], double> function, double relativeStep = 1e-3)
    {
        double Step(int i, int sign) => sign * relativeStep * at[i];
        Matrix<double> hessian = Matrix<double>.Build.Dense(at.Length, at.Length, (p, q) =>
            (function(Moved(at, (p, Step(p, 1)), (q, Step(q, 1)))) - function(Moved(at, (p, Step(p, 1)), (q, Step(q, -1))))
            - function(Moved(at, (p, Step(p, -1)), (q, Step(q, 1)))) + function(Moved(at, (p, Step(p, -1)), (q, Step(q, -1))))) / (4 * Step(p, 1) * Step(q, 1)));
        return (-hessian).Inverse();
    }

    private static double[] Moved(double[] at, params ReadOnlySpan<(int Coordinate, double Step)> steps)
    {
        double[] moved = (double[])at.Clone();
        foreach ((int coordinate, double step) in steps) moved[coordinate] += step;
        return moved;
    }
}
