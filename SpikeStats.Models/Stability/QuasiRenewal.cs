using SpikeStats.Models.Glm;

namespace SpikeStats.Models.Stability;

/// <summary>Whether a univariate GLM with an exponential link keeps a bounded rate, in the quasi-renewal approximation.</summary>
/// <remarks>
/// The last spike acts exactly, all earlier ones through their mean rate A: a time s after the last spike the intensity is
/// λ(s) = exp(b + h(s) + A ∫_s^∞ (e^{h(u)} - 1) du). A renewal process of this hazard has some rate f(A), and a stationary rate of the model
/// is a fixed point f(A) = A, stable if f'(A) &lt; 1. On bins of width Δ the interval ends in a bin with probability 1 - e^{-λΔ}.
/// <para><b>Assumptions:</b> constant signals (their effect belongs to the baseline), no coupling to other units; earlier spikes Poisson, so that
/// strongly bursting models are judged less well.</para>
/// <para><b>Accuracy:</b> exact without self-excitation of earlier spikes (a renewal process); otherwise an approximation, compared with
/// simulations in the tests.</para>
/// <para><b>Source:</b> Gerhard, Deger and Truccolo, PLoS Comput Biol 13:e1005390 (2017); Naud and Gerstner, PLoS Comput Biol 8:e1002711 (2012).</para>
/// </remarks>
public sealed record QuasiRenewal
{
    // Rates are scanned in steps of 2 %; fixed points nearer to each other than that are of no consequence.
    private const double Step = 1.02;
    private const double LowestShare = 1e-6;
    private const int Bisections = 60;

    private QuasiRenewal(StabilityVerdict verdict, IReadOnlyList<double> stableRates, IReadOnlyList<double> unstableRates, double maximalRate)
    {
        Verdict = verdict;
        StableRates = stableRates;
        UnstableRates = unstableRates;
        MaximalRate = maximalRate;
    }

    /// <summary>The verdict.</summary>
    public StabilityVerdict Verdict { get; }

    /// <summary>Stable stationary rates below the limit, in hertz, ascending; empty for a divergent model.</summary>
    public IReadOnlyList<double> StableRates { get; }

    /// <summary>Unstable stationary rates below the limit, in hertz, ascending: thresholds of running away.</summary>
    public IReadOnlyList<double> UnstableRates { get; }

    /// <summary>The limit above which a rate counts as run away, in hertz.</summary>
    public double MaximalRate { get; }

    /// <summary>Judges a model.</summary>
    /// <param name="model">A model whose only spike filters are its own history.</param>
    /// <param name="maximalRate">Rate that no neuron of this kind sustains, in hertz; below one spike per bin. 500 Hz by default, at 1 ms bins every other bin.</param>
    /// <returns>The verdict with the fixed points. Cost O(lags) for each of about 1000 rates.</returns>
    /// <exception cref="ArgumentException">The model is coupled to other units.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive or not below one spike per bin.</exception>
    public static QuasiRenewal Of(GlmModel model, double maximalRate = 500)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.SpikeFilters.FirstOrDefault(filter => !string.Equals(filter.Source, model.Unit, StringComparison.Ordinal)) is { } coupled)
            throw new ArgumentException($"Unit '{model.Unit}' is driven by '{coupled.Source}'; the quasi-renewal verdict is for a unit without couplings.", nameof(model));
        if (!(maximalRate > 0) || maximalRate * model.BinWidth >= 1)
            throw new ArgumentOutOfRangeException(nameof(maximalRate), maximalRate, $"The limit must be positive and below one spike per bin of {model.BinWidth} s.");
        double[] history = History(model);
        List<double> stable = [], unstable = [];
        double rate = 0, excess = Excess(model, history, rate);
        while (rate < maximalRate)
        {
            double next = Math.Min(Math.Max(rate * Step, LowestShare * maximalRate), maximalRate), nextExcess = Excess(model, history, next);
            if (excess > 0 && nextExcess <= 0) stable.Add(Root(model, history, rate, next));
            if (excess <= 0 && nextExcess > 0) unstable.Add(Root(model, history, rate, next));
            (rate, excess) = (next, nextExcess);
        }

        StabilityVerdict verdict = stable.Count == 0 ? StabilityVerdict.Divergent : excess > 0 ? StabilityVerdict.Fragile : StabilityVerdict.Stable;
        return new QuasiRenewal(verdict, stable, unstable, maximalRate);
    }

    /// <summary>The rate f(A) of the renewal process in which all spikes before the last act through their mean rate A.</summary>
    /// <param name="model">A model whose only spike filters are its own history.</param>
    /// <param name="meanRate">A, in hertz.</param>
    /// <returns>f(A), in hertz.</returns>
    public static double RenewalRate(GlmModel model, double meanRate)
    {
        ArgumentNullException.ThrowIfNull(model);
        return RenewalRate(model, History(model), meanRate);
    }

    /// <summary>The verdict in a sentence.</summary>
    /// <returns>The sentence, in the invariant culture.</returns>
    public override string ToString() => Verdict switch
    {
        StabilityVerdict.Stable when StableRates.Count > 1 => FormattableString.Invariant($"Stable: the rate stays bounded, with {StableRates.Count} stationary values from {StableRates[0]:G4} to {StableRates[^1]:G4} Hz."),
        StabilityVerdict.Stable => FormattableString.Invariant($"Stable: from every rate below {MaximalRate:G4} Hz the unit returns to {StableRates[0]:G4} Hz."),
        StabilityVerdict.Fragile => FormattableString.Invariant($"Fragile: the rate stays near {StableRates[^1]:G4} Hz until a fluctuation carries it beyond {UnstableRates[^1]:G4} Hz, from where it runs away."),
        _ => FormattableString.Invariant($"Divergent: no rate below {MaximalRate:G4} Hz is stable."),
    };

    // What a spike adds to the log rate in the bins after it; a sum of filters if the model has several.
    private static double[] History(GlmModel model)
    {
        double[] history = new double[model.SpikeFilters.Select(filter => filter.LastLag).DefaultIfEmpty(0).Max()];
        foreach (SpikeFilter filter in model.SpikeFilters)
        {
            for (int i = 0; i < filter.LogGain.Count; i++) history[filter.FirstLag - 1 + i] += filter.LogGain[i];
        }

        return history;
    }

    private static double Excess(GlmModel model, double[] history, double rate) => RenewalRate(model, history, rate) - rate;

    private static double Root(GlmModel model, double[] history, double low, double high)
    {
        bool fromAbove = Excess(model, history, low) > 0;
        for (int i = 0; i < Bisections; i++)
        {
            double middle = 0.5 * (low + high);
            if (Excess(model, history, middle) > 0 == fromAbove) low = middle;
            else high = middle;
        }

        return 0.5 * (low + high);
    }

    private static double RenewalRate(GlmModel model, double[] history, double meanRate)
    {
        // ∫_s^∞ (e^h - 1) over the bins after the present one, updated from the longest lag down; the survival is needed from the shortest up.
        double remaining = 0;
        foreach (double gain in history) remaining += (Math.Exp(gain) - 1) * model.BinWidth;
        double survival = 1, interval = 0;
        foreach (double gain in history)
        {
            remaining -= (Math.Exp(gain) - 1) * model.BinWidth;
            interval += survival;
            survival *= Math.Exp(-model.BinWidth * Math.Exp(model.Baseline + gain + (meanRate * remaining)));
        }

        // Beyond the last lag the hazard is constant and the interval geometric: its mean length, in bins, in closed form.
        double hazard = model.BinWidth * Math.Exp(model.Baseline);
        return 1 / (model.BinWidth * (interval + (survival / (1 - Math.Exp(-hazard)))));
    }
}
