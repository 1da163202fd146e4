using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Fits a Hawkes process with power-law kernels and puts the result together.</summary>
/// <remarks>
/// The profile over time scale and exponent may have several maxima, so a grid of both is tried first, with many spikes on a sample of some thousand from all over the recording.
/// </remarks>
internal static class PowerLawFitter
{
    // Enough spikes to find the right maximum of the profile; more only cost time.
    private const int FirstStage = 1 << 12;
    private const int TimeScales = 6;
    private const int Starts = 2;

    // Nats from the optimum that are good enough for a point of the grid.
    private const double GridTolerance = 1e-3;

    // Below, the integral needs more lags than a recording has; above, the kernel is an exponential to the eye.
    private const double LeastExponent = 0.05, LargestExponent = 5;

    private static readonly double[] startingExponents = [0.3, 1.5];

    public static HawkesFit Fit(
        HawkesSpecification specification, MarkedEvents events, HawkesFitOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        double horizon = events.Observed.Max(interval => interval.Duration);
        DecayGrid grid;
        ProfileAscentResult? ascent = null;
        ProfilePoint point;
        if (specification.Kernel.GivenPowerLaw is { } given)
        {
            grid = DecayGrid.For(given, given, horizon, specification.Kernel.Accuracy);
            point = new PowerLawProfile(events, grid, options, cancellationToken).Evaluate([given.TimeScale, given.Exponent], withDerivatives: false, near: null, options.Tolerance);
        }
        else
        {
            PowerLawKernel smallest = new(Math.Exp(-DecaySearch.RangeOf(events).High), LeastExponent), largest = new(horizon, LargestExponent);
            grid = DecayGrid.For(smallest, largest, horizon, specification.Kernel.Accuracy);
            ascent = Search(events, grid, smallest, largest, options, progress, cancellationToken);
            point = ascent.Point;
        }

        progress?.Report(1);
        PowerLawMixture mixture = new(new PowerLawKernel(point.Decays[0], point.Decays[1]), grid, horizon);
        HawkesModel model = ModelOf(specification, point, mixture, ascent is null ? 0 : 2);
        HawkesInference inference = new(point, ascent is { IsIdentified: true } ? HawkesInference.CovarianceOfDecays(point) : null);
        HawkesParameter[] parameters = [.. HawkesParameterList.OfTargets(specification.Units, 1, point.Targets, inference), .. ascent is null ? [] : Shape(point, inference)];
        FitCertificate certificate = new HawkesDiagnosis(parameters, point, ascent, WhatRanAway).Certify([
            .. HawkesSentences.OfScarcity(specification.Units, events.Counts, point.Targets), .. HawkesSentences.OfRadius(model.SpectralRadius, "fit shorter stretches")]);
        return new HawkesFit(specification, model, parameters, certificate, inference)
        {
            LogLikelihood = point.LogLikelihood,
            NullLogLikelihood = events.Counts.Sum(count => (count * Math.Log(count / events.Observed.Duration)) - count),
            SpikeCount = events.Count,
            PowerLaw = mixture,
        };
    }

    private static ProfileAscentResult Search(
        MarkedEvents events, DecayGrid grid, PowerLawKernel smallest, PowerLawKernel largest, HawkesFitOptions options, IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        PowerLawProfile profile = new(events.Count > 2 * FirstStage ? events.Sample(FirstStage, DecaySearch.Runs) : events, grid, options, cancellationToken);
        double[] low = [Math.Log(smallest.TimeScale), Math.Log(LeastExponent)], high = [Math.Log(largest.TimeScale), Math.Log(LargestExponent)];
        ProfileAscentResult Climb(PowerLawProfile stage, ProfilePoint from) => new ProfileAscent(
            low, high, options.Tolerance, options.MaxIterations, (shape, near, tolerance) => stage.Evaluate(shape, withDerivatives: true, near, tolerance)).Climb(from.Decays, from);

        List<ProfilePoint> tried = [];
        foreach (double exponent in startingExponents)
        {
            for (int i = 1; i <= TimeScales; i++)
                tried.Add(profile.Evaluate([Math.Exp(low[0] + ((high[0] - low[0]) * i / (TimeScales + 1))), exponent], withDerivatives: false, near: null, GridTolerance));
        }

        progress?.Report(0.3);
        ProfileAscentResult best = tried.OrderByDescending(point => point.LogLikelihood).Take(Starts)
            .Select(point => Climb(profile, point)).MaxBy(result => result.Point.LogLikelihood)!;
        progress?.Report(0.6);
        if (events.Count <= 2 * FirstStage) return best;
        return Climb(new PowerLawProfile(events, grid, options, cancellationToken), best.Point);
    }

    private static HawkesModel ModelOf(HawkesSpecification specification, ProfilePoint point, PowerLawMixture mixture, int shapeParameters)
    {
        int units = specification.Units.Count;
        double[,] branching = new double[units, units];
        double[][] variables = point.Variables;
        for (int i = 0; i < units; i++)
        {
            for (int j = 0; j < units; j++) branching[i, j] = variables[i][j];
        }

        return mixture.ToModel(specification.Units, [.. variables.Select(target => target[^1])], branching, shapeParameters);
    }

    private static HawkesParameter[] Shape(ProfilePoint point, HawkesInference inference) => [
        new("c", HawkesParameterKind.TimeScale, "", "", point.Decays[0], inference.ErrorOfDecay(0), IsAtBound: false),
        new("theta", HawkesParameterKind.Exponent, "", "", point.Decays[1], inference.ErrorOfDecay(1), IsAtBound: false)];

    private static string WhatRanAway(int parameter, Limit limit) => (parameter, limit) switch
    {
        (0, Limit.Low) => "The time scale c runs to zero: at every interval between spikes the kernel is a pure power of the lag. Give c, or look for duplicated spikes.",
        (0, _) => "The time scale c outlasts the recording: the excitation cannot be told from a drifting baseline. Give the kernel, or fit shorter stretches.",
        (_, Limit.Low) => FormattableString.Invariant($"The exponent runs below {LeastExponent}: the excitation outlasts the recording, and the branching ratios mean lags that were never seen. Give the exponent."),
        _ => FormattableString.Invariant($"The exponent runs above {LargestExponent}: the tail is no heavier than that of an exponential. Fit exponentials, or give the exponent."),
    };
}
