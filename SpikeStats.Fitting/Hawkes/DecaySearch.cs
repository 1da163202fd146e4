using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Maximises the profile of the decays: from several starts, first on a part of the spikes, then on more and more.</summary>
/// <remarks>
/// The profile may have several maxima, where kernels of different length explain the data, so a grid of decays is tried first. Newton's method runs
/// on log β with the exact curvature; where the profile is not concave, the curvature's absolute eigenvalues are used and the step is an ascent.
/// </remarks>
internal sealed class DecaySearch(MarkedEvents events, int decayCount, HawkesFitOptions options, CancellationToken cancellationToken)
{
    // Enough spikes to find the right maximum of the profile; more only cost time.
    private const int FirstStage = 1 << 12;
    private const int StageRatio = 8;
    private const int GridPoints = 14;
    private const int Starts = 3;
    private const double LargestStep = 1;

    // Decays that the data can tell: a kernel longer than ten recordings is a baseline, one shorter than a tenth of the smallest interval reaches no spike.
    private const double Margin = 10;

    private readonly NewtonSettings settings = new() { Tolerance = options.Tolerance, MaxIterations = options.MaxIterations };

    /// <summary>The smallest and largest log β that are tried.</summary>
    public (double Low, double High) Range { get; } = RangeOf(events);

    public DecaySearchResult Run(IProgress<double>? progress)
    {
        List<MarkedEvents> stages = [events];
        while (stages[^1].Count > FirstStage * 2) stages.Add(events.Head(Math.Max(FirstStage, stages[^1].Count / StageRatio)));
        stages.Reverse();
        DecaySearchResult best = FromGrid(stages[0]);
        progress?.Report(0.5 / stages.Count);
        for (int stage = 1; stage < stages.Count; stage++)
        {
            best = Climb(stages[stage], best.Point.Decays, [.. best.Point.Targets.Select(target => target.Result.Point)]);
            progress?.Report((stage + 1.0) / stages.Count);
        }

        return best;
    }

    /// <summary>The smallest and largest log β that spikes can tell.</summary>
    public static (double Low, double High) RangeOf(MarkedEvents events)
    {
        double shortest = double.PositiveInfinity;
        for (int s = 0; s + 1 < events.StretchStarts.Length; s++)
        {
            for (int k = events.StretchStarts[s] + 1; k < events.StretchStarts[s + 1]; k++)
            {
                double interval = events.Times[k] - events.Times[k - 1];
                if (interval > 0 && interval < shortest) shortest = interval;
            }
        }

        double longest = events.Observed.Max(interval => interval.Duration);
        return (Math.Log(1 / (Margin * longest)), Math.Log(Margin / Math.Min(shortest, longest)));
    }

    private DecaySearchResult FromGrid(MarkedEvents stage)
    {
        int points = Math.Max(GridPoints / decayCount, decayCount + 2);
        // The outermost decays are left to the climb: nobody starts where the kernel cannot be told from a baseline.
        double low = Range.Low + Math.Log(Margin * Margin), high = Math.Max(low + 1, Range.High - Math.Log(Margin));
        double[] grid = [.. Enumerable.Range(0, points).Select(i => low + ((high - low) * i / Math.Max(1, points - 1)))];
        List<ProfilePoint> tried = [];
        foreach (double[] start in Combinations(grid, decayCount)) tried.Add(Evaluate(stage, start, null));
        IEnumerable<ProfilePoint> peaks = decayCount == 1
            ? tried.Where((point, i) => (i == 0 || point.LogLikelihood >= tried[i - 1].LogLikelihood) && (i == tried.Count - 1 || point.LogLikelihood >= tried[i + 1].LogLikelihood))
            : tried;
        DecaySearchResult? best = null;
        foreach (ProfilePoint peak in peaks.OrderByDescending(point => point.LogLikelihood).Take(Starts))
        {
            DecaySearchResult climbed = Climb(stage, peak.Decays, [.. peak.Targets.Select(target => target.Result.Point)]);
            if (best is null || climbed.Point.LogLikelihood > best.Point.LogLikelihood) best = climbed;
        }

        return best!;
    }

    /// <summary>All choices of so many different points of a grid.</summary>
    public static IEnumerable<double[]> Combinations(double[] grid, int count)
    {
        if (count == 0) return [[]];
        return from i in Enumerable.Range(0, grid.Length) from rest in Combinations(grid[(i + 1)..], count - 1) select (double[])[grid[i], .. rest];
    }

    private ProfilePoint Evaluate(MarkedEvents stage, double[] logDecays, double[][]? starts) => DecayProfile.Evaluate(
        stage, Array.ConvertAll(logDecays, Math.Exp), withDerivatives: true, starts, settings, options.Threads, targetDone: null, cancellationToken);

    private DecaySearchResult Climb(MarkedEvents stage, double[] decays, double[][] starts)
    {
        double[] at = Array.ConvertAll(decays, Math.Log);
        ProfilePoint point = Evaluate(stage, at, starts);
        for (int iteration = 0; ; iteration++)
        {
            double[] step = Step(point, out double decrement, out bool concave);
            bool[] atLimit = [.. at.Select((value, u) => (value <= Range.Low && step[u] < 0) || (value >= Range.High && step[u] > 0))];
            DecaySearchResult Result(FitStatus status) => new(status, point, iteration, decrement, concave, atLimit, Math.Exp(0.5 * (Range.Low + Range.High)));
            if (Array.TrueForAll(atLimit, limit => limit)) return Result(FitStatus.Separated);
            if (decrement <= options.Tolerance) return Result(FitStatus.Converged);
            if (iteration == options.MaxIterations) return Result(FitStatus.IterationLimit);
            if (Search(stage, ref at, ref point, step, decrement)) continue;
            return Result(decrement <= options.Tolerance * 1e6 ? FitStatus.Converged : atLimit.Contains(true) ? FitStatus.Separated : FitStatus.StepFailed);
        }
    }

    private bool Search(MarkedEvents stage, ref double[] at, ref ProfilePoint point, double[] step, double decrement)
    {
        // Differences of the likelihood below its rounding error say nothing.
        double rounding = 1e-12 * Math.Abs(point.LogLikelihood);
        double scale = Math.Min(1, LargestStep / step.Max(Math.Abs));
        for (int halving = 0; halving < 20; halving++, scale /= 2)
        {
            double[] trial = [.. at.Select((value, u) => Math.Clamp(value + (scale * step[u]), Range.Low, Range.High))];
            double[] trialDecays = Array.ConvertAll(trial, Math.Exp);
            if (trialDecays.Distinct().Count() < trialDecays.Length) continue;
            ProfilePoint next = Evaluate(stage, trial, point.Predict(trialDecays));
            if (!(next.LogLikelihood >= point.LogLikelihood + (1e-4 * scale * 2 * decrement) - rounding)) continue;
            (at, point) = (trial, next);
            return true;
        }

        return false;
    }

    // Newton's step in log β: d/d log β = β d/dβ.
    private static double[] Step(ProfilePoint point, out double decrement, out bool concave)
    {
        int count = point.Decays.Length;
        Matrix<double> curvature = Matrix<double>.Build.Dense(count, count, (u, v) =>
            (-point.Decays[u] * point.Decays[v] * 0.5 * (point.Curvature[u, v] + point.Curvature[v, u])) - (u == v ? point.Decays[u] * point.Slope[u] : 0));
        Vector<double> slope = Vector<double>.Build.Dense(count, u => point.Decays[u] * point.Slope[u]);
        Evd<double> eigen = curvature.Evd(Symmetricity.Symmetric);
        double largest = eigen.EigenValues.Max(value => Math.Abs(value.Real));
        concave = largest > 0 && eigen.EigenValues.All(value => value.Real > 1e-10 * largest);
        Vector<double> step = Vector<double>.Build.Dense(count);
        for (int e = 0; e < count && largest > 0; e++)
        {
            Vector<double> direction = eigen.EigenVectors.Column(e);
            step += direction * (direction.DotProduct(slope) / Math.Max(Math.Abs(eigen.EigenValues[e].Real), 1e-10 * largest));
        }

        decrement = 0.5 * step.DotProduct(slope);
        return step.ToArray();
    }
}
