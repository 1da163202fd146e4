using System.Globalization;
using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Glm;

/// <summary>Says in words how a fit ended, naming the terms and lags concerned.</summary>
internal static class GlmDiagnosis
{
    // Columns whose share of a runaway direction is smaller than this, relative to the largest, are not named.
    private const double NamedShare = 0.1;

    public static (FitStatus Status, string Message) Of(GlmLayout layout, NewtonResult result, int[] runaway, int[] aliased)
    {
        List<string> sentences = [];
        FitStatus status = result.Status;
        if (status == FitStatus.Separated)
            sentences.Add($"The likelihood rises forever along {Names(layout, Largest(result.Direction))}: no finite estimate exists and the values shown are where the fit stopped. Penalise these terms, for example --penalty TERM=ridge:1, or drop them.");
        if (runaway.Length > 0)
        {
            status = status == FitStatus.Converged ? FitStatus.Separated : status;
            sentences.Add($"No spike ever follows {Names(layout, runaway)}: these coefficients are infinite (the unit is certainly silent there); all others are estimated in that limit. Merge windows or penalise the term for finite values.");
        }

        if (aliased.Length > 0)
        {
            status = status == FitStatus.Converged ? FitStatus.RankDeficient : status;
            sentences.Add($"The data cannot tell {Names(layout, aliased)} from the terms before it, or it is never active; it was left out (coefficient 0).");
        }

        sentences.Add(result.Status switch
        {
            FitStatus.IterationLimit => string.Create(CultureInfo.InvariantCulture, $"The iteration limit was reached {result.Decrement:E1} nats from the optimum; the estimates are not the optimum."),
            FitStatus.StepFailed => string.Create(CultureInfo.InvariantCulture, $"No step improved the likelihood although the optimum is {result.Decrement:E1} nats away; the estimates are not the optimum."),
            FitStatus.Converged => string.Create(CultureInfo.InvariantCulture, $"The optimum was reached in {result.Iterations} iterations, to within {result.Decrement:E1} nats."),
            _ => "",
        });
        if (layout.IsSparse)
        {
            int selected = result.Point.Zip(result.Held, (value, held) => !held && value != 0).Count(kept => kept);
            sentences.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The penalty left {selected} of {result.Point.Length} coefficients; the largest breach of the optimality conditions is {Breach(result):E1}. Standard errors and tests take the selection as given: they are not post-selection valid."));
        }

        return (status, string.Join(" ", sentences.Where(sentence => sentence.Length > 0)));
    }

    private static double Breach(NewtonResult result) =>
        result.Evaluation.Gradient.Zip(result.Held, (slope, held) => held ? 0 : Math.Abs(slope)).Max();

    private static int[] Largest(double[] direction)
    {
        double largest = direction.Max(Math.Abs);
        return [.. Enumerable.Range(0, direction.Length).Where(column => Math.Abs(direction[column]) >= NamedShare * largest)];
    }

    private static string Names(GlmLayout layout, IReadOnlyList<int> columns)
    {
        const int Listed = 8;
        string more = columns.Count > Listed ? $" and {columns.Count - Listed} more" : "";
        return string.Join(", ", columns.Take(Listed).Select(layout.ColumnName)) + more;
    }
}
