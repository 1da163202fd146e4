using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Renewal;

/// <summary>The profile of the likelihood along one variable, on whose ridge it is far from normal, and the intervals that follow from it.</summary>
/// <remarks>
/// At steps of the variable all others are optimal. Its own interval ends where the best log-likelihood lies ½ z² below the maximum. Another parameter reaches as far as
/// p + s √(z² - d) over the ridge, where d is twice the loss there and s the standard error of p with the variable held: the edge of the level surface, if every cut across the
/// ridge is normal. The ridge may bend and need not be normal along itself.
/// <para><b>Source:</b> Venzon and Moolgavkar, Appl Stat 37:87 (1988) for intervals of this kind; the path along the ridge is ours.</para>
/// </remarks>
internal sealed class RidgeProfile
{
    private const int StepsPerSide = 4;

    // Steps in the variable, a logarithm; and how far it is followed, beyond which the end counts as none.
    private const double LongestStep = 0.5, Farthest = 3.5;
    private const double StepTolerance = 1e-8;

    private readonly IntervalFamily family;
    private readonly RenewalObjective objective;
    private readonly double quantile;
    private readonly List<Point> points = [];
    private readonly bool isOpenBelow, isOpenAbove;

    /// <summary>Follows the ridge.</summary>
    /// <param name="family">The family.</param>
    /// <param name="objective">Minus its log-likelihood.</param>
    /// <param name="optimum">Where it is least.</param>
    /// <param name="variable">The variable along the ridge: the logarithm of the parameter of the same place.</param>
    /// <param name="quantile">z: 1.96 for 95 %.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public RidgeProfile(IntervalFamily family, RenewalObjective objective, NewtonResult optimum, int variable, double quantile, CancellationToken cancellationToken)
    {
        (this.family, this.objective, this.quantile) = (family, objective, quantile);
        double[,] covariance = optimum.Factor.Inverse();
        double spread = Math.Sqrt(covariance[variable, variable]), step = Math.Min(quantile * spread / StepsPerSide, LongestStep);
        bool[] held = [.. Enumerable.Range(0, family.ParameterCount).Select(i => i == variable)];
        NewtonSettings settings = new() { Tolerance = StepTolerance };
        isOpenBelow = Follow(-1);
        points.Reverse();
        points.Add(new Point(0, optimum.Point, optimum.Factor.Inverse()));
        isOpenAbove = Follow(1);

        // The first cut off the optimum gives the standard errors with the variable held there too.
        int centre = points.FindIndex(point => point.Deviance == 0), beside = centre + 1 < points.Count ? centre + 1 : centre - 1;
        points[centre] = points[centre] with { Held = points[beside].Held };

        bool Follow(int side)
        {
            double[] point = [.. optimum.Point], last = point;
            for (int k = 1; k * step <= Farthest; k++)
            {
                double[] start = k == 1
                    ? [.. point.Select((x, i) => x + (side * step * covariance[i, variable] / covariance[variable, variable]))]
                    : [.. point.Select((x, i) => (2 * x) - last[i])];
                NewtonResult result = NewtonMethod.Minimize(objective, start, held, settings, cancellationToken: cancellationToken);
                double deviance = 2 * (result.Evaluation.Value - optimum.Evaluation.Value);
                if (!double.IsFinite(deviance)) return true;
                points.Add(new Point(Math.Max(deviance, double.Epsilon), result.Point, result.Factor.Inverse()));
                if (deviance > quantile * quantile) return false;
                (last, point) = (point, result.Point);
            }

            return true;
        }
    }

    /// <summary>The interval of a parameter.</summary>
    /// <param name="parameter">The parameter, among the estimated ones.</param>
    /// <returns>Both ends; 0 or infinite where the profile has none.</returns>
    public (double Lower, double Upper) Interval(int parameter)
    {
        List<(double Low, double High, double Value)> cuts = [];
        for (int i = 0; i < points.Count; i++)
        {
            cuts.Add(Cut(points[i], parameter));
            if (i == 0) continue;

            // The end of the ridge, where √d crosses z, by a straight line.
            double before = Math.Sqrt(points[i - 1].Deviance), now = Math.Sqrt(points[i].Deviance);
            if ((before > quantile) == (now > quantile)) continue;
            double part = (quantile - before) / (now - before), from = Cut(points[i - 1], parameter).Value, end = from + (part * (Cut(points[i], parameter).Value - from));
            cuts.Add((end, end, end));
        }

        (double first, double last) = (cuts[0].Value, cuts[^1].Value);
        double lower = cuts.Min(cut => cut.Low), upper = cuts.Max(cut => cut.High);
        bool isOpenDown = first < last ? isOpenBelow : isOpenAbove, isOpenUp = first < last ? isOpenAbove : isOpenBelow;
        if (!family.IsPositive(parameter)) return (isOpenDown ? double.NegativeInfinity : lower, isOpenUp ? double.PositiveInfinity : upper);
        return (isOpenDown ? 0 : Math.Exp(lower), isOpenUp ? double.PositiveInfinity : Math.Exp(upper));
    }

    private (double Low, double High, double Value) Cut(Point point, int parameter)
    {
        double raw = objective.ToParameters(point.Variables)[parameter], scale = family.IsPositive(parameter) ? 1 / raw : 1, value = family.IsPositive(parameter) ? Math.Log(raw) : raw;
        double room = (quantile * quantile) - point.Deviance;
        if (room <= 0) return (double.PositiveInfinity, double.NegativeInfinity, value);
        VariableChange change = objective.ChangeAt(point.Variables);
        Vector<double> slope = DenseVector.Create(point.Variables.Length, i => change.First(parameter, i) * scale);
        double reach = Math.Sqrt(room * (slope * DenseMatrix.OfArray(point.Held) * slope));
        return (value - reach, value + reach, value);
    }

    // Twice the loss of log-likelihood, the optimum with the variable held, and the covariance of the others.
    private sealed record Point(double Deviance, double[] Variables, double[,] Held);
}
