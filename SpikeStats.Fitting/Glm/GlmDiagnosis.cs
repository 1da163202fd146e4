using System.Globalization;
using SpikeStats.Fitting.Optimization;

namespace SpikeStats.Fitting.Glm;

/// <summary>Says in words how a fit ended, naming the terms and lags concerned.</summary>
internal static class GlmDiagnosis
{
    // Columns whose share of a runaway direction is smaller than this, relative to the largest, are not named.
    private const double NamedShare = 0.1;

    // Nats per unit of a coefficient: a feature that is never active has slope 0.
    private const double SlopeOfNothing = 1e-9;

    public static (FitStatus Status, string Message) Of(GlmLayout layout, NewtonResult result, int[] runaway, int[] aliased)
    {
        List<string> sentences = [];
        FitStatus status = result.Status;
        if (status == FitStatus.Separated)
            sentences.Add($"The likelihood rises forever along {Names(layout, Largest(result.Direction))}: no finite estimate exists and the values shown are where the fit stopped. Penalise these terms, for example --penalty TERM=ridge:1, or drop them.");
        if (runaway.Length > 0)
        {
            status = status == FitStatus.Converged ? FitStatus.Separated : status;
            sentences.Add($"No spike ever occurs where {Names(layout, runaway)} acts: these coefficients are infinite (the unit is certainly silent there); all others are estimated in that limit. Merge windows or penalise the term for finite values.");
        }

        // With a floor a feature without spikes has no curvature, but a slope down to the floor.
        int[] sloping = double.IsFinite(layout.Design.Observation.Floor) ? [.. aliased.Where(column => Math.Abs(result.Evaluation.Gradient[column]) > SlopeOfNothing)] : [];
        if (sloping.Length > 0)
        {
            status = FitStatus.Separated;
            sentences.Add($"No spike occurs where {Names(layout, sloping)} acts: the likelihood rises until the rate there meets the floor, and nothing more is known of the coefficient, which was left at 0. Drop the term, or use the log link.");
            aliased = [.. aliased.Except(sloping)];
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
        if (double.IsFinite(layout.Design.Observation.Floor)) status = AddClipped(layout, result, status, sentences);
        int spikes = layout.Design.TargetBins.Length;
        if (spikes < layout.Design.ColumnCount && layout.Terms.Any(term => term.Term is { Penalty.IsNone: true }))
            sentences.Add($"There are only {spikes} spikes for {layout.Design.ColumnCount} coefficients: use fewer functions, penalise the terms, or record for longer.");
        if (layout.IsSparse)
        {
            int selected = result.Point.Zip(result.Held, (value, held) => !held && value != 0).Count(kept => kept);
            sentences.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"The penalty left {selected} of {result.Point.Length} coefficients; the largest breach of the optimality conditions is {Breach(result):E1}. Standard errors and tests take the selection as given: they are not post-selection valid."));
        }

        return (status, string.Join(" ", sentences.Where(sentence => sentence.Length > 0)));
    }

    private static FitStatus AddClipped(GlmLayout layout, NewtonResult result, FitStatus status, List<string> sentences)
    {
        (long clipped, long withSpikes) = (0, 0);
        double floor = layout.Design.Observation.Floor;
        new GlmObjective(layout.Design, new double[result.Point.Length, result.Point.Length], [], threadCount: 1).ForEachBlock(result.Point, (predictor, counts) =>
        {
            for (int row = 0; row < predictor.Length; row++)
            {
                if (predictor[row] > floor) continue;
                clipped++;
                if (counts[row] > 0) withSpikes++;
            }
        });
        if (clipped == 0) return status;
        sentences.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"The rate is clipped at its floor in {clipped} of {layout.Design.RowCount} bins, {withSpikes} of them with a spike: standard errors take the clipped bins as given, and a step that fails may mean that the optimum lies on the edge of some. Softplus is the smooth alternative."));
        if (withSpikes > 0) sentences.Add("In a clipped bin with a spike the likelihood is not concave: another optimum may be higher.");
        return withSpikes > 0 && status == FitStatus.Converged ? FitStatus.LocalOptimum : status;
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
