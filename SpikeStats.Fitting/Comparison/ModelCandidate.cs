namespace SpikeStats.Fitting.Comparison;

/// <summary>A model that can be fitted to any part of a recording, so that it can be judged on the rest.</summary>
/// <remarks>
/// One class per family of models; a new family is a new class. Candidates for a
/// <see cref="ModelComparison.Fit(Recording, string, IReadOnlyList{ModelCandidate}, ComparisonOptions, IProgress{double}, CancellationToken)">comparison</see>
/// must not keep anything from one fit to the next.
/// </remarks>
public abstract record ModelCandidate
{
    /// <summary>Creates a candidate.</summary>
    /// <param name="name">What tables and figures call it; unique within a comparison.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    protected ModelCandidate(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>What tables and figures call it.</summary>
    public string Name { get; init; }

    /// <summary>Width of the bins of the model, in seconds; null for a model in continuous time.</summary>
    public virtual double? BinWidth => null;

    /// <summary>The longest lag at which a spike acts directly, in seconds; 0 if there is no such lag, as in continuous time.</summary>
    public virtual double LongestLag => 0;

    /// <summary>Fits the model to a whole recording; it must be defined from the start of every observed interval on.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <returns>The fitted model, of one unit.</returns>
    /// <exception cref="InvalidRecordingException">The recording does not allow the fit; the candidate is then reported as failed.</exception>
    public abstract FittedModel Fit(Recording recording, CancellationToken cancellationToken = default);

    /// <summary>Fits the model to a recording from which held-out time was cut: observed intervals may begin where only the analysis does.</summary>
    /// <param name="recording">The recording without the held-out time and its guard bands.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <returns>The fitted model; it will be scored on held-out time with the true past.</returns>
    /// <exception cref="InvalidRecordingException">The recording does not allow the fit; the candidate is then reported as not held out.</exception>
    public virtual FittedModel FitToTraining(Recording recording, CancellationToken cancellationToken = default) => Fit(recording, cancellationToken);
}
