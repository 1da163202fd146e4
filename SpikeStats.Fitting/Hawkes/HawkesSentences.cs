using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>What the certificates of all fits of Hawkes processes have to say in the same words.</summary>
internal static class HawkesSentences
{
    private const int Listed = 8;

    /// <summary>Names in a row; of many only the first.</summary>
    public static string List(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(Listed)) + (names.Count > Listed ? $" and {names.Count - Listed} more" : "");

    /// <summary>Parameters at their bound; nothing if there is none.</summary>
    public static IEnumerable<string> OfBounds(IReadOnlyCollection<string> names)
    {
        if (names.Count > 0)
            yield return $"{List(names)} {(names.Count == 1 ? "is at its bound" : "are at their bounds")} 0: the likelihood would rise further below. Standard errors of the others are given that.";
    }

    /// <summary>A spectral radius from 1 on; nothing below.</summary>
    /// <param name="radius">The spectral radius.</param>
    /// <param name="remedy">What else to fit.</param>
    public static IEnumerable<string> OfRadius(double radius, string remedy)
    {
        if (radius >= 1)
            yield return FormattableString.Invariant($"The branching matrix has spectral radius {radius:G4}, not below 1: such a process has no stationary law and its simulation runs away. Often the baseline of the data drifts; {remedy}.");
    }

    /// <summary>Units that have fewer spikes than parameters.</summary>
    public static IEnumerable<string> OfScarcity(IReadOnlyList<string> units, IReadOnlyList<int> spikeCounts, TargetEstimate[] targets)
    {
        string[] scarce = [.. units.Where((_, i) => spikeCounts[i] < targets[i].Result.Point.Length)];
        if (scarce.Length > 0)
            yield return $"Too few spikes: {List(scarce)} {(scarce.Length == 1 ? "has" : "have")} fewer than parameters, and standard errors mean little.";
    }

    /// <summary>How the maximisation ended; nothing where other sentences say it.</summary>
    public static IEnumerable<string> OfEnd(FitStatus status, int iterations, double decrement)
    {
        if (status == FitStatus.Converged) yield return FormattableString.Invariant($"The optimum was reached in {iterations} iterations, to within {decrement:E1} nats.");
        if (status == FitStatus.IterationLimit) yield return FormattableString.Invariant($"The iteration limit was reached {decrement:E1} nats from the optimum; the estimates are not the optimum.");
        if (status == FitStatus.StepFailed && double.IsFinite(decrement))
            yield return FormattableString.Invariant($"No step improved the likelihood although the optimum is {decrement:E1} nats away; the estimates are not the optimum.");
    }
}
