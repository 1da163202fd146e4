using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Synapses;

/// <summary>Short-term depression and facilitation of Tsodyks and Markram.</summary>
/// <remarks>
/// A spike first raises the utilisation, u ← u + U (1 - u), then spends that part of the resources, x ← x (1 - u); the product u x before it is spent is the efficacy. Between spikes u decays to 0 with
/// τ_f and x recovers to 1 with τ_d, exactly. Without facilitation (τ_f = 0) u is always U at a spike.
/// <para><b>Accuracy:</b> exact between spikes; the steady states are closed forms, tested against iteration and simulation. <b>Cost:</b> two exponentials a spike.</para>
/// <para><b>Source:</b> Tsodyks, Pawelzik and Markram, Neural Comput 10:821 (1998).</para>
/// </remarks>
public sealed record ShortTermPlasticity
{
    /// <summary>U, the part of the resources that a spike after a long rest uses.</summary>
    /// <value>0.5 by default; in (0, 1].</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not in (0, 1].</exception>
    public double Utilisation
    {
        get;
        init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The utilisation must be in (0, 1].");
    }

    = 0.5;

    /// <summary>τ_d, in which the resources recover, in seconds.</summary>
    /// <value>800 ms by default; not negative; 0 for no depression.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double RecoveryTime { get; init => field = NotNegative(value, "recovery time"); } = 0.8;

    /// <summary>τ_f, in which the facilitation decays, in seconds.</summary>
    /// <value>0 by default: no facilitation.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double FacilitationTime { get; init => field = NotNegative(value, "facilitation time"); }

    /// <summary>The efficacy u x of every spike of a train: by what its weight is multiplied.</summary>
    /// <param name="train">The presynaptic spikes; the synapse is rested before the first spike of each observed interval.</param>
    /// <returns>One number in (0, 1] per spike; empty for a train without spikes.</returns>
    public double[] Efficacies(SpikeTrain train)
    {
        ArgumentNullException.ThrowIfNull(train);
        double[] efficacies = new double[train.Count];
        int next = 0;
        foreach (TimeInterval interval in train.Observed)
        {
            double before = double.NegativeInfinity, utilisation = 0, resources = 1;
            foreach (double time in train.TimesIn(interval))
            {
                double elapsed = time - before;
                utilisation *= Decay(elapsed, FacilitationTime);
                resources = 1 - ((1 - resources) * Decay(elapsed, RecoveryTime));
                utilisation += Utilisation * (1 - utilisation);
                efficacies[next++] = utilisation * resources;
                resources *= 1 - utilisation;
                before = time;
            }
        }

        return efficacies;
    }

    /// <summary>The efficacy that spikes at a constant interval tend to.</summary>
    /// <remarks>u = U/(1 - (1 - U) e^(-T/τ_f)) and x = (1 - e^(-T/τ_d))/(1 - (1 - u) e^(-T/τ_d)).</remarks>
    /// <param name="interval">T, in seconds; positive.</param>
    /// <returns>u x, in (0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The interval is not positive.</exception>
    public double RegularEfficacy(double interval)
    {
        if (!(interval > 0)) throw new ArgumentOutOfRangeException(nameof(interval), interval, "The interval must be positive, in seconds.");
        double utilisation = SteadyUtilisation(Decay(interval, FacilitationTime));
        double recovered = RecoveryTime == 0 ? 1 : -Exponentials.MinusOne(-interval / RecoveryTime);
        return utilisation * recovered / (utilisation + ((1 - utilisation) * recovered));
    }

    /// <summary>The mean utilisation at the spikes of a Poisson train, U (1 + r τ_f)/(1 + U r τ_f); exact.</summary>
    /// <param name="rate">r, in hertz; finite and not negative.</param>
    /// <returns>A number in (0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public double PoissonUtilisation(double rate) => SteadyUtilisation(PoissonDecay(RequireRate(rate), FacilitationTime));

    /// <summary>The mean efficacy at the spikes of a Poisson train, u/(1 + u r τ_d) with the mean utilisation u.</summary>
    /// <remarks>Exact without facilitation; with it, mean field: u and x are taken as independent, which is a few percent off as tested.</remarks>
    /// <param name="rate">r, in hertz; finite and not negative.</param>
    /// <returns>A number in (0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public double PoissonEfficacy(double rate)
    {
        double utilisation = PoissonUtilisation(rate);
        return utilisation / (1 + (utilisation * rate * RecoveryTime));
    }

    private double SteadyUtilisation(double decay) => Utilisation / (1 - ((1 - Utilisation) * decay));

    private static double Decay(double elapsed, double timeConstant) => timeConstant == 0 ? 0 : Math.Exp(-elapsed / timeConstant);

    // The mean of e^(-T/τ) over exponential intervals T.
    private static double PoissonDecay(double rate, double timeConstant) => rate * timeConstant / (1 + (rate * timeConstant));

    private static double RequireRate(double rate) => rate >= 0 && double.IsFinite(rate)
        ? rate
        : throw new ArgumentOutOfRangeException(nameof(rate), rate, "The rate must be finite and not negative, in hertz.");

    private static double NotNegative(double value, string name) => value >= 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"The {name} must be finite and not negative, in seconds.");
}
