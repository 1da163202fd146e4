using SpikeStats.Fitting.Glm;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;

namespace SpikeStats.Fitting.Populations;

/// <summary>Which coupled point-process generalised linear model to fit to a whole population: every unit acts on every target through one basis.</summary>
/// <remarks>
/// Target by target this is a <see cref="GlmSpecification"/> with a <see cref="HistoryTerm"/> for the target itself and a
/// <see cref="CouplingTerm"/> for each other unit (<see cref="For"/> gives it); the likelihood of the population is the sum of theirs. The
/// features are the same for all targets, which makes fitting them together far cheaper than one by one.
/// <para><b>Source:</b> Pillow et al., Nature 454:995 (2008).</para>
/// </remarks>
public sealed record GlmPopulationSpecification
{
    /// <summary>Functions of lag that span the history filters and the coupling filters.</summary>
    public required Basis Basis { get; init; }

    /// <summary>Identifiers of the units to explain.</summary>
    /// <value>Empty by default: all units of the recording that have a spike in the analysed bins.</value>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The penalty on the coefficients of each history and coupling filter.</summary>
    /// <value><see cref="Penalty.None"/> by default.</value>
    public Penalty Penalty { get; init; } = Penalty.None;

    /// <summary>Terms of signals, stimuli and covariates, that every target has besides.</summary>
    /// <value>None by default.</value>
    public IReadOnlyList<GlmTerm> SignalTerms { get; init; } = [];

    /// <summary>Width of a bin, in seconds.</summary>
    /// <value>1 ms by default.</value>
    public double BinWidth { get; init; } = 0.001;

    /// <summary>Law of the counts.</summary>
    /// <value><see cref="ObservationModel.Poisson"/> by default.</value>
    public ObservationModel Observation { get; init; } = ObservationModel.Poisson;

    /// <summary>What to do with bins whose history was not observed.</summary>
    /// <value><see cref="EdgePolicy.Drop"/> by default.</value>
    public EdgePolicy Edge { get; init; } = EdgePolicy.Drop;

    /// <summary>The specification of one target: what a fit of that unit alone would be asked for.</summary>
    /// <param name="target">Identifier of the unit to explain.</param>
    /// <param name="units">Identifiers of all units that act, in the order of the terms.</param>
    /// <returns>Signal terms first, then a term for each unit.</returns>
    /// <exception cref="UnknownUnitException">The target is not among the units.</exception>
    public GlmSpecification For(string target, IReadOnlyList<string> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        if (!units.Contains(target, StringComparer.Ordinal)) throw new UnknownUnitException(target, units);
        return new GlmSpecification
        {
            Target = target,
            BinWidth = BinWidth,
            Observation = Observation,
            Edge = Edge,
            Terms = [.. SignalTerms, .. units.Select(unit => SpikeTerm(unit, target))],
        };
    }

    /// <summary>Maximises the (penalised) likelihood of every target.</summary>
    /// <remarks>
    /// Newton's method on the exact objective of all targets together, each step solved by conjugate gradients that are preconditioned with
    /// the Hessian of a part of the data; the optimum is that of single fits. Targets that the joint iteration does not bring to an optimum, those with a
    /// filter that forbids spikes, a lasso, or an estimated shape of counts are fitted one by one. Memory O(bins · targets · 4 bytes), at most 512 MB at a
    /// time, plus O(p²) per target. <see cref="PopulationMethod"/> and <see cref="GlmPopulationOptions.StandardErrors"/> say what it costs.
    /// </remarks>
    /// <param name="recording">The recording; all its units act.</param>
    /// <param name="options">Tolerances, method and threads.</param>
    /// <param name="progress">Told the fraction done, 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <returns>One fit per target, each with its certificate.</returns>
    /// <exception cref="UnknownUnitException">A target is not in the recording.</exception>
    /// <exception cref="ArgumentException">The specification is inconsistent, or a signal is missing.</exception>
    /// <exception cref="InvalidRecordingException">There are no units, no bin has a full history, a named target or all of them have no spike, or a signal does not cover the bins.</exception>
    public GlmPopulationFit Fit(
        Recording recording, GlmPopulationOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        options ??= new GlmPopulationOptions();
        if (recording.UnitCount == 0) throw new InvalidRecordingException("the recording has no units", "load one with spikes");
        if (SignalTerms.FirstOrDefault(term => term is HistoryTerm or CouplingTerm) is { } spikes)
            throw new ArgumentException($"'{spikes.Name}' is a term of spikes; a population has one for every unit already.");
        if (options.Method == PopulationMethod.MatrixFree && SignalTerms.Count > 0)
            throw new ArgumentException("The matrix-free method takes no signal terms; use the streamed method.");
        if (Targets.Distinct(StringComparer.Ordinal).Count() != Targets.Count) throw new ArgumentException("A target is named twice.");
        return new PopulationFitter(this, recording, options, cancellationToken).Fit(progress);
    }

    private GlmTerm SpikeTerm(string unit, string target) => string.Equals(unit, target, StringComparison.Ordinal)
        ? new HistoryTerm(Basis) { Penalty = Penalty }
        : new CouplingTerm(unit, Basis) { Penalty = Penalty };
}
