namespace SpikeStats.Fitting.Thresholds;

/// <summary>The fit of Lapicque's law with a threshold that varies: P(spike) = F((I (1 - e^(-d/τ)) - I_rh)/s).</summary>
/// <remarks>
/// I (1 - e^(-d/τ)) is the current whose lasting effect the pulse has at its end, I_rh the rheobase, s the spread of the threshold and F the distribution of
/// <see cref="Noise"/>. <b>Assumptions:</b> pulses far apart, each from rest; a spike only if the pulse itself reaches the threshold.
/// </remarks>
public sealed record RheobaseSpecification
{
    /// <summary>How the threshold varies from pulse to pulse.</summary>
    /// <value><see cref="ThresholdNoise.Gaussian"/> by default.</value>
    public ThresholdNoise Noise { get; init; } = ThresholdNoise.Gaussian;

    /// <summary>Maximises the likelihood.</summary>
    /// <remarks>
    /// Given τ the likelihood is concave in the other two. It is maximised at every τ of a fine grid, from a fiftieth of the shortest pulse to fifty times the longest, and from the best with
    /// all three. <b>Accuracy:</b> tested against a search by brute force, finite differences and the coverage of simulated intervals. <b>Cost:</b> some 500 passes over the pulses.
    /// <para><b>Source:</b> Finney, Probit Analysis (1971), for the distribution of thresholds; Lapicque (1907) for the law.</para>
    /// </remarks>
    /// <param name="pulses">Pulses and responses, in any order; at least four.</param>
    /// <param name="options">Tolerances; the defaults if omitted.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <returns>The fit; its <see cref="RheobaseFit.Certificate"/> says whether the data have an optimum: pulses that a threshold separates without error, or durations that do
    /// not tell τ, have none.</returns>
    /// <exception cref="ArgumentException">There are fewer than four pulses, or one has a duration that is not positive or a strength that is not finite.</exception>
    public RheobaseFit Fit(IReadOnlyList<PulseResponse> pulses, RheobaseFitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pulses);
        if (!Enum.IsDefined(Noise)) throw new ArgumentException($"There is no threshold noise {Noise}.");
        options ??= new RheobaseFitOptions();
        options.Validate();
        if (pulses.Count < 4) throw new ArgumentException($"Three parameters need at least four pulses, not {pulses.Count}.", nameof(pulses));
        for (int i = 0; i < pulses.Count; i++)
        {
            if (!(pulses[i].Duration > 0) || !double.IsFinite(pulses[i].Duration) || !double.IsFinite(pulses[i].Strength))
                throw new ArgumentException(FormattableString.Invariant($"Pulse {i} lasts {pulses[i].Duration} s and has strength {pulses[i].Strength}; the duration must be positive and both finite."), nameof(pulses));
        }

        if (pulses.All(pulse => pulse.Strength == 0)) throw new ArgumentException("All pulses have strength 0: there is nothing that could have a threshold.", nameof(pulses));
        return RheobaseFitter.Fit(this, [.. pulses], options, cancellationToken);
    }
}
