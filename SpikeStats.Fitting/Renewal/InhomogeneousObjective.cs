using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Renewal;

namespace SpikeStats.Fitting.Renewal;

/// <summary>Minus the log-likelihood of an inhomogeneous renewal process, as a function of the logarithms of the levels and of the shape.</summary>
/// <remarks>
/// An interval has the operational length d = Σ r_j τ_j, so that derivatives by levels are closed forms in the derivatives of log g, log S and the
/// equilibrium survivor by d. Derivatives by the shape are closed forms for complete intervals; for the one or two other intervals of an observed
/// interval they are central differences of order six.
/// </remarks>
internal sealed class InhomogeneousObjective(UnitScaleDensity density, OperationalSample sample) : IObjective
{
    // In units of the logarithm of the shape, as in RenewalObjective.
    private const double Step = 0.01;

    public int VariableCount => sample.LevelCount + (density.HasShape ? 1 : 0);

    public Evaluation Evaluate(double[] variables, bool withCurvature, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int count = VariableCount, levels = sample.LevelCount;
        double shape = density.HasShape ? Math.Exp(variables[levels]) : 1;
        double[] rates = [.. variables.Take(levels).Select(Math.Exp)];
        double[] gradient = new double[count], hessian = new double[count * count];
        if (!double.IsFinite(shape) || shape <= 0 || rates.Any(rate => !double.IsFinite(rate))) return new Evaluation(double.PositiveInfinity, gradient, hessian);

        double value = sample.LogGivenRate;
        for (int j = 0; j < levels; j++)
        {
            value += sample.EventsAtLevel[j] * variables[j];
            gradient[j] = -sample.EventsAtLevel[j];
        }

        IntervalDistribution[] nearby = [.. Enumerable.Range(-3, 7).Select(k => density.OfUnitScale(density.HasShape ? shape * Math.Exp(k * Step) : 1))];
        Term[] terms = [.. sample.Pieces.Select(piece => TermOf(piece, rates, shape, nearby))];
        for (int i = 0; i < terms.Length; i++)
        {
            value += terms[i].Value;
            Accumulate(terms[i], sample.Pieces[i], rates, gradient, hessian);
        }

        if (!double.IsFinite(value)) return new Evaluation(double.PositiveInfinity, gradient, hessian);
        bool isConvex = CholeskyFactor.Of(hessian, count, 0, new bool[count]).Rank == count;
        return new Evaluation(-value, gradient, isConvex ? hessian : Convex(terms, rates));
    }

    // Far from the optimum, where the likelihood is not concave: the curvature without the terms of the wrong sign, and that of a Poisson process.
    private double[] Convex(Term[] terms, double[] rates)
    {
        int count = VariableCount;
        double[] hessian = new double[count * count], ignored = new double[count];
        for (int j = 0; j < sample.LevelCount; j++) hessian[(j * count) + j] = Math.Max(sample.EventsAtLevel[j], 0.5);
        for (int i = 0; i < terms.Length; i++)
        {
            Term concave = terms[i] with
            {
                ByTime = Math.Min(terms[i].ByTime, 0),
                TwiceTime = Math.Min(terms[i].TwiceTime, 0),
                Mixed = 0,
                TwiceShape = -Math.Abs(terms[i].TwiceShape),
            };
            Accumulate(concave, sample.Pieces[i], rates, ignored, hessian);
        }

        return hessian;
    }

    // The likelihood of one interval and its derivatives by the operational length d and by the logarithm of the shape.
    private Term TermOf(OperationalSample.Piece piece, double[] rates, double shape, IntervalDistribution[] nearby)
    {
        double length = 0;
        for (int i = 0; i < piece.Durations.Length; i++) length += rates[piece.FirstLevel + i] * piece.Durations[i];
        IntervalDistribution distribution = nearby[3];
        bool isFirst = piece.Kind == OperationalSample.PieceKind.FirstWait;
        if (piece.Kind == OperationalSample.PieceKind.Complete)
        {
            UnitScaleDensity.DensityDerivatives by = density.Derivatives(shape, length);
            return new Term(distribution.LogDensity(length), by.ByTime, by.TwiceTime, shape * by.ByShape, shape * by.Mixed, (shape * shape * by.TwiceShape) + (shape * by.ByShape));
        }

        if (piece.Kind == OperationalSample.PieceKind.Silence)
        {
            double residual = distribution.MeanResidualLife(length);
            (double first, double second) = Differences(nearby, near => near.LogEquilibriumSurvivor(length));
            double mixed = Differences(nearby, near => -1 / near.MeanResidualLife(length)).First;
            return new Term(distribution.LogEquilibriumSurvivor(length), -1 / residual, ((distribution.Hazard(length) * residual) - 1) / (residual * residual), first, mixed, second);
        }

        double LogWait(IntervalDistribution near) => near.LogSurvivor(length) - (isFirst ? Math.Log(near.Mean) : 0);
        (double byShape, double twiceShape) = Differences(nearby, LogWait);

        // A spike on the edge of an observed interval leaves a wait of zero, which every distribution survives.
        if (length <= 0) return new Term(LogWait(distribution), 0, 0, byShape, 0, twiceShape);
        double hazard = distribution.Hazard(length);
        return new Term(
            LogWait(distribution), -hazard, -hazard * (density.Derivatives(shape, length).ByTime + hazard), byShape, -Differences(nearby, near => near.Hazard(length)).First, twiceShape);
    }

    private (double First, double Second) Differences(IntervalDistribution[] nearby, Func<IntervalDistribution, double> function)
    {
        if (!density.HasShape) return (0, 0);
        double[] values = Array.ConvertAll(nearby, near => function(near));
        double first = (values[6] - values[0]) - (9 * (values[5] - values[1])) + (45 * (values[4] - values[2]));
        double second = (2 * (values[6] + values[0])) - (27 * (values[5] + values[1])) + (270 * (values[4] + values[2])) - (490 * values[3]);
        return (first / (60 * Step), second / (180 * Step * Step));
    }

    private void Accumulate(Term term, OperationalSample.Piece piece, double[] rates, double[] gradient, double[] hessian)
    {
        int count = VariableCount, levels = sample.LevelCount;
        for (int i = 0; i < piece.Durations.Length; i++)
        {
            int level = piece.FirstLevel + i;
            double weight = rates[level] * piece.Durations[i];
            gradient[level] -= term.ByTime * weight;
            hessian[(level * count) + level] -= term.ByTime * weight;
            for (int j = 0; j <= i; j++) hessian[(level * count) + piece.FirstLevel + j] -= term.TwiceTime * weight * rates[piece.FirstLevel + j] * piece.Durations[j];
            if (density.HasShape) hessian[(levels * count) + level] -= term.Mixed * weight;
        }

        if (!density.HasShape) return;
        gradient[levels] -= term.ByShape;
        hessian[(levels * count) + levels] -= term.TwiceShape;
    }

    private readonly record struct Term(double Value, double ByTime, double TwiceTime, double ByShape, double Mixed, double TwiceShape);
}
