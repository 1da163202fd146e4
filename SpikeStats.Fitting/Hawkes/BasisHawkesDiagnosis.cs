using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Names the parameters of a <see cref="BasisHawkesFit"/> and says in words how it ended.</summary>
internal static class BasisHawkesDiagnosis
{
    /// <summary>The name of a weight, for example <c>w[a&lt;-b] 0.001..0.002 s</c>, or with its number from 1 if the basis has no windows.</summary>
    public static string NameOf(BasisHawkesSpecification specification, int target, int source, int function)
    {
        string place = specification.Basis is WindowBasis windows
            ? FormattableString.Invariant($"{windows.Edges[function]}..{windows.Edges[function + 1]} s")
            : FormattableString.Invariant($"{function + 1}");
        return $"w[{specification.Units[target]}<-{specification.Units[source]}] {place}";
    }

    public static FitCertificate Of(BasisHawkesSpecification specification, BasisHawkesModel model, LaggedEstimate[] targets)
    {
        FitStatus status = targets.Select(target => target.Result.Status).FirstOrDefault(end => end != FitStatus.Converged, FitStatus.Converged);
        string[] aliased = Names(specification, targets, (target, variable) => !target.Result.AtBound[variable] && !target.IsIdentified[variable]);
        string[] atBound = Names(specification, targets, (target, variable) => target.Result.AtBound[variable]);
        List<string> sentences = [];
        if (aliased.Length > 0)
        {
            if (status == FitStatus.Converged) status = FitStatus.RankDeficient;
            sentences.Add($"The data do not determine {HawkesSentences.List(aliased)}: never seen at such lags, or not to be told from other parameters. Use fewer functions or a penalty.");
        }

        sentences.AddRange(HawkesSentences.OfBounds(atBound));
        sentences.AddRange(HawkesSentences.OfRadius(model.SpectralRadius, "fit shorter stretches"));
        double decrement = targets.Sum(target => target.Result.Decrement);
        int iterations = targets.Max(target => target.Result.Iterations);
        sentences.AddRange(HawkesSentences.OfEnd(status, iterations, decrement));
        int parameters = targets.Sum(target => target.Result.Point.Length);
        return new FitCertificate(
            status, string.Join(" ", sentences), iterations, decrement, targets.Max(Slope), parameters - atBound.Length - aliased.Length, parameters);
    }

    private static string[] Names(BasisHawkesSpecification specification, LaggedEstimate[] targets, Func<LaggedEstimate, int, bool> isMeant)
    {
        int functions = specification.Basis.ColumnCount;
        List<string> names = [];
        for (int i = 0; i < targets.Length; i++)
        {
            int last = targets[i].Result.Point.Length - 1;
            for (int variable = 0; variable <= last; variable++)
            {
                if (!isMeant(targets[i], variable)) continue;
                names.Add(variable == last ? $"mu[{specification.Units[i]}]" : NameOf(specification, i, variable / functions, variable % functions));
            }
        }

        return [.. names];
    }

    // Largest slope that the bounds do not stop.
    private static double Slope(LaggedEstimate target) =>
        target.Result.Evaluation.Gradient.Where((_, i) => !target.Result.AtBound[i]).Select(Math.Abs).DefaultIfEmpty(0).Max();
}
