using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Maximises the profile of the decays: from several starts, first on a part of the spikes, then on more and more.</summary>
/// <remarks>
/// The profile may have several maxima, where kernels of different length explain the data, so a grid of decays is tried first. That happens on a sample of
/// runs of spikes from all over the recording, because its beginning may be unlike the rest; a sample in which excitation gains next to nothing is not believed, and a
/// larger one is taken. Its maxima, if there are several, compete on the next sample. Newton's method runs on log β with the exact curvature; where the profile
/// is not concave, the curvature's absolute eigenvalues are used and the step is an ascent.
/// </remarks>
internal sealed class DecaySearch(MarkedEvents events, int decayCount, DecayProfile profile, HawkesFitOptions options)
{
    /// <summary>Runs of consecutive spikes, from all over a recording, that a sample of it consists of.</summary>
    public const int Runs = 4;

    // Enough spikes to find the right maxima of the profile; more only cost time.
    private const int FirstStage = 1 << 12;
    private const int StageRatio = 8;
    private const int GridPoints = 14;
    private const int Starts = 3;

    // Nats over a process without excitation: far more than decays that fit noise gain.
    private const double CredibleGain = 12;

    // A maximum that gains less than this part of what the best gains is not followed, if the best gains so many nats: several standard errors of the difference.
    private const double HopelessShare = 0.2;
    private const double DecisiveGain = 100;

    // Nats from the optimum that are good enough for a sample, and for a point of the grid.
    private const double SampleTolerance = 1e-6;
    private const double GridTolerance = 1e-3;

    // Maxima closer than this, in log β, are one.
    private const double Apart = 0.1;

    // Decays that the data can tell: a kernel longer than ten recordings is a baseline, one shorter than a tenth of the smallest interval reaches no spike.
    private const double Margin = 10;

    /// <summary>The smallest and largest log β that are tried.</summary>
    public (double Low, double High) Range { get; } = RangeOf(events);

    public ProfileAscentResult Run(IProgress<double>? progress)
    {
        List<int> sizes = [events.Count];
        while (sizes[^1] > FirstStage * 2) sizes.Add(Math.Max(FirstStage, sizes[^1] / StageRatio));
        sizes.Reverse();
        ProfileAscentResult[] found = [];
        for (int stage = 0; stage < sizes.Count; stage++)
        {
            bool isLast = stage == sizes.Count - 1;
            MarkedEvents sample = isLast ? events : events.Sample(sizes[stage], Runs);
            double tolerance = isLast ? options.Tolerance : Math.Max(SampleTolerance, options.Tolerance);
            ProfileAscentResult[] starts = found;
            found = starts.Length == 0
                ? Maxima(sample, tolerance)
                : Best(starts.Select(start => Climb(sample, start.Point, tolerance)), 1);
            if (starts.Length == 0 && !isLast && found[0].Point.LogLikelihood < profile.WithoutExcitation(sample) + CredibleGain) found = [];
            progress?.Report((stage + 1.0) / sizes.Count);
        }

        return found[0];
    }

    /// <summary>The smallest and largest log β that spikes can tell.</summary>
    public static (double Low, double High) RangeOf(MarkedEvents events)
    {
        double shortest = events.ShortestInterval();
        double longest = events.Observed.Max(interval => interval.Duration);
        return (Math.Log(1 / (Margin * longest)), Math.Log(Margin / Math.Min(shortest, longest)));
    }

    // The best maxima that climbs from the best points of a grid reach, the highest first.
    private ProfileAscentResult[] Maxima(MarkedEvents sample, double tolerance)
    {
        int points = Math.Max(GridPoints / decayCount, decayCount + 2);
        // The outermost decays are left to the climb: nobody starts where the kernel cannot be told from a baseline.
        double low = Range.Low + Math.Log(Margin * Margin), high = Math.Max(low + 1, Range.High - Math.Log(Margin));
        double[] grid = [.. Enumerable.Range(0, points).Select(i => low + ((high - low) * i / Math.Max(1, points - 1)))];
        double[][] combinations = [.. Combinations(grid, decayCount)];
        ProfilePoint[] tried = new ProfilePoint[combinations.Length];
        Parallel.For(0, tried.Length, profile.Threads, i => tried[i] = Evaluate(sample, Array.ConvertAll(combinations[i], Math.Exp), near: null, GridTolerance));
        IEnumerable<ProfilePoint> peaks = decayCount == 1
            ? tried.Where((point, i) => (i == 0 || point.LogLikelihood >= tried[i - 1].LogLikelihood) && (i == tried.Length - 1 || point.LogLikelihood >= tried[i + 1].LogLikelihood))
            : tried;
        double none = profile.WithoutExcitation(sample), most = tried.Max(point => point.LogLikelihood) - none;
        if (most >= DecisiveGain) peaks = peaks.Where(point => point.LogLikelihood - none >= HopelessShare * most);
        return Best(peaks.OrderByDescending(point => point.LogLikelihood).Take(Starts).Select(peak => Climb(sample, peak, tolerance)), Starts);
    }

    private static ProfileAscentResult[] Best(IEnumerable<ProfileAscentResult> climbs, int count)
    {
        List<ProfileAscentResult> best = [];
        foreach (ProfileAscentResult climb in climbs.OrderByDescending(climb => climb.Point.LogLikelihood))
        {
            bool isNew = best.TrueForAll(other => climb.Point.Decays.Zip(other.Point.Decays, (a, b) => Math.Abs(Math.Log(a / b))).Max() > Apart);
            if (isNew && best.Count < count) best.Add(climb);
        }

        return [.. best];
    }

    /// <summary>All choices of so many different points of a grid.</summary>
    public static IEnumerable<double[]> Combinations(double[] grid, int count)
    {
        if (count == 0) return [[]];
        return from i in Enumerable.Range(0, grid.Length) from rest in Combinations(grid[(i + 1)..], count - 1) select (double[])[grid[i], .. rest];
    }

    private ProfilePoint Evaluate(MarkedEvents stage, double[] decays, ProfilePoint? near, double tolerance) =>
        profile.Evaluate(stage, decays, withDerivatives: true, near, Math.Max(tolerance, options.Tolerance));

    private ProfileAscentResult Climb(MarkedEvents stage, ProfilePoint from, double tolerance) => new ProfileAscent(
        [.. from.Decays.Select(_ => Range.Low)], [.. from.Decays.Select(_ => Range.High)], tolerance, options.MaxIterations,
        (decays, near, targetTolerance) => Evaluate(stage, decays, near, targetTolerance)).Climb(from.Decays, from);
}
