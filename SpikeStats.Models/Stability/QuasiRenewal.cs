using SpikeStats.Models.Glm;

namespace SpikeStats.Models.Stability;

/// <summary>Whether a GLM of one unit with an exponential link keeps a bounded rate, in the quasi-renewal approximation.</summary>
/// <remarks>
/// The last spike acts exactly, all earlier ones through their mean rate A: a time s after the last spike the intensity is
/// λ(s) = exp(b + h(s) + A ∫_s^∞ (e^{h(u)} - 1) du). A renewal process of this hazard has some rate f(A), and a stationary rate of the model
/// is a fixed point f(A) = A, stable if f'(A) &lt; 1. On bins of width Δ the interval ends in a bin with the probability that it holds a spike.
/// <para><b>Verdict:</b> the approximation, the fixed points and the three words are those of Gerhard, Deger and Truccolo, who call a model
/// divergent, too, if its only stable rate is the one at the ceiling set by the refractory period. Where "too high" begins is this library's rule, <see cref="MaximalRate"/>.</para>
/// <para><b>Assumptions:</b> signals and other units act by their mean alone; earlier spikes are Poisson, so that strongly bursting models are judged less
/// well. With a logit link the odds take the place of the rate, which differs only where spikes in a bin are probable.</para>
/// <para><b>Accuracy:</b> exact without self-excitation by earlier spikes (a renewal process); otherwise an approximation, compared with
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
    /// <value>500 Hz, or nine tenths of the ceiling 1 / ((r + 1) Δ) of a unit that is silent for r bins after a spike, whichever is less.</value>
    public double MaximalRate { get; }

    /// <summary>Judges a model on its own: its signals at zero.</summary>
    /// <param name="model">A model whose only spike filters are its own history.</param>
    /// <param name="maximalRate">Rate that no neuron of this kind sustains, in hertz; below one spike per bin. null for the rule of <see cref="MaximalRate"/>.</param>
    /// <returns>The verdict with the fixed points. Cost O(lags) for each of about 1000 rates.</returns>
    /// <exception cref="ArgumentException">The model is coupled to other units, or its link is not exponential.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive or not below one spike per bin.</exception>
    public static QuasiRenewal Of(GlmModel model, double? maximalRate = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.SpikeFilters.FirstOrDefault(filter => !string.Equals(filter.Source, model.Unit, StringComparison.Ordinal)) is { } coupled)
        {
            throw new ArgumentException(
                $"Unit '{model.Unit}' is driven by '{coupled.Source}'; judge it in a recording of that unit, or the units together as a {nameof(PopulationStability)}.", nameof(model));
        }

        return Judge(model, 0, maximalRate);
    }

    /// <summary>Judges a model under the conditions of a recording: its signals and the spikes of other units act by their mean effect on the rate.</summary>
    /// <remarks>The baseline takes up the logarithm of the mean of e^(Σ k * x + Σ c x^p + Σ_j h_j * spikes_j) over all bins. What the unit's own spikes do to the others and these back is not seen.</remarks>
    /// <param name="model">The model.</param>
    /// <param name="conditions">Signals and spikes of the other units; its spikes of the unit itself have no part in it.</param>
    /// <param name="maximalRate">Rate that no neuron of this kind sustains, in hertz; below one spike per bin. null for the rule of <see cref="MaximalRate"/>.</param>
    /// <returns>The verdict with the fixed points.</returns>
    /// <exception cref="ArgumentException">The link of the model is not exponential, or no bin is observed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not positive or not below one spike per bin.</exception>
    /// <exception cref="UnknownUnitException">A unit is missing.</exception>
    public static QuasiRenewal In(GlmModel model, Recording conditions, double? maximalRate = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(conditions);
        GlmModel driven = model with { SpikeFilters = [.. model.SpikeFilters.Where(filter => !string.Equals(filter.Source, model.Unit, StringComparison.Ordinal))] };
        double[] predictor = LinearPredictor.Of(driven, conditions).Values;
        if (predictor.Length == 0) throw new ArgumentException("No bin is observed, so that there are no conditions to judge the model in.", nameof(conditions));
        double constant = model.Baseline + model.Observation.Offset(model.BinWidth);
        return Judge(model, Math.Log(predictor.Average(value => Math.Exp(value - constant))), maximalRate);
    }

    /// <summary>The rate f(A) of the renewal process in which all spikes before the last act through their mean rate A.</summary>
    /// <param name="model">A model whose only spike filters are its own history.</param>
    /// <param name="meanRate">A, in hertz.</param>
    /// <returns>f(A), in hertz.</returns>
    public static double RenewalRate(GlmModel model, double meanRate)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new QuasiRenewalTransfer(model).At(meanRate, drive: 0);
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

    private static QuasiRenewal Judge(GlmModel model, double drive, double? maximalRate)
    {
        double limit = maximalRate ?? SustainableRate.Of(model);
        if (!(limit > 0) || limit * model.BinWidth >= 1)
            throw new ArgumentOutOfRangeException(nameof(maximalRate), limit, $"The limit must be positive and below one spike per bin of {model.BinWidth} s.");
        QuasiRenewalTransfer transfer = new(model);
        double Excess(double rate) => transfer.At(rate, drive) - rate;
        List<double> stable = [], unstable = [];
        double rate = 0, excess = Excess(rate);
        while (rate < limit)
        {
            double next = Math.Min(Math.Max(rate * Step, LowestShare * limit), limit), nextExcess = Excess(next);
            if (excess > 0 && nextExcess <= 0) stable.Add(Root(Excess, rate, next));
            if (excess <= 0 && nextExcess > 0) unstable.Add(Root(Excess, rate, next));
            (rate, excess) = (next, nextExcess);
        }

        StabilityVerdict verdict = stable.Count == 0 ? StabilityVerdict.Divergent : excess > 0 ? StabilityVerdict.Fragile : StabilityVerdict.Stable;
        return new QuasiRenewal(verdict, stable, unstable, limit);
    }

    private static double Root(Func<double, double> excess, double low, double high)
    {
        bool fromAbove = excess(low) > 0;
        for (int i = 0; i < Bisections; i++)
        {
            double middle = 0.5 * (low + high);
            if (excess(middle) > 0 == fromAbove) low = middle;
            else high = middle;
        }

        return 0.5 * (low + high);
    }
}
