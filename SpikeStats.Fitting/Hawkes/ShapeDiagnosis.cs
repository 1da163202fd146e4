using System.Globalization;
using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Says in words how a fit ended whose kernels have a shape that is estimated by <see cref="ProfileAscent"/>, or given.</summary>
/// <param name="parameters">All parameters.</param>
/// <param name="targets">The optimum of each target.</param>
/// <param name="ascent">Where the climb of the shape's profile ended; null if the shape is given.</param>
/// <param name="whatRanAway">What to say of shape parameter u at a limit.</param>
internal sealed class ShapeDiagnosis(
    IReadOnlyList<HawkesParameter> parameters, TargetEstimate[] targets, ProfileAscentResult? ascent, Func<int, Limit, string> whatRanAway)
{
    private const int Listed = 8;

    private readonly List<string> sentences = [];
    private FitStatus status = targets.Select(target => target.Result.Status).FirstOrDefault(end => end != FitStatus.Converged, FitStatus.Converged);

    /// <summary>The certificate.</summary>
    /// <param name="remarks">What else is to be said.</param>
    /// <param name="isResolved">Whether integrals of the rate agree with finer ones.</param>
    public FitCertificate Certify(IEnumerable<string> remarks, bool isResolved = true)
    {
        string[] atBound = [.. parameters.Where(parameter => parameter.IsAtBound).Select(parameter => parameter.Name)];
        string[] aliased = [.. parameters
            .Where(parameter => parameter is { IsAtBound: false, Kind: HawkesParameterKind.Baseline or HawkesParameterKind.Branching } && double.IsNaN(parameter.StandardError))
            .Select(parameter => parameter.Name)];
        int unidentified = JudgeShape() + aliased.Length;
        if (aliased.Length > 0) Worsen(FitStatus.RankDeficient, $"The data cannot tell {Names(aliased)} from other parameters; the values shown are one of many optima.");
        if (!isResolved) Worsen(FitStatus.IterationLimit, "The rate bends too sharply for its integral to be resolved. Give a larger softness.");
        if (atBound.Length > 0)
            sentences.Add($"{Names(atBound)} {(atBound.Length == 1 ? "is at its bound" : "are at their bounds")} 0: the likelihood would rise further below. Standard errors of the others are given that.");
        sentences.AddRange(remarks);
        double decrement = targets.Sum(target => target.Result.Decrement) + (ascent?.Decrement ?? 0);
        int iterations = targets.Max(target => target.Result.Iterations) + (ascent?.Iterations ?? 0);
        sentences.Add(status switch
        {
            FitStatus.Converged => string.Create(CultureInfo.InvariantCulture, $"The optimum was reached in {iterations} iterations, to within {decrement:E1} nats."),
            FitStatus.IterationLimit when isResolved => string.Create(CultureInfo.InvariantCulture, $"The iteration limit was reached {decrement:E1} nats from the optimum; the estimates are not the optimum."),
            FitStatus.StepFailed => string.Create(CultureInfo.InvariantCulture, $"No step improved the likelihood although the optimum is {decrement:E1} nats away; the estimates are not the optimum."),
            _ => "",
        });
        IEnumerable<double> slopes = targets.SelectMany(target => target.Result.Evaluation.Gradient.Where((_, i) => !target.Result.AtBound[i]))
            .Concat(ascent?.Point.Slope.Where((_, u) => ascent.Limits[u] == Limit.None) ?? []);
        int rank = parameters.Count - atBound.Length - unidentified;
        return new FitCertificate(
            status, string.Join(" ", sentences.Where(sentence => sentence.Length > 0)), iterations, decrement, slopes.Select(Math.Abs).DefaultIfEmpty(0).Max(), rank, parameters.Count);
    }

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
        Worsen(FitStatus.RankDeficient, "The data do not tell the parameters of the kernels' shape apart: the likelihood is flat along some change of them. Give the shape.");
        return 1;
    }

    private void Worsen(FitStatus to, string sentence)
    {
        if (status == FitStatus.Converged) status = to;
        sentences.Add(sentence);
    }

    private static string Names(string[] names) =>
        string.Join(", ", names.Take(Listed)) + (names.Length > Listed ? $" and {names.Length - Listed} more" : "");
}
