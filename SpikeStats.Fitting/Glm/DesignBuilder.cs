using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;

namespace SpikeStats.Fitting.Glm;

/// <summary>Makes the columns of terms on the bins of a recording.</summary>
/// <param name="specification">The specification.</param>
/// <param name="recording">The recording.</param>
/// <param name="grid">The bins.</param>
/// <param name="binsOf">Ascending bins of the spikes of a unit.</param>
internal sealed class DesignBuilder(GlmSpecification specification, Recording recording, BinGrid grid, Func<string, int[]> binsOf)
{
    // A penalty below this share of its trace leaves a direction free.
    private const double FreeShare = 1e-12;

    /// <summary>Lays out a term from a column on.</summary>
    public TermLayout Lay(GlmTerm term, int column) => term switch
    {
        StimulusTerm stimulus => Lay(term, stimulus.Basis, firstLag: 0, lags => new SignalColumns(column, ValuesOf(stimulus.Signal, interpolate: false), lags)),
        HistoryTerm history => Lay(term, history.Basis, firstLag: 1, lags => new SpikeColumns(column, binsOf(specification.Target), lags)),
        CouplingTerm coupling => Lay(term, coupling.Basis, firstLag: 1, lags => new SpikeColumns(column, binsOf(coupling.Source), lags)),
        CovariateTerm covariate => new TermLayout(
            term, new CovariateColumns(column, ValuesOf(covariate.Signal, interpolate: true), covariate.Powers), null, CoefficientGrid.Line(covariate.Powers.Count)),
        SmoothTerm smooth => Lay(smooth, column),
        NonlinearStimulusTerm nonlinear => Lay(nonlinear, column),
        _ => throw new ArgumentException($"A term of type {term.GetType().Name} cannot be fitted."),
    };

    private TermLayout Lay(GlmTerm term, Basis basis, int firstLag, Func<LagMatrix, ColumnGroup> columns)
    {
        LagMatrix lags = basis.Sample(specification.BinWidth, firstLag);
        return new TermLayout(term, columns(lags), lags, CoefficientGrid.Of(basis, specification.BinWidth, firstLag));
    }

    private TermLayout Lay(SmoothTerm term, int column)
    {
        double[][] signals = [.. term.Signals.Zip(term.Basis.Margins, (signal, margin) => SignalValues.InBins(recording.Signal(signal), margin, grid))];
        CoefficientGrid full = CoefficientGrid.Full([[.. term.Basis.Margins.Select(MarginOf)]]);
        CoefficientGrid kept = IsFree(term, full, term.Basis.ConstantCombination())
            ? full.Without(place => place == ReferenceOf(term.Basis, signals))
            : full;
        SmoothSurface surface = new(term.Signals, null, term.Basis, SmoothSurface.MeansOf(term.Basis, signals));
        return new TermLayout(term, new SmoothColumns(column, term.Basis, signals, kept.Kept), null, kept) { Surface = surface };
    }

    private TermLayout Lay(NonlinearStimulusTerm term, int column)
    {
        LagMatrix lags = term.Lags.Sample(specification.BinWidth, firstLag: 0);
        double[][] functions = NonlinearSignalFilter.FunctionsInBins(recording.Signal(term.Signal), term.Values, grid);
        int count = term.Values.FunctionCount;
        CoefficientGrid full = CoefficientGrid.Full([[new CoefficientMargin(lags.ColumnCount, IsCyclic: false), MarginOf(term.Values)]]);

        // The constant at one lag is enough to see whether the penalty leaves it free.
        double[]? constant = term.Values.ConstantCombination is { } own ? [.. Enumerable.Range(0, full.Count).Select(place => own[place % count])] : null;
        TensorProductBasis values = new(term.Values);
        bool isFree = IsFree(term, full, constant);
        int reference = isFree ? ReferenceOf(values, [SignalValues.InBins(recording.Signal(term.Signal), term.Values, grid)]) : -1;
        double[][] kept = [.. functions.Where((_, k) => k != reference)];
        SmoothSurface surface = new(["lag", term.Signal], lags, values, [.. functions.Select(own => own.Average())]);
        return new TermLayout(term, new NonlinearSignalColumns(column, kept, lags), null, full.Without(place => place % count == reference)) { Surface = surface };
    }

    private static CoefficientMargin MarginOf(ValueBasis basis) => new(basis.FunctionCount, basis.Functions is CyclicBSplineBasis);

    // The constant is determined by the baseline alone, unless the penalty prefers one of its combinations.
    private static bool IsFree(GlmTerm term, CoefficientGrid grid, double[]? constant)
    {
        if (constant is null || term.Penalty.IsSparse) return false;
        if (term.Penalty.Precision is not null) return false;
        double[,] penalty = PenaltyMatrix.Of(term.Penalty, grid);
        double cost = 0, scale = 0;
        for (int i = 0; i < constant.Length; i++)
        {
            scale += penalty[i, i] * constant[i] * constant[i];
            for (int j = 0; j < constant.Length; j++) cost += constant[i] * penalty[i, j] * constant[j];
        }

        return cost <= FreeShare * scale;
    }

    // The function that the most spikes see: one that no spike sees would make every rate infinite relative to itself.
    private int ReferenceOf(TensorProductBasis basis, double[][] signals)
    {
        double[] point = new double[signals.Length], values = new double[basis.FunctionCount], seen = new double[basis.FunctionCount];
        double[] constant = basis.ConstantCombination()!;
        foreach (int bin in binsOf(specification.Target))
        {
            for (int m = 0; m < point.Length; m++) point[m] = signals[m][bin];
            basis.Evaluate(point, values);
            for (int k = 0; k < values.Length; k++) seen[k] += Math.Abs(constant[k] * values[k]);
        }

        return Array.IndexOf(seen, seen.Max());
    }

    private double[] ValuesOf(string signal, bool interpolate) => SignalValues.InBins(recording.Signal(signal), grid, interpolate);
}
