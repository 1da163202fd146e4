using System.Globalization;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Glm;

namespace SpikeStats.Fitting.Glm;

/// <summary>Fits negative binomial counts with their shape θ: coefficients for a given θ and θ for given means take turns.</summary>
/// <remarks>
/// Coefficients and shape are asymptotically independent, so that each turn shortens the distance by orders of magnitude. For a given θ the
/// likelihood is concave; in θ it need not be, so that log θ is found by Newton steps inside a bracket of its score.
/// <para><b>Source:</b> Lawless, Canadian Journal of Statistics 15:209 (1987).</para>
/// </remarks>
internal static class ShapeSearch
{
    private const int MaxTurns = 50;
    private const int MaxSteps = 60;

    // Beyond this shape the variance exceeds that of Poisson counts by less than one part in 10^7 of the mean.
    private const double PoissonShape = 1e8;

    // Stands for an infinite coefficient: the bins in which its feature acts become certainly silent, and 0 · this is still 0.
    private const double Infinite = 1e300;

    public static GlmFit Fit(
        GlmSpecification specification, NegativeBinomialObservation law, Recording recording, GlmFitOptions options, IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        GlmDesign design = GlmLayout.Of(specification, recording).Design;
        GlmObjective objective = new(design, new double[design.ColumnCount, design.ColumnCount], [], options.Threads);
        for (int turn = 1; ; turn++)
        {
            GlmFit fit = GlmFitter.Fit(specification with { Observation = law }, recording, options, null, cancellationToken);
            ShapeScore Score(double shape) => ScoreOf(law.WithShape(shape), objective, design, fit.Coefficients);
            ShapeScore score = Score(law.Shape);
            progress?.Report(turn / (turn + 2.0));
            bool isPoisson = law.Shape >= PoissonShape;
            if (isPoisson || score.Decrement <= options.Tolerance || turn == MaxTurns || fit.Certificate.Status is FitStatus.IterationLimit or FitStatus.StepFailed)
            {
                progress?.Report(1);
                return fit.WithShape(
                    new ShapeEstimate(law.Shape, isPoisson ? double.NaN : 1 / Math.Sqrt(score.Information)),
                    Certify(fit.Certificate, law.Shape, score, options.Tolerance));
            }

            law = law.WithShape(Maximize(Score, law.Shape, options.Tolerance));
        }
    }

    // Newton's method for the root of the score in log θ, kept between the last point on either side.
    private static double Maximize(Func<double, ShapeScore> scoreOf, double start, double tolerance)
    {
        double logShape = Math.Log(start), low = double.NegativeInfinity, high = Math.Log(PoissonShape);
        for (int step = 0; step < MaxSteps; step++)
        {
            ShapeScore score = scoreOf(Math.Exp(logShape));
            if (score.Decrement <= tolerance) break;
            if (score.LogSlope > 0) low = logShape;
            else high = logShape;
            double next = logShape + (score.LogInformation > 0 ? Math.Clamp(score.LogSlope / score.LogInformation, -2, 2) : Math.Sign(score.LogSlope));
            if (next >= high) next = high == Math.Log(PoissonShape) ? high : 0.5 * (logShape + high);
            if (next <= low) next = 0.5 * (logShape + low);
            if (next == logShape) break;
            logShape = next;
        }

        return logShape >= Math.Log(PoissonShape) ? PoissonShape : Math.Exp(logShape);
    }

    private static ShapeScore ScoreOf(NegativeBinomialObservation law, GlmObjective objective, GlmDesign design, IReadOnlyList<double> coefficients)
    {
        double slope = 0, curvature = 0, offset = law.Offset(design.Grid.BinWidth);
        double[] shifted = new double[GlmDesign.BlockRows];
        objective.ForEachBlock([.. coefficients.Select(value => Math.Clamp(value, -Infinite, Infinite))], (predictor, counts) =>
        {
            for (int row = 0; row < predictor.Length; row++) shifted[row] = predictor[row] + offset;
            (double ownSlope, double ownCurvature) = law.DifferentiateShape(shifted.AsSpan(0, predictor.Length), counts);
            slope += ownSlope;
            curvature += ownCurvature;
        });
        return new ShapeScore(law.Shape, slope, -curvature);
    }

    private static FitCertificate Certify(FitCertificate given, double shape, ShapeScore score, double tolerance)
    {
        if (shape >= PoissonShape)
        {
            const string Remedy = "The counts are not more variable than Poisson counts: the shape runs to infinity, where the law is Poisson's. Use the Poisson law.";
            return given with { Status = given.Status == FitStatus.Converged ? FitStatus.Separated : given.Status, Message = $"{Remedy} {given.Message}" };
        }

        FitCertificate joint = given with { NewtonDecrement = given.NewtonDecrement + score.Decrement, ParameterCount = given.ParameterCount + 1, Rank = given.Rank + 1 };
        if (score.Decrement <= tolerance) return joint;
        string message = string.Create(CultureInfo.InvariantCulture, $"The shape is {score.Decrement:E1} nats from its optimum. {given.Message}");
        return joint with { Status = given.Status == FitStatus.Converged ? FitStatus.IterationLimit : given.Status, Message = message };
    }

    /// <summary>Slope and observed information of the log-likelihood in θ, and the same in log θ, in which it is nearly quadratic.</summary>
    private readonly record struct ShapeScore(double Shape, double Slope, double Information)
    {
        public double LogSlope => Shape * Slope;

        public double LogInformation => (Shape * Shape * Information) - (Shape * Slope);

        /// <summary>Distance from the optimum in nats; infinite where the curvature has the wrong sign.</summary>
        public double Decrement => LogInformation > 0 ? 0.5 * LogSlope * LogSlope / LogInformation : double.PositiveInfinity;
    }
}
