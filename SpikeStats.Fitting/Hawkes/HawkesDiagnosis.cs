using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Says in words how a fit ended whose kernels have a shape that is given, or estimated by <see cref="ProfileAscent"/>, naming the parameters concerned.</summary>
/// <param name="parameters">All parameters.</param>
/// <param name="point">The optimum.</param>
/// <param name="ascent">Where the climb of the shape's profile ended; null if the shape is given.</param>
/// <param name="whatRanAway">What to say of shape parameter u at a limit.</param>
internal sealed class HawkesDiagnosis(
    IReadOnlyList<HawkesParameter> parameters, ProfilePoint point, ProfileAscentResult? ascent, Func<int, Limit, string> whatRanAway)
{
    private readonly TargetEstimate[] targets = point.Targets;
    private readonly List<string> sentences = [];
    private FitStatus status = point.Targets.Select(target => target.Result.Status).FirstOrDefault(end => end != FitStatus.Converged, FitStatus.Converged);

    /// <summary>The certificate.</summary>
    /// <param name="remarks">What else is to be said.</param>
    /// <param name="isResolved">Whether integrals of the rate agree with finer ones.</param>
    public FitCertificate Certify(IEnumerable<string> remarks, bool isResolved = true)
    {
        string[] atBound = NamesOf(parameter => parameter.IsAtBound);
        string[] aliased = NamesOf(parameter => parameter is { IsAtBound: false, Kind: HawkesParameterKind.Baseline or HawkesParameterKind.Branching } && double.IsNaN(parameter.StandardError));
        int unidentified = JudgeShape() + aliased.Length;
        if (aliased.Length > 0) Worsen(FitStatus.RankDeficient, $"The data cannot tell {HawkesSentences.List(aliased)} from other parameters; the values shown are one of many optima.");
        if (!isResolved) Worsen(FitStatus.IterationLimit, "The rate bends too sharply for its integral to be resolved. Give a larger softness.");
        sentences.AddRange(HawkesSentences.OfBounds(atBound));
        if (point.Held is { } held) sentences.Add(OfLimit(held));
        sentences.AddRange(remarks);
        double decrement = targets.Sum(target => target.Result.Decrement) + (ascent?.Decrement ?? 0);
        int iterations = targets.Max(target => target.Result.Iterations) + (ascent?.Iterations ?? 0);
        if (isResolved) sentences.AddRange(HawkesSentences.OfEnd(status, iterations, decrement));
        IEnumerable<double> slopes = targets.SelectMany(target => target.Result.Evaluation.Gradient.Where((_, i) => !target.Result.AtBound[i]))
            .Concat(ascent?.Point.Slope.Where((_, u) => ascent.Limits[u] == Limit.None) ?? []);
        int rank = parameters.Count - atBound.Length - unidentified - (point.Held is null ? 0 : 1);
        return new FitCertificate(status, string.Join(" ", sentences), iterations, decrement, slopes.Select(Math.Abs).DefaultIfEmpty(0).Max(), rank, parameters.Count);
    }

    private static string OfLimit(StationaryOptimum held) => double.IsFinite(held.Results[0].Decrement)
        ? FormattableString.Invariant($"The spectral radius is held at its limit {held.Limit:G6}: the likelihood would rise by {held.Multiplier:G4} nats per unit beyond. Standard errors are given that.")
        : FormattableString.Invariant($"Groups of units without effects on each other reach the limit {held.Limit:G6} of the spectral radius at once, where it has no derivative. Fit the groups apart.");

    // The number of parameters of the shape that are not identified.
    private int JudgeShape()
    {
        if (ascent is null) return 0;
        if (parameters.All(parameter => parameter.Kind != HawkesParameterKind.Branching || parameter.Estimate == 0))
        {
            status = FitStatus.RankDeficient;
            sentences.Add("No excitation was found: the likelihood is largest with every branching ratio at 0, where the shape of the kernels means nothing.");
            return ascent.Limits.Length;
        }

        int[] away = [.. Enumerable.Range(0, ascent.Limits.Length).Where(u => ascent.Limits[u] != Limit.None)];
        if (away.Length > 0) status = FitStatus.Separated;
        else if (status == FitStatus.Converged) status = ascent.Status;
        sentences.AddRange(away.Select(u => whatRanAway(u, ascent.Limits[u])));
        if (away.Length > 0 || ascent.IsConcave) return away.Length;
        string[] shape = NamesOf(parameter => parameter.Kind is HawkesParameterKind.Decay or HawkesParameterKind.TimeScale or HawkesParameterKind.Exponent);
        Worsen(FitStatus.RankDeficient, $"The data do not tell {HawkesSentences.List(shape)}{(shape.Length > 1 ? " apart" : "")}: the likelihood is flat along some change. Use a kernel with fewer parameters, or give it.");
        return 1;
    }

    private void Worsen(FitStatus to, string sentence)
    {
        if (status == FitStatus.Converged) status = to;
        sentences.Add(sentence);
    }

    private string[] NamesOf(Func<HawkesParameter, bool> isMeant) => [.. parameters.Where(isMeant).Select(parameter => parameter.Name)];
}
