using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;

namespace SpikeStats.Fitting.Glm;

/// <summary>A specification laid out on the bins of a recording.</summary>
internal sealed class GlmLayout
{
    private GlmLayout(GlmSpecification specification, GlmDesign design, IReadOnlyList<TermLayout> terms, IReadOnlyDictionary<int, long> counts)
    {
        Specification = specification;
        Design = design;
        Terms = terms;
        Counts = counts;
    }

    public GlmSpecification Specification { get; }

    public GlmDesign Design { get; }

    /// <summary>The terms with their columns; the baseline is the first.</summary>
    public IReadOnlyList<TermLayout> Terms { get; }

    /// <summary>How many bins hold how many spikes, as the observation model sees them.</summary>
    public IReadOnlyDictionary<int, long> Counts { get; }

    /// <summary>Whether a penalty sets coefficients to exactly zero.</summary>
    public bool IsSparse => Terms.Any(term => term.Term is { Penalty.IsSparse: true });

    public static GlmLayout Of(GlmSpecification specification, Recording recording, bool mayBeSilent = false)
    {
        HashSet<string> used = [specification.Target, .. specification.Terms.OfType<CouplingTerm>().Select(term => term.Source)];
        foreach (string unit in used) _ = recording.Units.IndexOf(unit);
        Recording kept = recording.Where(unit => used.Contains(unit.Id));
        BinGrid grid = new(kept.Observed, specification.BinWidth);
        SpikeCounts counts = SpikeCounts.FromRecording(kept, grid);
        int[] BinsOf(string unit) => counts.BinsOf(kept.Units.IndexOf(unit)).ToArray();

        List<TermLayout> terms = [new TermLayout(null, CovariateColumns.Intercept(), null, CoefficientGrid.Line(1))];
        DesignBuilder builder = new(specification, recording, grid, BinsOf);
        int column = 1;
        foreach (GlmTerm term in specification.Terms)
        {
            terms.Add(builder.Lay(term, column));
            column += terms[^1].Columns.ColumnCount;
        }

        GlmDesign design = new(grid, [.. terms.Select(term => term.Columns)], BinsOf(specification.Target), specification.Observation, specification.Edge);
        RequireRows(specification, design);
        GlmLayout layout = new(specification, design, terms, Histogram(design));
        if (!mayBeSilent) layout.RequireSpikes();
        return layout;
    }

    /// <summary>Throws if the target has no spike.</summary>
    /// <exception cref="InvalidRecordingException">It has none in the analysed bins.</exception>
    public void RequireSpikes()
    {
        if (!Design.TargetBins.IsEmpty) return;
        throw new InvalidRecordingException(
            "the unit has no spike in the analysed bins, so that nothing can be estimated",
            "choose another target, or observed intervals in which it fires", unit: Specification.Target);
    }

    /// <summary>The same columns as the explanation of another unit.</summary>
    /// <param name="specification">The specification of that unit, with terms on the same columns in the same order.</param>
    /// <param name="targetBins">Ascending bins of the spikes of that unit.</param>
    public GlmLayout For(GlmSpecification specification, int[] targetBins)
    {
        GlmDesign design = new(Design.Grid, Design.Groups, targetBins, specification.Observation, specification.Edge);
        TermLayout[] terms = [Terms[0], .. specification.Terms.Zip(Terms.Skip(1), (term, laid) => laid with { Term = term })];
        return new GlmLayout(specification, design, terms, Histogram(design));
    }

    /// <summary>The penalty matrix of all columns.</summary>
    public double[,] Penalty()
    {
        double[,] penalty = new double[Design.ColumnCount, Design.ColumnCount];
        foreach (TermLayout term in Terms.Where(term => term.Term is { Penalty.IsNone: false }))
        {
            int first = term.Columns.FirstColumn, count = term.Columns.ColumnCount;
            double[,] own = term.Penalty();
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < count; j++) penalty[first + i, first + j] = own[i, j];
            }
        }

        return penalty;
    }

    /// <summary>The part of the penalties that sets coefficients to zero.</summary>
    public Sparsity Sparsity()
    {
        double[] lasso = new double[Design.ColumnCount];
        List<SparsityGroup> groups = [];
        foreach (TermLayout term in Terms.Where(term => term.Term is { Penalty.IsSparse: true }))
        {
            Penalty penalty = term.Term!.Penalty;
            (int first, int count) = (term.Columns.FirstColumn, term.Columns.ColumnCount);
            lasso.AsSpan(first, count).Fill(penalty.Lasso);
            if (penalty.GroupLasso > 0) groups.Add(new SparsityGroup(first, count, penalty.GroupLasso * Math.Sqrt(count)));
        }

        return new Sparsity(lasso, groups);
    }

    /// <summary>Columns of unpenalised terms that separate the bins with spikes from the others on their own: their coefficient is ∓∞.</summary>
    public bool[] SeparatedColumns()
    {
        bool[] separated = new bool[Design.ColumnCount];

        // With a floor the rate cannot become zero, and no coefficient infinite.
        if (double.IsFinite(Design.Observation.Floor)) return separated;
        int[] eventBins = [.. Design.TargetBins.ToArray().Distinct()];
        foreach (TermLayout term in Terms.Where(term => term.Term is { Penalty.IsNone: true }))
            term.Columns.SeparatedColumns(eventBins, Design).CopyTo(separated, term.Columns.FirstColumn);
        return separated;
    }

    public string ColumnName(int column)
    {
        TermLayout term = Terms.Last(candidate => candidate.Columns.FirstColumn <= column);
        return term.ColumnName(column - term.Columns.FirstColumn, Specification.BinWidth);
    }

    /// <summary>The basis of a term on bins; null for a term without lags.</summary>
    public static LagMatrix? Sample(GlmTerm term, double binWidth) => term switch
    {
        StimulusTerm stimulus => stimulus.Basis.Sample(binWidth, firstLag: 0),
        HistoryTerm history => history.Basis.Sample(binWidth, firstLag: 1),
        NonlinearStimulusTerm stimulus => stimulus.Lags.Sample(binWidth, firstLag: 0),
        CouplingTerm coupling => coupling.Basis.Sample(binWidth, firstLag: 1),
        _ => null,
    };

    private static void RequireRows(GlmSpecification specification, GlmDesign design)
    {
        if (design.RowCount == 0)
        {
            throw new InvalidRecordingException(
                $"no bin has a full history: the filters reach back {design.DroppedBins} bins of {specification.BinWidth} s and no observed interval is longer",
                "use shorter filters, or --edge zero", unit: specification.Target);
        }
    }

    private static Dictionary<int, long> Histogram(GlmDesign design)
    {
        Dictionary<int, long> histogram = [];
        ReadOnlySpan<int> bins = design.TargetBins;
        long occupied = 0;
        for (int i = 0; i < bins.Length;)
        {
            int end = i + 1;
            while (end < bins.Length && bins[end] == bins[i]) end++;
            int count = design.Observation.Clip(end - i);
            histogram[count] = histogram.GetValueOrDefault(count) + 1;
            occupied++;
            i = end;
        }

        histogram[0] = design.RowCount - occupied;
        return histogram;
    }
}
