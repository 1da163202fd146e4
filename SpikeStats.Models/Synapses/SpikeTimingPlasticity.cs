namespace SpikeStats.Models.Synapses;

/// <summary>Spike-timing-dependent plasticity: a weight that changes with the order and distance of pre- and postsynaptic spikes, by pairs or by triplets.</summary>
/// <remarks>
/// Traces decay exponentially: r₁ (τ₊) and r₂ (τ_x) of presynaptic arrivals, o₁ (τ₋) and o₂ (τ_y) of postsynaptic ones. At a postsynaptic arrival w grows by r₁ (A₊ + A₃₊ o₂), at a presynaptic one it shrinks by
/// o₁ (A₋ + A₃₋ r₂), all traces taken right before. The rule of pairs has A₃₊ = A₃₋ = 0, the default.
/// <para><b>Delays.</b> What counts are arrivals at the synapse: a presynaptic spike arrives <see cref="AxonalDelay"/> after it was fired, a postsynaptic one <see cref="DendriticDelay"/> after. Arrivals at the very same instant
/// do not act on each other; they do on all others.</para>
/// <para><b>Bounds.</b> Growth is multiplied by (1 - w/w_max)^μ and shrinking by (w/w_max)^μ, then w is kept within 0 and w_max: <see cref="WeightExponent"/> μ = 0 is additive, 1 multiplicative. Amplitudes are in the unit of the weight.</para>
/// <para><b>Gaps.</b> Traces go on over time that was not observed: spikes that nobody saw do not act.</para>
/// <para><b>Accuracy:</b> exact, tested against sums over all pairs and triplets and against closed forms for Poisson trains. <b>Cost:</b> O(spikes).</para>
/// <para><b>Source:</b> Pfister and Gerstner, J Neurosci 26:9673 (2006); Gütig, Aharonov, Rotter and Sompolinsky, J Neurosci 23:3697 (2003), for the exponent;
/// Morrison, Diesmann and Gerstner, Biol Cybern 98:459 (2008), for pairings and delays.</para>
/// </remarks>
public sealed record SpikeTimingPlasticity
{
    /// <summary>A₊, what a pair in the order pre, post adds at no distance, in the unit of the weight.</summary>
    /// <value>0.01 by default; not negative.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double Potentiation { get; init => field = Amplitude(value); } = 0.01;

    /// <summary>A₋, what a pair in the order post, pre takes away at no distance, in the unit of the weight.</summary>
    /// <value>0.0105 by default; not negative.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double Depression { get; init => field = Amplitude(value); } = 0.0105;

    /// <summary>τ₊, in seconds.</summary>
    /// <value>20 ms by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double PotentiationTime { get; init => field = Time(value); } = 20e-3;

    /// <summary>τ₋, in seconds.</summary>
    /// <value>20 ms by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double DepressionTime { get; init => field = Time(value); } = 20e-3;

    /// <summary>A₃₊, what an earlier postsynaptic spike adds to a pair in the order pre, post, in the unit of the weight.</summary>
    /// <value>0 by default; not negative.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double TripletPotentiation { get; init => field = Amplitude(value); }

    /// <summary>A₃₋, what an earlier presynaptic spike adds to the loss of a pair in the order post, pre, in the unit of the weight.</summary>
    /// <value>0 by default; not negative.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double TripletDepression { get; init => field = Amplitude(value); }

    /// <summary>τ_x, of the second trace of presynaptic spikes, in seconds.</summary>
    /// <value>100 ms by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double TripletPreTime { get; init => field = Time(value); } = 100e-3;

    /// <summary>τ_y, of the second trace of postsynaptic spikes, in seconds.</summary>
    /// <value>100 ms by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double TripletPostTime { get; init => field = Time(value); } = 100e-3;

    /// <summary>Which spikes a spike is paired with.</summary>
    /// <value><see cref="SpikePairing.AllToAll"/> by default.</value>
    public SpikePairing Pairing { get; init; } = SpikePairing.AllToAll;

    /// <summary>w_max, in the unit of the weight; infinite for none, with which the exponent must be 0.</summary>
    /// <value>1 by default; positive.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive.</exception>
    public double MaximumWeight
    {
        get;
        init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The maximal weight must be positive.");
    }

    = 1;

    /// <summary>μ, how changes depend on the weight: 0 not at all (additive), 1 in proportion to the way left (multiplicative).</summary>
    /// <value>0 by default; in [0, 1].</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not in [0, 1].</exception>
    public double WeightExponent
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The exponent of the weight must be in [0, 1].");
    }

    /// <summary>From the presynaptic spike to its arrival at the synapse, in seconds.</summary>
    /// <value>0 by default; not negative.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double AxonalDelay { get; init => field = Delay(value); }

    /// <summary>From the postsynaptic spike to its arrival, backwards through the dendrite, at the synapse, in seconds.</summary>
    /// <value>0 by default; not negative.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double DendriticDelay { get; init => field = Delay(value); }

    /// <summary>The weight over two trains of spikes.</summary>
    /// <param name="presynaptic">The presynaptic spikes.</param>
    /// <param name="postsynaptic">The postsynaptic spikes.</param>
    /// <param name="weight">The weight in the beginning, in any one unit; from 0 to <see cref="MaximumWeight"/>.</param>
    /// <returns>The weight at each arrival of a spike.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The weight is out of bounds.</exception>
    /// <exception cref="InvalidOperationException">The changes depend on a maximal weight that is infinite.</exception>
    public WeightCourse Apply(SpikeTrain presynaptic, SpikeTrain postsynaptic, double weight)
    {
        ArgumentNullException.ThrowIfNull(presynaptic);
        ArgumentNullException.ThrowIfNull(postsynaptic);
        if (!(weight >= 0) || weight > MaximumWeight || !double.IsFinite(weight)) throw new ArgumentOutOfRangeException(nameof(weight), weight, "The initial weight must lie between 0 and the maximal weight.");
        if (WeightExponent > 0 && double.IsInfinity(MaximumWeight)) throw new InvalidOperationException("Changes that depend on the weight need a finite maximal weight.");
        ReadOnlySpan<double> pre = presynaptic.Times, post = postsynaptic.Times;
        PlasticityTrace r1 = new(PotentiationTime, Pairing), r2 = new(TripletPreTime, Pairing), o1 = new(DepressionTime, Pairing), o2 = new(TripletPostTime, Pairing);
        List<double> times = [], weights = [];
        for (int i = 0, j = 0; i < pre.Length || j < post.Length;)
        {
            double arrivalPre = i < pre.Length ? pre[i] + AxonalDelay : double.PositiveInfinity, arrivalPost = j < post.Length ? post[j] + DendriticDelay : double.PositiveInfinity;
            double now = Math.Min(arrivalPre, arrivalPost);
            bool isPre = arrivalPre == now, isPost = arrivalPost == now;
            if (isPre) weight = Shrunk(weight, o1.Before(now) * (Depression + (TripletDepression * r2.Before(now))));
            if (isPost) weight = Grown(weight, r1.Before(now) * (Potentiation + (TripletPotentiation * o2.Before(now))));
            times.Add(now);
            weights.Add(weight);
            if (isPre)
            {
                r1.Add(now);
                r2.Add(now);
                i++;
            }

            if (isPost)
            {
                o1.Add(now);
                o2.Add(now);
                j++;
            }
        }

        return new WeightCourse(times, weights, weight);
    }

    /// <summary>The mean change of the weight per second between independent Poisson trains, far from the bounds of an additive rule.</summary>
    /// <remarks>ρ_pre ρ_post (τ₊ A₊ - τ₋ A₋) and, of triplets, ρ_pre ρ_post (A₃₊ τ₊ τ_y ρ_post - A₃₋ τ₋ τ_x ρ_pre); with nearest neighbours ρ τ becomes ρ τ/(1 + ρ τ) for each trace. Exact.</remarks>
    /// <param name="presynapticRate">ρ_pre, in hertz; not negative.</param>
    /// <param name="postsynapticRate">ρ_post, in hertz; not negative.</param>
    /// <returns>The unit of the weight per second.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A rate is negative or not finite.</exception>
    public double PoissonDrift(double presynapticRate, double postsynapticRate)
    {
        foreach (double rate in (double[])[presynapticRate, postsynapticRate])
        {
            if (!(rate >= 0) || !double.IsFinite(rate)) throw new ArgumentOutOfRangeException(nameof(presynapticRate), rate, "A rate must be finite and not negative, in hertz.");
        }

        double grown = postsynapticRate * Mean(presynapticRate, PotentiationTime) * (Potentiation + (TripletPotentiation * Mean(postsynapticRate, TripletPostTime)));
        double shrunk = presynapticRate * Mean(postsynapticRate, DepressionTime) * (Depression + (TripletDepression * Mean(presynapticRate, TripletPreTime)));
        return grown - shrunk;

        double Mean(double rate, double time) => Pairing == SpikePairing.AllToAll ? rate * time : rate * time / (1 + (rate * time));
    }

    private double Grown(double weight, double change) =>
        Math.Min(MaximumWeight, weight + (change * (WeightExponent == 0 ? 1 : Math.Pow(1 - (weight / MaximumWeight), WeightExponent))));

    private double Shrunk(double weight, double change) =>
        Math.Max(0, weight - (change * (WeightExponent == 0 ? 1 : Math.Pow(weight / MaximumWeight, WeightExponent))));

    private static double Amplitude(double value) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "An amplitude must be finite and not negative.");

    private static double Time(double value) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A time constant must be positive and finite, in seconds.");

    private static double Delay(double value) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A delay must be finite and not negative, in seconds.");
}
