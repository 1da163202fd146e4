using SpikeStats.Models.Glm;

namespace SpikeStats.Models.SpikeResponses;

/// <summary>The spike response model: u(t) = μ + Σ_k η(t - t_k) + Σ_j ε(t - t_j) + filtered currents, with its own spikes t_k and given ones t_j.</summary>
/// <remarks>
/// It fires when u reaches the threshold θ, or with escape noise at the rate ρ₀ e^((u - θ)/β). The latter is a generalised linear model with the filters η/β and ε/β: see <see cref="ToGlm"/>.
/// Of a leaky integrate-and-fire neuron η is the <see cref="ExponentialResponse"/> of amplitude V_r - θ and ε a <see cref="SynapticResponse"/>.
/// <para><b>Source:</b> Gerstner and van Hemmen, Network 3:139 (1992); Gerstner, Kistler, Naud and Paninski, Neuronal Dynamics (2014), chapter 6 and section 9.1.</para>
/// </remarks>
public sealed record SpikeResponseNeuron
{
    /// <summary>What the neuron is called.</summary>
    /// <value>0 by default.</value>
    public string Unit { get; init; } = "0";

    /// <summary>The threshold θ, in volts.</summary>
    /// <value>20 mV by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double Threshold { get; init => field = Finite(value, "threshold"); } = 20e-3;

    /// <summary>The constant drive μ, in volts; it is there before the simulation begins.</summary>
    /// <value>0 by default.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not finite.</exception>
    public double MeanInput { get; init => field = Finite(value, "mean input"); }

    /// <summary>The absolute refractory period, in seconds; kernels go on during it.</summary>
    /// <value>0 by default; not negative.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double RefractoryPeriod
    {
        get;
        init => field = value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The refractory period must be finite and not negative, in seconds.");
    }

    /// <summary>The after-potential η.</summary>
    /// <value>null by default: none.</value>
    public ResponseKernel? AfterPotential { get; init; }

    /// <summary>How given spikes act.</summary>
    /// <value>None by default.</value>
    public IReadOnlyList<SpikeInfluence> Inputs { get; init; } = [];

    /// <summary>How given currents act.</summary>
    /// <value>None by default.</value>
    public IReadOnlyList<CurrentInfluence> Currents { get; init; } = [];

    /// <summary>The generalised linear model that the neuron is under escape noise: link log, filters η/β and ε/β, baseline log ρ₀ + (μ - θ)/β.</summary>
    /// <remarks>
    /// On bins a spike acts from the next bin on. With kernels of a <see cref="Bases.ContinuousBasis"/> the filters are those of a fit in that basis; other kernels are taken at the mean lag, and the model tends to the neuron in
    /// continuous time as bins become narrow, with an error of the order of the bin width; where the rate times the bin width is not small, bins hold several spikes, which do not see each other. A refractory period forbids spikes in the bins whose mean lag lies within it.
    /// A recording for this model holds the given spikes and currents under their names.
    /// </remarks>
    /// <param name="binWidth">Width of a bin, in seconds; positive.</param>
    /// <param name="noise">The soft threshold.</param>
    /// <returns>The model: likelihood, intensity, compensator and simulation.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The bin width is not positive.</exception>
    public GlmModel ToGlm(double binWidth, EscapeNoise noise)
    {
        ArgumentNullException.ThrowIfNull(noise);
        if (!(binWidth > 0) || !double.IsFinite(binWidth)) throw new ArgumentOutOfRangeException(nameof(binWidth), binWidth, "The bin width must be positive and finite, in seconds.");
        double[] own = OwnFilter(binWidth, noise);
        IEnumerable<(string Source, double[] LogGain)> filters = Inputs.Select(input => (input.Source, Scaled(input.Kernel.Sample(binWidth, 1), noise))).Prepend((Unit, own));
        return new GlmModel
        {
            Unit = Unit,
            BinWidth = binWidth,
            Baseline = Math.Log(noise.RateAtThreshold) + ((MeanInput - Threshold) / noise.Softness),
            SpikeFilters = [.. filters.Where(filter => filter.LogGain.Length > 0).Select(filter => new SpikeFilter(filter.Source, 1, filter.LogGain))],
            SignalFilters = [.. Currents.Select(current => new SignalFilter(current.Signal, 0, Scaled(current.Sample(binWidth), noise)))],
            Edge = EdgePolicy.Zero,
        };
    }

    // Lags within the refractory period are forbidden; the slack takes 2 ms in bins of 1 ms as two bins.
    private double[] OwnFilter(double binWidth, EscapeNoise noise)
    {
        int forbidden = (int)Math.Floor((RefractoryPeriod / binWidth) + 1e-9);
        double[] filter = Scaled(AfterPotential?.Sample(binWidth, 1) ?? [], noise);
        if (filter.Length < forbidden) Array.Resize(ref filter, forbidden);
        filter.AsSpan(0, forbidden).Fill(double.NegativeInfinity);
        return filter;
    }

    private static double[] Scaled(double[] kernel, EscapeNoise noise) => Array.ConvertAll(kernel, value => value / noise.Softness);

    private static double Finite(double value, string name) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"The {name} must be finite, in volts.");
}
