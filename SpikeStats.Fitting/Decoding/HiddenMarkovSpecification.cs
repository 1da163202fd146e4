using SpikeStats.Models.Bases;

namespace SpikeStats.Fitting.Decoding;

/// <summary>Which hidden Markov model to fit.</summary>
public sealed record HiddenMarkovSpecification
{
    /// <summary>Number of hidden states; at least 1.</summary>
    /// <value>2 by default.</value>
    public int StateCount { get; init; } = 2;

    /// <summary>Width of a bin, which is one step of the chain, in seconds; positive.</summary>
    /// <value>0.01 by default.</value>
    public double BinWidth { get; init; } = 0.01;

    /// <summary>Identifiers of the units; null for all of the recording.</summary>
    /// <value>null by default.</value>
    public IReadOnlyList<string>? Units { get; init; }

    /// <summary>Names of signals whose value in a bin changes the probabilities of entering it; empty for constant ones.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<string> TransitionInputs { get; init; } = [];

    /// <summary>Names of signals whose value in a bin changes the log rates in it; empty for constant rates.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<string> EmissionInputs { get; init; } = [];

    /// <summary>Functions of lag that span the post-spike filter of every unit; null for rates that do not depend on past spikes.</summary>
    /// <remarks>Spikes act from the next bin on, within their observed interval; before its start there is silence.</remarks>
    /// <value>null by default.</value>
    public Basis? History { get; init; }

    /// <summary>Whether a unit has one post-spike filter for all states, or one for each.</summary>
    /// <value>true by default: refractoriness belongs to the cell.</value>
    public bool IsHistoryShared { get; init; } = true;

    /// <summary>Fits the model by maximum likelihood.</summary>
    /// <remarks>
    /// Expectation-maximisation from several random starts; the best one is finished by Newton steps on the exact score. The likelihood of a hidden Markov
    /// model has many maxima: starts raise the chance of the highest, nothing proves it. States are numbered by their mean rate, the lowest first.
    /// </remarks>
    /// <param name="recording">Spikes, and the signals that are inputs.</param>
    /// <param name="options">Starts, seed and tolerances.</param>
    /// <param name="progress">Told the fraction of starts that are done.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <returns>The fit; whether it is a maximum, and how many starts found it, stands in it.</returns>
    /// <exception cref="InvalidRecordingException">There are fewer bins than states, or no spike; or an input is not a number somewhere.</exception>
    /// <exception cref="UnknownUnitException">A unit is missing.</exception>
    public HiddenMarkovFit Fit(
        Recording recording, HiddenMarkovFitOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentOutOfRangeException.ThrowIfLessThan(StateCount, 1);
        options ??= new HiddenMarkovFitOptions();
        options.Validate();
        return HiddenMarkovFitter.Fit(this, recording, options, progress, cancellationToken);
    }
}
