using SpikeStats.Models.Glm;

namespace SpikeStats.Models.Stability;

/// <summary>Whether coupled GLMs with exponential links keep bounded rates, in the quasi-renewal approximation of every unit.</summary>
/// <remarks>
/// The last spike of a unit acts on itself exactly, its earlier spikes and those of all other units through their mean rates A:
/// λ_i(s) = exp(b_i + h_ii(s) + A_i ∫_s^∞ (e^{h_ii} - 1) + Σ_j A_j ∫_0^∞ (e^{h_ij} - 1)). A stationary state is a fixed point A = f(A) of the rates of
/// all units. The rates are followed under dA/dt = f(A) - A, from silence and from the limits of all units.
/// <para><b>Verdict:</b> stable if both ways end below the limits; fragile if only the way from silence does; divergent if neither. With excitatory
/// couplings the two ways enclose all others (f is monotone), so that this is the verdict of the approximation; with inhibition it is a judgement by two ways among
/// many. One unit is judged as <see cref="QuasiRenewal"/> does.</para>
/// <para><b>Assumptions:</b> signals at zero; spikes of other units Poisson and independent of the unit's own; synchronous bursts are therefore judged less well.</para>
/// <para><b>Accuracy:</b> fixed points to 10^-10 relative; compared with simulations in the tests. <b>Cost:</b> O(units × (units + lags)) per step.</para>
/// <para><b>Source:</b> the approximation of one unit: Gerhard, Deger and Truccolo, PLoS Comput Biol 13:e1005390 (2017); the way to many units and its
/// verdict are this library's.</para>
/// </remarks>
public sealed record PopulationStability
{
    private const double Tolerance = 1e-12;
    private const double FirstStep = 0.5;
    private const int MaxSteps = 20_000;

    // Steps without a better approximation after which they are taken to overshoot, and halved.
    private const int Patience = 200;

    private PopulationStability(GlmPopulation population, double[] limits, double[] lowest, double[] highest)
    {
        Units = population.Units;
        MaximalRates = limits;
        StableRates = Within(lowest, limits) ? lowest : [];
        HighestRates = highest;
        Verdict = StableRates.Count == 0 ? StabilityVerdict.Divergent : Within(highest, limits) ? StabilityVerdict.Stable : StabilityVerdict.Fragile;
        int[] beyond = [.. Enumerable.Range(0, limits.Length).Where(unit => !(highest[unit] <= limits[unit]))];
        RunawayUnits = [.. beyond.Select(unit => Units[unit])];
    }

    /// <summary>The verdict on the population.</summary>
    public StabilityVerdict Verdict { get; }

    /// <summary>Identifiers of the units.</summary>
    public IReadOnlyList<string> Units { get; }

    /// <summary>The stationary rates reached from silence, in hertz, one per unit; empty for a divergent population.</summary>
    public IReadOnlyList<double> StableRates { get; }

    /// <summary>The rates reached from the limits of all units, in hertz, one per unit; equal to <see cref="StableRates"/> if there is one stationary state only.</summary>
    public IReadOnlyList<double> HighestRates { get; }

    /// <summary>Identifiers of the units whose rate, once high, stays above the limit; none for a stable population.</summary>
    public IReadOnlyList<string> RunawayUnits { get; }

    /// <summary>The limit above which the rate of each unit counts as run away, in hertz, by the rule of <see cref="QuasiRenewal.MaximalRate"/>.</summary>
    public IReadOnlyList<double> MaximalRates { get; }

    /// <summary>Judges a population.</summary>
    /// <param name="population">Models of all units that act on each other.</param>
    /// <returns>The verdict.</returns>
    /// <exception cref="ArgumentException">A unit acts that is not in the population, or a link is not exponential.</exception>
    /// <exception cref="InvalidOperationException">The rates neither settled nor left the limits: the approximation oscillates.</exception>
    public static PopulationStability Of(GlmPopulation population)
    {
        ArgumentNullException.ThrowIfNull(population);
        GlmModel[] models = [.. population.Models];
        foreach (GlmModel model in models)
        {
            if (model.SpikeFilters.FirstOrDefault(filter => !population.Units.Contains(filter.Source, StringComparer.Ordinal)) is { } given)
                throw new ArgumentException($"Unit '{model.Unit}' is driven by '{given.Source}', which is not in the population; its rate is unknown.", nameof(population));
        }

        QuasiRenewalTransfer[] transfers = Array.ConvertAll(models, model => new QuasiRenewalTransfer(model));
        double[,] excess = Excess(models);
        double[] limits = Array.ConvertAll(models, SustainableRate.Of);
        return new PopulationStability(population, limits, Settle(transfers, excess, new double[models.Length]), Settle(transfers, excess, limits));
    }

    /// <summary>The verdict in a sentence.</summary>
    /// <returns>The sentence, in the invariant culture.</returns>
    public override string ToString() => Verdict switch
    {
        StabilityVerdict.Stable => FormattableString.Invariant($"Stable: from all rates below their limits the {Units.Count} units return to bounded ones, between {HighestRates.Min():G4} and {HighestRates.Max():G4} Hz."),
        StabilityVerdict.Fragile => FormattableString.Invariant($"Fragile: the rates stay between {StableRates.Min():G4} and {StableRates.Max():G4} Hz until a fluctuation carries them away; then these stay beyond their limits: {string.Join(", ", RunawayUnits)}."),
        _ => $"Divergent: from silence the rates grow beyond their limits: {string.Join(", ", RunawayUnits)}.",
    };

    private static double[,] Excess(GlmModel[] models)
    {
        double[,] excess = new double[models.Length, models.Length];
        for (int target = 0; target < models.Length; target++)
        {
            for (int source = 0; source < models.Length; source++)
            {
                // The unit's own spikes are the transfer function's business.
                if (source != target) excess[target, source] = PostSpikeGain.Excess(PostSpikeGain.Of(models[target], models[source].Unit), models[target].BinWidth);
            }
        }

        return excess;
    }

    // Euler steps of dA/dt = f(A) - A, smaller where strong inhibition makes them overshoot; f is bounded by one spike per bin, so that nothing overflows on the way to a runaway state.
    private static double[] Settle(QuasiRenewalTransfer[] transfers, double[,] excess, double[] start)
    {
        double[] rates = [.. start], next = new double[rates.Length];
        double size = FirstStep, smallest = double.PositiveInfinity;
        for (int step = 0, waited = 0; step < MaxSteps; step++, waited++)
        {
            double change = 0;
            for (int unit = 0; unit < rates.Length; unit++)
            {
                double drive = 0;
                for (int source = 0; source < rates.Length; source++) drive += rates[source] * excess[unit, source];
                double difference = transfers[unit].At(rates[unit], drive) - rates[unit];
                next[unit] = rates[unit] + (size * difference);
                change = Math.Max(change, Math.Abs(difference) / Math.Max(rates[unit], 1e-6));
            }

            (rates, next) = (next, rates);
            if (change < Tolerance) return rates;
            if (change < smallest) (smallest, waited) = (change, 0);
            if (waited < Patience) continue;
            (size, waited) = (size / 2, 0);
        }

        throw new InvalidOperationException("The stationary rates of the population could not be found: in the quasi-renewal approximation they oscillate or approach their values too slowly. Judge it by simulation (DivergenceTime).");
    }

    private static bool Within(double[] rates, double[] limits) => rates.Zip(limits).All(pair => pair.First <= pair.Second);
}
