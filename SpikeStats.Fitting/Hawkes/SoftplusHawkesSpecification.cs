using SpikeStats.Models.Hawkes;

namespace SpikeStats.Fitting.Hawkes;

/// <summary>Which Hawkes process with inhibition to fit to which units.</summary>
/// <remarks>
/// λ_i(t) = s log(1 + e^(x_i(t)/s)), x_i(t) = μ_i + Σ_j Σ_u Σ_(s_k of j, s_k &lt; t) α_iju β_u e^(-β_u (t - s_k)), μ and α of either sign, each observed interval without a past.
/// </remarks>
public sealed record SoftplusHawkesSpecification
{
    /// <summary>Identifiers of the units; each is a target and a source of all.</summary>
    public required IReadOnlyList<string> Units { get; init; }

    /// <summary>The shape of the kernels: exponentials.</summary>
    /// <value>One exponential whose decay is estimated, by default.</value>
    public HawkesKernel Kernel { get; init; } = HawkesKernel.FreeExponentials();

    /// <summary>s, in hertz: over which range of the drive silence goes over into the rate; positive.</summary>
    /// <remarks>It is given, not estimated.</remarks>
    /// <value>1 Hz by default. Smaller values come closer to max(0, x), and let inhibition silence a unit.</value>
    public double Softness { get; init; } = 1;

    /// <summary>Maximises the likelihood.</summary>
    /// <remarks>
    /// At given decays each target is a convex problem without bounds, solved by Newton's method with the exact gradient and Hessian; decays are found on their exact profile by
    /// Newton's method from several starts. Integrals are Gauss-Legendre sums, made denser until they agree with the adaptive quadrature of the model to 10^-9 nats per spike.
    /// Cost and memory O((spikes + points of quadrature) × units × decays), some 20 to 100 points per spike.
    /// </remarks>
    /// <param name="recording">The recording; its units must have been observed in the same intervals.</param>
    /// <param name="options">Tolerances and threads.</param>
    /// <param name="progress">Told the fraction done, 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the fit.</param>
    /// <returns>The fit; its <see cref="SoftplusHawkesFit.Certificate"/> says whether the optimum was reached.</returns>
    /// <exception cref="UnknownUnitException">A unit is not in the recording.</exception>
    /// <exception cref="ArgumentException">No unit is named, or one twice, the kernel is a power law, or a value is out of range.</exception>
    /// <exception cref="InvalidRecordingException">A unit has no spike or two at the same instant, or units were not observed in the same intervals.</exception>
    public SoftplusHawkesFit Fit(
        Recording recording, HawkesFitOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        options ??= new HawkesFitOptions();
        options.Validate();
        if (Units.Count == 0 || Units.Distinct(StringComparer.Ordinal).Count() != Units.Count) throw new ArgumentException("Name the units to fit, each once.");
        if (Kernel.IsPowerLaw) throw new ArgumentException("The kernels of a process with inhibition are exponentials; a power law has none of either sign.");
        if (!(Softness > 0) || !double.IsFinite(Softness)) throw new ArgumentException("The softness must be positive and finite, in hertz.");
        MarkedEvents events = MarkedEvents.Of(recording, Units);
        foreach (string unit in Units) HawkesSpecification.Validate(recording[unit]);
        return SoftplusHawkesFitter.Fit(this, events, options, progress, cancellationToken);
    }
}
