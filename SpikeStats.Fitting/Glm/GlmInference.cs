using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Glm;

namespace SpikeStats.Fitting.Glm;

/// <summary>From the optimum to the result: covariances, standard errors, filters, tests, scores and the certificate.</summary>
internal static class GlmInference
{
    public static GlmFit Report(GlmLayout layout, double[,] penalty, bool[] separated, NewtonResult result)
    {
        int size = layout.Design.ColumnCount;
        double[,] covariance = result.Factor.Inverse();
        bool[] identified = [.. Enumerable.Range(0, size).Select(column => !result.Factor.IsAliased[column])];

        // Without a penalty (H + P)⁻¹ H is the identity of what is identified.
        if (layout.Terms.All(term => term.Term is null or { Penalty.IsNone: true }))
            return Report(layout, penalty, separated, result, identified, covariance, covariance, result.Factor.Rank);
        double[,] information = Information(result.Factor, penalty, size);
        double[,] influence = Multiply(covariance, information);
        double edf = Enumerable.Range(0, size).Sum(i => influence[i, i]);
        return Report(layout, penalty, separated, result, identified, covariance, Multiply(influence, covariance), edf);
    }

    /// <summary>The result without standard errors, where the Hessian at the optimum is not known: NaN stands wherever it would enter.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="penalty">P.</param>
    /// <param name="result">The optimum; its factor is that of an approximate Hessian and tells the rank only.</param>
    /// <param name="unknown">A matrix of NaN, shared by all fits of a population.</param>
    public static GlmFit ReportWithoutErrors(GlmLayout layout, double[,] penalty, NewtonResult result, double[,] unknown)
    {
        int size = layout.Design.ColumnCount;
        double edf = layout.Terms.All(term => term.Term is null or { Penalty.IsNone: true }) ? result.Factor.Rank : double.NaN;
        return Report(layout, penalty, new bool[size], result, new bool[size], unknown, unknown, edf);
    }

    /// <summary>The result of a fit in which a constraint c(w) ≤ k is active: errors are those within the surface c(w) = k.</summary>
    /// <remarks>V = W - W a aᵀ W / (aᵀ W a), with W the inverse Hessian of the Lagrangian and a = ∇c; the sampling covariance is V H V.</remarks>
    /// <param name="layout">The layout.</param>
    /// <param name="penalty">P.</param>
    /// <param name="separated">Columns whose coefficient is infinite.</param>
    /// <param name="result">The optimum: factor and gradient of the Lagrangian, value of the objective without the constraint.</param>
    /// <param name="slope">a.</param>
    /// <param name="curvature">The Hessian of c times its multiplier, row after row.</param>
    /// <param name="note">What the certificate adds.</param>
    public static GlmFit ReportConstrained(
        GlmLayout layout, double[,] penalty, bool[] separated, NewtonResult result, double[] slope, double[] curvature, string note)
    {
        int size = layout.Design.ColumnCount;
        double[,] covariance = result.Factor.Inverse();
        double[] moved = result.Factor.Solve(slope);
        double length = Enumerable.Range(0, size).Sum(i => result.Factor.IsAliased[i] ? 0 : slope[i] * moved[i]);
        double[,] total = (double[,])penalty.Clone();
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                total[i, j] += curvature[(i * size) + j];
                covariance[i, j] -= moved[i] * moved[j] / length;
            }
        }

        for (int i = 0; i < size; i++) covariance[i, i] = Math.Max(0, covariance[i, i]);
        double[,] influence = Multiply(covariance, Information(result.Factor, total, size));
        bool[] identified = [.. Enumerable.Range(0, size).Select(column => !result.Factor.IsAliased[column])];
        double edf = Enumerable.Range(0, size).Sum(i => influence[i, i]);
        return Report(layout, penalty, separated, result, identified, covariance, Multiply(influence, covariance), edf, note);
    }

    private static GlmFit Report(
        GlmLayout layout, double[,] penalty, bool[] separated, NewtonResult result, bool[] hasError, double[,] covariance, double[,] frequentist, double edf,
        string note = "")
    {
        int size = layout.Design.ColumnCount;
        double[] coefficients = [.. Enumerable.Range(0, size).Select(column => separated[column] ? Limit(layout, column) : result.Point[column])];
        TermFit[] terms = [.. layout.Terms.Select(term => Describe(term, layout, coefficients, covariance, hasError))];
        return new GlmFit(layout.Specification, FittedGlm.Of(layout, terms, result.Factor.Rank), terms, Certify(layout, separated, result, note))
        {
            Covariance = covariance,
            FrequentistCovariance = frequentist,
            EffectiveDegreesOfFreedom = edf,
            LogLikelihood = LogLikelihood(layout, penalty, result),
            NullLogLikelihood = NullLogLikelihood(layout),
            SaturatedLogLikelihood = layout.Counts.Sum(pair => pair.Value * layout.Design.Observation.Saturated(pair.Key)),
            SpikeCount = (int)layout.Counts.Sum(pair => pair.Key * pair.Value),
            BinCount = layout.Design.RowCount,
        };
    }

    // H = (H + P) - P, with H + P taken from the factor because the last evaluation may have reused an older Hessian.
    private static double[,] Information(CholeskyFactor factor, double[,] penalty, int size)
    {
        double[,] information = new double[size, size];
        double[] penalised = factor.Product();
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                if (factor.IsAliased[i] || factor.IsAliased[j]) continue;
                information[i, j] = penalised[(i * size) + j] - penalty[i, j];
            }
        }

        return information;
    }

    private static TermFit Describe(TermLayout term, GlmLayout layout, double[] coefficients, double[,] covariance, bool[] identified)
    {
        int first = term.Columns.FirstColumn, count = term.Columns.ColumnCount;
        double binWidth = layout.Specification.BinWidth;
        double[] own = coefficients[first..(first + count)];
        double[] lags = term.Basis is null ? [] : [.. Enumerable.Range(term.Basis.FirstLag, term.Basis.RowCount).Select(lag => lag * binWidth)];
        return new TermFit
        {
            Name = term.Name,
            Kind = term.Term?.Kind ?? GlmFit.BaselineName,
            Basis = BasisOf(term.Term),
            Term = term.Term,
            Grid = term.Grid,
            Surface = term.Surface,
            CoefficientNames = [.. Enumerable.Range(0, count).Select(column => term.ColumnName(column, binWidth))],
            Coefficients = own,
            StandardErrors = [.. Enumerable.Range(first, count).Select(column => identified[column] ? Math.Sqrt(covariance[column, column]) : double.NaN)],
            Lags = lags,
            Filter = term.Basis?.Combine(own) ?? [],
            FilterStandardErrors = Band(term, covariance, identified),
            Wald = Wald(own, first, covariance, identified),
        };
    }

    private static string BasisOf(GlmTerm? term) => term switch
    {
        StimulusTerm stimulus => stimulus.Basis.Description,
        HistoryTerm history => history.Basis.Description,
        CouplingTerm coupling => coupling.Basis.Description,
        SmoothTerm smooth => smooth.Basis.Description,
        NonlinearStimulusTerm nonlinear => $"{nonlinear.Lags.Description} × {nonlinear.Values.Description}",
        _ => "",
    };

    private static double[] Band(TermLayout term, double[,] covariance, bool[] identified)
    {
        if (term.Basis is null) return [];
        int first = term.Columns.FirstColumn, count = term.Columns.ColumnCount;
        double[] band = new double[term.Basis.RowCount];
        for (int row = 0; row < band.Length; row++)
        {
            double variance = 0;
            for (int i = 0; i < count; i++)
            {
                double left = term.Basis[row, i];
                if (left == 0) continue;
                if (!identified[first + i]) variance = double.NaN;
                for (int j = 0; j < count; j++) variance += left * covariance[first + i, first + j] * term.Basis[row, j];
            }

            band[row] = Math.Sqrt(Math.Max(variance, 0));
        }

        return band;
    }

    private static WaldTest Wald(double[] coefficients, int first, double[,] covariance, bool[] identified)
    {
        int count = coefficients.Length;
        double[] block = new double[count * count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++) block[(i * count) + j] = covariance[first + i, first + j];
        }

        bool[] leftOut = [.. Enumerable.Range(first, count).Select(column => !identified[column])];
        CholeskyFactor factor = CholeskyFactor.Of(block, count, 1e-14, leftOut);
        double[] finite = [.. coefficients.Select((value, i) => leftOut[i] ? 0 : value)];
        double[] solution = factor.Solve(finite);
        return WaldTest.Of(finite.Zip(solution, (a, b) => a * b).Sum(), factor.Rank);
    }

    // A feature that is positive wherever it is active takes -∞, a negative one +∞: either way spikes become impossible there.
    private static double Limit(GlmLayout layout, int column)
    {
        TermLayout term = layout.Terms.Last(candidate => candidate.Columns.FirstColumn <= column);
        return term.Columns.IsNegative(column - term.Columns.FirstColumn, layout.Design) ? double.PositiveInfinity : double.NegativeInfinity;
    }

    private static double LogLikelihood(GlmLayout layout, double[,] penalty, NewtonResult result)
    {
        double penalised = 0;
        for (int i = 0; i < result.Point.Length; i++)
        {
            for (int j = 0; j < result.Point.Length; j++) penalised += 0.5 * result.Point[i] * penalty[i, j] * result.Point[j];
        }

        return penalised - result.Evaluation.Value + layout.Counts.Sum(pair => pair.Value * layout.Design.Observation.Constant(pair.Key));
    }

    private static double NullLogLikelihood(GlmLayout layout)
    {
        ObservationModel observation = layout.Design.Observation;
        double mean = layout.Counts.Sum(pair => (double)pair.Key * pair.Value) / layout.Design.RowCount;
        double predictor = observation.LinkOf(mean);

        // A count that never occurs may be impossible under the mean, and 0 · (-∞) is 0 here.
        return layout.Counts.Where(pair => pair.Value > 0).Sum(pair => pair.Value * (observation.LogLikelihood([predictor], [pair.Key]) + observation.Constant(pair.Key)));
    }

    private static FitCertificate Certify(GlmLayout layout, bool[] separated, NewtonResult result, string note)
    {
        int[] runaway = [.. Enumerable.Range(0, separated.Length).Where(column => separated[column])];
        int[] aliased = [.. Enumerable.Range(0, separated.Length).Where(column => result.Held[column] && !separated[column])];
        double gradient = Enumerable.Range(0, separated.Length).Where(column => !result.Held[column])
            .Select(column => Math.Abs(result.Evaluation.Gradient[column])).DefaultIfEmpty(0).Max();
        (FitStatus status, string message) = GlmDiagnosis.Of(layout, result, runaway, aliased);
        return new FitCertificate(status, note.Length == 0 ? message : $"{message} {note}", result.Iterations, result.Decrement, gradient, result.Factor.Rank, layout.Design.ColumnCount);
    }

    private static double[,] Multiply(double[,] left, double[,] right)
    {
        int size = left.GetLength(0);
        double[,] product = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            for (int k = 0; k < size; k++)
            {
                double factor = left[i, k];
                if (factor == 0) continue;
                for (int j = 0; j < size; j++) product[i, j] += factor * right[k, j];
            }
        }

        return product;
    }
}
