using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Fits a Hawkes process with inhibition and puts the result together.</summary>
/// <remarks>
/// Integrals are sums over points that do not move while the likelihood is maximised. When that is done they are compared with the adaptive quadrature of the
/// model; if they differ, the points are made denser and the maximisation goes on from where it was.
/// </remarks>
internal static class SoftplusHawkesFitter
{
    // Largest difference of the two integrals, in nats per spike, which a user never sees.
    private const double QuadratureError = 1e-9;
    private const int LargestParts = 32;

    // Enough spikes to find the right maximum of the profile; more only cost time.
    private const int FirstStage = 1 << 10;
    private const int GridPoints = 8;

    // A start need not be found to the last digit, in nats.
    private const double CoarseTolerance = 1e-4;
    private const int Starts = 2;

    // How far a decay may climb before the points, laid out for where it started, are laid out anew.
    private const double LargestClimb = 2;
    private const int MaxLayouts = 8;

    public static SoftplusHawkesFit Fit(
        SoftplusHawkesSpecification specification, MarkedEvents events, HawkesFitOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        HawkesKernel kernel = specification.Kernel;
        SoftplusLink link = new(specification.Softness);
        double[] decays = [.. kernel.Decays];
        if (kernel.IsFree)
        {
            decays = StartingDecays(events.Count > 2 * FirstStage ? events.Sample(FirstStage, DecaySearch.Runs) : events, kernel.ExponentialCount, link, options, cancellationToken);
            progress?.Report(0.3);
        }

        ProfileAscentResult? ascent = null;
        ProfilePoint? near = null;
        for (int parts = 1; ; parts *= 2)
        {
            (ProfilePoint point, ascent) = Maximize(events, decays, near, kernel.IsFree, parts, link, options, cancellationToken);
            (decays, near) = (point.Decays, point);
            SoftplusHawkesModel model = ModelOf(specification, point, kernel.IsFree ? decays.Length : 0);
            progress?.Report(1 - (0.5 / parts));
            double exact = Enumerable.Range(0, events.UnitCount).Sum(target => SoftplusCompensator.LogLikelihood(model, events, target));
            bool isSilent = point.Targets.Any(target => target.Result.Status == FitStatus.Separated);
            bool isResolved = isSilent || Math.Abs(exact - point.LogLikelihood) <= QuadratureError * events.Count;
            if (isResolved || parts == LargestParts) return Result(specification, model, point, ascent, exact, isResolved, events);
        }
    }

    // The optimum at given decays, or the maximum of their profile.
    private static (ProfilePoint Point, ProfileAscentResult? Ascent) Maximize(
        MarkedEvents events, double[] decays, ProfilePoint? near, bool isFree, int parts, SoftplusLink link, HawkesFitOptions options, CancellationToken cancellationToken)
    {
        (double low, double high) = DecaySearch.RangeOf(events);
        for (int layout = 1; ; layout++)
        {
            double reference = decays.Max();
            SoftplusProfile profile = new(events, QuadraturePanels.Of(events, reference, parts), link, options, cancellationToken);
            if (!isFree) return (profile.Evaluate(decays, withDerivatives: false, near, options.Tolerance), null);
            ProfileAscent climb = new(
                [.. decays.Select(_ => low)], [.. decays.Select(_ => high)], options.Tolerance, options.MaxIterations,
                (at, from, tolerance) => profile.Evaluate(at, withDerivatives: true, from, tolerance));
            ProfileAscentResult ascent = climb.Climb(decays, near);
            (decays, near) = (ascent.Point.Decays, ascent.Point);
            if (Math.Abs(Math.Log(decays.Max() / reference)) <= Math.Log(LargestClimb) || layout == MaxLayouts) return (ascent.Point, ascent);
        }
    }

    private static double[] StartingDecays(MarkedEvents events, int count, SoftplusLink link, HawkesFitOptions options, CancellationToken cancellationToken)
    {
        options = options with { Tolerance = Math.Max(options.Tolerance, CoarseTolerance) };
        (double low, double high) = DecaySearch.RangeOf(events);
        // The outermost decays are left to the climb: nobody starts where the kernel cannot be told from a baseline, or reaches no spike.
        double width = high - low;
        int points = Math.Max(GridPoints / count, count + 2);
        double[] grid = [.. Enumerable.Range(0, points).Select(i => low + (width * (0.25 + (0.6 * i / (points - 1)))))];
        List<ProfilePoint> tried = [];
        foreach (double[] logarithms in DecaySearch.Combinations(grid, count))
        {
            double[] decays = Array.ConvertAll(logarithms, Math.Exp);
            SoftplusProfile profile = new(events, QuadraturePanels.Of(events, decays.Max(), parts: 1), link, options, cancellationToken);
            tried.Add(profile.Evaluate(decays, withDerivatives: false, near: null, options.Tolerance));
        }

        return tried.OrderByDescending(point => point.LogLikelihood).Take(Starts)
            .Select(point => Maximize(events, point.Decays, point, isFree: true, parts: 1, link, options, cancellationToken).Point)
            .MaxBy(point => point.LogLikelihood)!.Decays;
    }

    private static SoftplusHawkesModel ModelOf(SoftplusHawkesSpecification specification, ProfilePoint point, int freeDecays)
    {
        int units = specification.Units.Count, decays = point.Decays.Length;
        double[,,] branching = new double[units, units, decays];
        double[][] variables = point.Variables;
        for (int i = 0; i < units; i++)
        {
            for (int c = 0; c < units * decays; c++) branching[i, c % units, c / units] = variables[i][c];
        }

        return new SoftplusHawkesModel(specification.Units, [.. variables.Select(target => target[^1])], point.Decays, branching, specification.Softness)
        {
            ParameterCount = units + branching.Length + freeDecays,
        };
    }

    private static SoftplusHawkesFit Result(
        SoftplusHawkesSpecification specification, SoftplusHawkesModel model, ProfilePoint point, ProfileAscentResult? ascent, double logLikelihood, bool isResolved,
        MarkedEvents events)
    {
        HawkesInference inference = new(point, ascent is { IsIdentified: true } ? HawkesInference.CovarianceOfDecays(point) : null);
        HawkesParameter[] parameters = [
            .. HawkesParameterList.OfTargets(specification.Units, point.Decays.Length, point.Targets, inference).Select(parameter => parameter with { MayBeNegative = true }),
            .. ascent is null ? [] : HawkesParameterList.OfDecays(point.Decays, inference)];
        FitCertificate certificate = new HawkesDiagnosis(parameters, point, ascent, WhatRanAway).Certify(Remarks(specification, point), isResolved);
        return new SoftplusHawkesFit(specification, model, parameters, certificate, inference)
        {
            LogLikelihood = logLikelihood,
            NullLogLikelihood = events.Counts.Sum(count => (count * Math.Log(count / events.Observed.Duration)) - count),
            SpikeCount = events.Count,
        };
    }

    private static IEnumerable<string> Remarks(SoftplusHawkesSpecification specification, ProfilePoint point)
    {
        string[] silent = [.. specification.Units.Where((_, i) => point.Targets[i].Result.Status == FitStatus.Separated)];
        if (silent.Length > 0)
            yield return $"Some spikes are always followed by silence of {string.Join(", ", silent)}: the inhibition is deeper than the data can tell. Give a slower decay.";
    }

    private static string WhatRanAway(int decay, Limit limit) => limit == Limit.Low
        ? FormattableString.Invariant($"Decay {decay + 1} runs to zero: the effect outlasts the recording and cannot be told from a drifting baseline. Give the decay, or fit shorter stretches.")
        : FormattableString.Invariant($"Decay {decay + 1} runs to infinity: the effect is over before the next spike. Give the decay.");
}
