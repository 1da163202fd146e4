using System.Globalization;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Fitting.Renewal;

namespace SpikeStats.Fitting.Thresholds;

/// <summary>The steps of a fit: look for separation, profile the time constant, iterate from the best, and report.</summary>
internal static class RheobaseFitter
{
    private const double NormalQuantile = 1.959963984540054;
    private const double Reach = 50;
    private const int GridPoints = 160;

    public static RheobaseFit Fit(RheobaseSpecification specification, PulseResponse[] pulses, RheobaseFitOptions options, CancellationToken cancellationToken)
    {
        RheobaseObjective objective = new(pulses, specification.Noise);
        double lowest = Math.Log(pulses.Min(pulse => pulse.Duration) / Reach), highest = Math.Log(pulses.Max(pulse => pulse.Duration) * Reach);
        double[] grid = [.. Enumerable.Range(0, GridPoints).Select(i => lowest + ((highest - lowest) * i / (GridPoints - 1)))];
        if (Separation(objective, pulses, grid) is { } separated) return Report(specification, objective, pulses, Unfinished(FitStatus.Separated, separated));

        NewtonSettings settings = new() { Tolerance = options.Tolerance, MaxIterations = options.MaxIterations };
        NewtonResult[] profile = [.. grid.Select(logTimeConstant => NewtonMethod.Minimize(objective, [0, 0, logTimeConstant], [false, false, true], settings, null, null, cancellationToken))];
        int best = Array.IndexOf(profile, profile.MinBy(result => result.Evaluation.Value));
        if (Unidentified(pulses, profile, best) is { } reason) return Report(specification, objective, pulses, Unfinished(FitStatus.RankDeficient, reason));
        NewtonResult optimum = NewtonMethod.Minimize(objective, profile[best].Point, new bool[3], settings, null, null, cancellationToken);
        string message = optimum.Status switch
        {
            FitStatus.Converged => string.Create(CultureInfo.InvariantCulture, $"The optimum was reached in {optimum.Iterations} iterations from the best of {GridPoints} time constants, to within {optimum.Decrement:E1} nats."),
            FitStatus.RankDeficient => "The pulses cannot tell rheobase, time constant and spread apart.",
            _ => string.Create(CultureInfo.InvariantCulture, $"The iterations ended {optimum.Decrement:E1} nats from the optimum; the estimates are not the optimum."),
        };
        FitCertificate certificate = new(
            optimum.Status, message, optimum.Iterations, optimum.Decrement, optimum.Evaluation.Gradient.Max(Math.Abs), optimum.Factor.Rank, 3);
        return Report(specification, objective, pulses, certificate, optimum);
    }

    private static FitCertificate Unfinished(FitStatus status, string message) => new(status, message, 0, double.NaN, double.NaN, status == FitStatus.Separated ? 3 : 2, 3);

    // A threshold without error for some time constant: the likelihood then rises to 1 as the spread goes to zero.
    private static string? Separation(RheobaseObjective objective, PulseResponse[] pulses, double[] grid)
    {
        if (pulses.All(pulse => pulse.HasSpike)) return "Every pulse made a spike: the rheobase lies somewhere below. Add weaker pulses.";
        if (!pulses.Any(pulse => pulse.HasSpike)) return "No pulse made a spike: the rheobase lies somewhere above. Add stronger pulses.";
        double shortest = double.NaN, longest = double.NaN, least = double.PositiveInfinity, most = 0;
        foreach (double logTimeConstant in grid)
        {
            double none = pulses.Where(pulse => !pulse.HasSpike).Max(pulse => objective.Effect(pulse, logTimeConstant));
            double spike = pulses.Where(pulse => pulse.HasSpike).Min(pulse => objective.Effect(pulse, logTimeConstant));
            if (!(none <= spike)) continue;
            if (double.IsNaN(shortest)) shortest = Math.Exp(logTimeConstant);
            longest = Math.Exp(logTimeConstant);
            (least, most) = (Math.Min(least, none * objective.Unit), Math.Max(most, spike * objective.Unit));
        }

        return double.IsNaN(shortest) ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"A threshold without error explains all pulses, with a time constant between {shortest:G3} and {longest:G3} s and a rheobase between {least:G3} and {most:G3}: the likelihood rises as the spread goes to zero. Add pulses near the threshold, where the response varies.");
    }

    private static string? Unidentified(PulseResponse[] pulses, NewtonResult[] profile, int best)
    {
        if (pulses.All(pulse => pulse.Duration == pulses[0].Duration)) return "All pulses last equally long: rheobase and time constant cannot be told apart. Add pulses of other durations.";
        if (!(profile[best].Point[1] > 0)) return "Stronger pulses do not make spikes likelier: there is no threshold in these data.";
        if (best == 0) return "The likelihood is highest for a time constant that vanishes beside the shortest pulse: durations play no part in these data. Add shorter pulses.";
        return best == profile.Length - 1 ? "The likelihood is highest for a time constant far beyond the longest pulse: only the charge of a pulse counts in these data. Add longer pulses." : null;
    }

    private static RheobaseFit Report(RheobaseSpecification specification, RheobaseObjective objective, PulseResponse[] pulses, FitCertificate certificate, NewtonResult? optimum = null)
    {
        double spikes = pulses.Count(pulse => pulse.HasSpike), share = spikes / pulses.Length;
        double constant = (spikes == 0 ? 0 : spikes * Math.Log(share)) + (share == 1 ? 0 : (pulses.Length - spikes) * Math.Log(1 - share));
        double[,] covariance = new double[3, 3];
        double rheobase = double.NaN, timeConstant = double.NaN, spread = double.NaN;
        if (optimum is { Status: FitStatus.Converged })
        {
            (double alpha, double beta) = (optimum.Point[0], optimum.Point[1]);
            (rheobase, timeConstant, spread) = (objective.Unit * alpha / beta, Math.Exp(optimum.Point[2]), objective.Unit / beta);
            double[,] slopes = { { spread, -rheobase / beta, 0 }, { 0, 0, timeConstant }, { 0, -spread / beta, 0 } }, inner = optimum.Factor.Inverse();
            for (int i = 0; i < 9; i++)
            {
                for (int j = 0; j < 9; j++) covariance[i / 3, j / 3] += slopes[i / 3, i % 3] * inner[i % 3, j % 3] * slopes[j / 3, j % 3];
            }
        }
        else
        {
            for (int i = 0; i < 9; i++) covariance[i / 3, i % 3] = double.NaN;
        }

        return new RheobaseFit
        {
            Specification = specification,
            Rheobase = Estimate("rheobase", "unit of strength", rheobase, covariance[0, 0]),
            TimeConstant = Estimate("timeConstant", "s", timeConstant, covariance[1, 1]),
            Spread = Estimate("spread", "unit of strength", spread, covariance[2, 2]),
            Covariance = covariance,
            LogLikelihood = certificate.Status == FitStatus.Separated ? 0 : -optimum?.Evaluation.Value ?? double.NaN,
            NullLogLikelihood = constant,
            PulseCount = pulses.Length,
            Certificate = certificate,
        };
    }

    // The interval is symmetric for the logarithm of a positive estimate; a rheobase may come out negative.
    private static ParameterEstimate Estimate(string name, string unit, double value, double variance)
    {
        double error = Math.Sqrt(variance), factor = Math.Exp(NormalQuantile * error / value);
        return value > 0
            ? new ParameterEstimate(name, unit, value, error, value / factor, value * factor)
            : new ParameterEstimate(name, unit, value, error, value - (NormalQuantile * error), value + (NormalQuantile * error));
    }
}
