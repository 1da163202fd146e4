using SpikeStats.Models.Glm;

namespace SpikeStats.Fitting.Glm;

/// <summary>Which point-process generalised linear model to fit to which unit.</summary>
/// <remarks>
/// log λ_t = b + Σ terms, on bins of <see cref="BinWidth"/>; the offset log(BinWidth) makes every coefficient one of a rate in hertz.
/// <para><b>Source:</b> Truccolo, Eden, Fellows, Donoghue and Brown, J Neurophysiol 93:1074 (2005).</para>
/// </remarks>
public sealed record GlmSpecification
{
    /// <summary>Identifier of the unit to explain.</summary>
    public required string Target { get; init; }

    /// <summary>Width of a bin, in seconds.</summary>
    /// <value>1 ms by default.</value>
    public double BinWidth { get; init; } = 0.001;

    /// <summary>Law of the counts.</summary>
    /// <value><see cref="ObservationModel.Poisson"/> by default.</value>
    public ObservationModel Observation { get; init; } = ObservationModel.Poisson;

    /// <summary>The terms besides the baseline.</summary>
    /// <value>None by default: a constant rate.</value>
    public IReadOnlyList<GlmTerm> Terms { get; init; } = [];

    /// <summary>What to do with bins whose history was not observed.</summary>
    /// <value><see cref="EdgePolicy.Drop"/> by default.</value>
    public EdgePolicy Edge { get; init; } = EdgePolicy.Drop;

    /// <summary>Maximises the (penalised) likelihood.</summary>
    /// <remarks>
    /// Exact Newton iterations on the true objective, started from a fit to a part of the data when there are many. The design matrix is
    /// generated in blocks and never stored: memory O(p² + block), cost O(bins · p²) per iteration for p coefficients.
    /// </remarks>
    /// <param name="recording">The recording.</param>
    /// <param name="options">Tolerances and threads.</param>
    /// <param name="progress">Told the fraction done, 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <returns>The fit; its <see cref="GlmFit.Certificate"/> says whether the optimum was reached.</returns>
    /// <exception cref="UnknownUnitException">The target or a source is not in the recording.</exception>
    /// <exception cref="ArgumentException">The specification is inconsistent, or a signal is missing.</exception>
    /// <exception cref="InvalidRecordingException">No bin has a full history, the target has no spike, or a signal does not cover the bins.</exception>
    public GlmFit Fit(
        Recording recording, GlmFitOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        Validate();
        options ??= new GlmFitOptions();
        return Observation is NegativeBinomialObservation { IsShapeEstimated: true } law
            ? ShapeSearch.Fit(this, law, recording, options, progress, cancellationToken)
            : GlmFitter.Fit(this, recording, options, progress, cancellationToken);
    }

    internal void Validate()
    {
        if (!(BinWidth > 0) || !double.IsFinite(BinWidth)) throw new ArgumentException($"The bin width must be positive, not {BinWidth} s.");
        HashSet<string> names = new(StringComparer.Ordinal) { GlmFit.BaselineName };
        foreach (GlmTerm term in Terms)
        {
            if (!names.Add(term.Name)) throw new ArgumentException($"Two terms are called '{term.Name}'; give one of them another Name.");
            if (term is CouplingTerm coupling && string.Equals(coupling.Source, Target, StringComparison.Ordinal))
                throw new ArgumentException($"Unit '{Target}' cannot couple to itself; its own past is a {nameof(HistoryTerm)}.");
            if (term.Penalty is { Lasso: > 0, GroupLasso: > 0 })
                throw new ArgumentException($"Term '{term.Name}' takes a lasso or a group lasso, not both.");
            if (term is CovariateTerm covariate && (covariate.Powers.Count == 0 || covariate.Powers.Any(power => power < 1)))
                throw new ArgumentException($"Covariate '{covariate.Name}' needs powers of 1 or more.");
        }
    }
}
