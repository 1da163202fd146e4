using System.Globalization;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Renewal;

namespace SpikeStats.Fitting.Renewal;

/// <summary>The steps of a fit: take the intervals, start near the optimum, iterate, and report.</summary>
internal static class RenewalFitter
{
    private const double NormalQuantile = 1.959963984540054;

    // How far along a runaway direction the likelihood must still rise, in units of the logarithm of a parameter.
    private const double FarAlong = 2;

    public static RenewalFit Fit(
        RenewalSpecification specification, SpikeTrain train, RenewalFitOptions options, IProgress<double>? progress, CancellationToken cancellationToken, string note = "")
    {
        IntervalFamily family = specification.Family;
        IntervalSample sample = IntervalSample.Of(train, family, specification.CountsOpenIntervals, specification.Start == RenewalStart.Equilibrium);
        RenewalObjective objective = new(family, sample);
        double[] guess = objective.ToVariables(family.Guess(sample));
        if (!double.IsFinite(objective.Value(guess)))
        {
            throw new InvalidRecordingException(
                $"the family {family.Name} has no finite mean where it fits the intervals best, and so no equilibrium", "start at the first spike, or choose another family",
                unit: train.Unit);
        }

        NewtonResult result = Maximize(objective, guess, options, cancellationToken);
        double[] parameters = objective.ToParameters(result.Point);
        int runningToZero = result.Status == FitStatus.Separated && Runaway(family, result) is (var estimate, true) ? estimate : -1;
        if (family.AtLimit(parameters, runningToZero, sample) is var (limit, words)) return Fit(specification with { Family = limit }, train, options, progress, cancellationToken, words);

        if (result.Status is FitStatus.IterationLimit or FitStatus.StepFailed && family.Runaway(parameters, sample) is >= 0 and var gone)
            result = result with { Status = FitStatus.Separated, Direction = [.. result.Direction.Select((_, i) => i == gone ? (parameters[i] > sample.Mean ? -1.0 : 1) : 0)] };

        progress?.Report(1);
        IntervalDistribution distribution = family.Create(parameters);
        bool isOptimum = result.Status == FitStatus.Converged;
        double[,] covariance = objective.ChangeAt(result.Point).Covariance(result.Factor.Inverse());
        if (!isOptimum) Array.ForEach([.. Enumerable.Range(0, covariance.Length)], k => covariance[k / parameters.Length, k % parameters.Length] = double.NaN);

        double rate = sample.EventCount / sample.Exposure;
        ParameterEstimate[] estimates = Estimates(family, distribution, covariance);
        if (isOptimum && family.Ridge >= 0) estimates = Profiled(family, estimates, new RidgeProfile(family, objective, result, family.Ridge, NormalQuantile, cancellationToken));
        string remarks = string.Join(' ', ((string[])[note, isOptimum ? family.Caution(estimates, covariance) : ""]).Where(text => text.Length > 0));
        return new RenewalFit(
            specification, new RenewalProcess(train.Unit, distribution, specification.Start, family.ParameterCount), estimates, Certificate(family, distribution, result, remarks),
            Uniforms(distribution, sample))
        {
            Covariance = covariance,
            LogLikelihood = -result.Evaluation.Value,
            NullLogLikelihood = sample.EventCount * (Math.Log(rate) - 1),
            EventCount = sample.EventCount,
            IntervalCount = sample.Complete.Length,
            OpenIntervalCount = sample.Open.Length,
        };
    }

    private static NewtonResult Maximize(RenewalObjective objective, double[] start, RenewalFitOptions options, CancellationToken cancellationToken)
    {
        double[] point = start;
        for (int iterations = 0; ;)
        {
            NewtonSettings settings = new() { Tolerance = options.Tolerance, MaxIterations = options.MaxIterations - iterations };
            NewtonResult result = NewtonMethod.Minimize(objective, point, new bool[start.Length], settings, recessionNear: step => step, progress: null, cancellationToken);
            iterations += result.Iterations;

            // Slow convergence only raises the suspicion: the likelihood must rise on and on along the direction.
            if (result.Status != FitStatus.Separated || RisesForever(objective, result)) return result with { Iterations = iterations };
            point = result.Point;
        }
    }

    private static bool RisesForever(RenewalObjective objective, NewtonResult result)
    {
        double longest = result.Direction.Max(Math.Abs);
        double At(double length) => objective.Value([.. result.Point.Select((value, i) => value - (length / longest * result.Direction[i]))]);
        return At(FarAlong) <= result.Evaluation.Value && At(2 * FarAlong) <= At(FarAlong);
    }

    private static ParameterEstimate[] Estimates(IntervalFamily family, IntervalDistribution distribution, double[,] covariance) =>
    [
        .. distribution.Parameters.Select((parameter, i) =>
        {
            int estimate = family.EstimateOf(i);
            double value = parameter.Value, error = estimate >= 0 ? Math.Sqrt(covariance[estimate, estimate]) : double.NaN;
            if (!family.IsPositive(i)) return new ParameterEstimate(parameter.Name, parameter.SiUnit, value, error, value - (NormalQuantile * error), value + (NormalQuantile * error));
            double factor = Math.Exp(NormalQuantile * error / value);
            return new ParameterEstimate(parameter.Name, parameter.SiUnit, value, error, value / factor, value * factor);
        }),
    ];

    private static ParameterEstimate[] Profiled(IntervalFamily family, ParameterEstimate[] estimates, RidgeProfile profile) =>
    [
        .. estimates.Select((parameter, i) =>
        {
            if (family.EstimateOf(i) is not (>= 0 and var estimate)) return parameter;
            (double lower, double upper) = profile.Interval(estimate);
            return parameter with { Lower = lower, Upper = upper };
        }),
    ];

    private static double[] Uniforms(IntervalDistribution distribution, IntervalSample sample)
    {
        double[] uniforms = [.. sample.Complete.Select(time => 1 - distribution.Survivor(time))];
        Array.Sort(uniforms);
        return uniforms;
    }

    private static (int Estimate, bool ToZero) Runaway(IntervalFamily family, NewtonResult result)
    {
        int runaway = Array.IndexOf(result.Direction, result.Direction.MaxBy(Math.Abs));
        return (runaway, result.Direction[runaway] > 0 == family.IsPositive(runaway));
    }

    private static FitCertificate Certificate(IntervalFamily family, IntervalDistribution distribution, NewtonResult result, string remarks)
    {
        (int runaway, bool toZero) = Runaway(family, result);
        string RunawayName() => distribution.Parameters.Where((_, i) => family.EstimateOf(i) == runaway).Single().Name;
        string message = result.Status switch
        {
            FitStatus.Converged => string.Create(CultureInfo.InvariantCulture, $"The optimum was reached in {result.Iterations} iterations, to within {result.Decrement:E1} nats."),
            FitStatus.Separated => $"The likelihood rises as {RunawayName()} goes to {(toZero ? "zero" : "infinity")}: no finite estimate exists and the values shown are where the fit stopped. {family.LimitWords(runaway, toZero)}",
            FitStatus.RankDeficient => "The intervals cannot tell the parameters apart.",
            FitStatus.IterationLimit => string.Create(CultureInfo.InvariantCulture, $"The iteration limit was reached {result.Decrement:E1} nats from the optimum; the estimates are not the optimum."),
            _ => string.Create(CultureInfo.InvariantCulture, $"No step improved the likelihood although the optimum is {result.Decrement:E1} nats away; the estimates are not the optimum."),
        };
        return new FitCertificate(
            result.Status, remarks.Length == 0 ? message : $"{message} {remarks}", result.Iterations, result.Decrement, result.Evaluation.Gradient.Max(Math.Abs), result.Factor.Rank, family.ParameterCount);
    }
}
