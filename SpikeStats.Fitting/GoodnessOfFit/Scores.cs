using MathNet.Numerics;

namespace SpikeStats.Fitting.GoodnessOfFit;

/// <summary>Scores of a model from its full log-likelihood in nats (with -log y! and every other constant) and that of simpler models.</summary>
public static class Scores
{
    /// <summary>McFadden's pseudo-R²: 1 - log L / log L₀.</summary>
    /// <remarks>Both log-likelihoods are full; without -log y! the ratio is another number. <b>Source:</b> McFadden 1974; as in nemos and statsmodels.</remarks>
    /// <param name="logLikelihood">log L of the model, in nats.</param>
    /// <param name="nullLogLikelihood">log L₀ of a constant rate on the same spikes, in nats.</param>
    /// <returns>0 for a model no better than a constant rate, negative for a worse one.</returns>
    public static double McFadden(double logLikelihood, double nullLogLikelihood) => 1 - (logLikelihood / nullLogLikelihood);

    /// <summary>The fraction of the deviance that a model explains: (log L - log L₀) / (log L_sat - log L₀).</summary>
    /// <remarks><b>Source:</b> Cohen, Cohen, West and Aiken 2003.</remarks>
    /// <param name="logLikelihood">log L of the model, in nats.</param>
    /// <param name="nullLogLikelihood">log L₀ of a constant rate, in nats.</param>
    /// <param name="saturatedLogLikelihood">log L of a model with a parameter per observation, in nats.</param>
    /// <returns>1 for a perfect model, 0 for one no better than a constant rate, negative for a worse one.</returns>
    public static double DevianceExplained(double logLikelihood, double nullLogLikelihood, double saturatedLogLikelihood) =>
        (logLikelihood - nullLogLikelihood) / (saturatedLogLikelihood - nullLogLikelihood);

    /// <summary>The information that a model gives about each spike beyond a constant rate: (log L - log L₀) / (n log 2).</summary>
    /// <param name="logLikelihood">log L of the model, in nats.</param>
    /// <param name="nullLogLikelihood">log L₀ of a constant rate on the same spikes, in nats; for held-out spikes the rate of the training data.</param>
    /// <param name="spikeCount">Number n of spikes; positive.</param>
    /// <returns>Bits per spike.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no spike.</exception>
    public static double BitsPerSpike(double logLikelihood, double nullLogLikelihood, long spikeCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spikeCount, 1);
        return (logLikelihood - nullLogLikelihood) / (spikeCount * Constants.Ln2);
    }

    /// <summary>Akaike's information criterion: 2 k - 2 log L.</summary>
    /// <param name="logLikelihood">Maximum of the log-likelihood, in nats.</param>
    /// <param name="parameterCount">Number of free parameters k; the effective number for a penalised fit.</param>
    /// <returns>The criterion; smaller is better.</returns>
    public static double Aic(double logLikelihood, double parameterCount) => 2 * (parameterCount - logLikelihood);

    /// <summary>The Bayesian information criterion: k log n - 2 log L.</summary>
    /// <param name="logLikelihood">Maximum of the log-likelihood, in nats.</param>
    /// <param name="parameterCount">Number of free parameters k; the effective number for a penalised fit.</param>
    /// <param name="observationCount">Number n of observations: bins for a model on bins, spikes for one in continuous time; positive.</param>
    /// <returns>The criterion; smaller is better.</returns>
    public static double Bic(double logLikelihood, double parameterCount, long observationCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(observationCount, 1);
        return (parameterCount * Math.Log(observationCount)) - (2 * logLikelihood);
    }

    /// <summary>The log-likelihood of Poisson counts: Σ (y log μ - μ - log y!).</summary>
    /// <param name="counts">Counts y, one per bin, not negative.</param>
    /// <param name="expected">Expected counts μ, one per bin, not negative.</param>
    /// <returns>Nats; 0 for no bin, negative infinity if there is a spike where none is expected.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a count is negative.</exception>
    public static double PoissonLogLikelihood(ReadOnlySpan<int> counts, ReadOnlySpan<double> expected)
    {
        if (counts.Length != expected.Length)
            throw new ArgumentException($"{counts.Length} counts need as many expected counts, not {expected.Length}.", nameof(expected));
        double sum = 0;
        for (int i = 0; i < counts.Length; i++) sum += LogProbability(counts[i], expected[i]);
        return sum;
    }

    /// <summary>The log-likelihood of Poisson counts under their own mean: the null model fitted to the counts themselves.</summary>
    /// <remarks>For held-out counts <see cref="NullLogLikelihood"/> with the rate of the training data is the fair null model.</remarks>
    /// <param name="counts">Counts y, one per bin, not negative.</param>
    /// <returns>Nats; 0 for no bin or no spike.</returns>
    public static double OwnMeanLogLikelihood(ReadOnlySpan<int> counts)
    {
        double spikes = 0;
        foreach (int count in counts) spikes += count;
        return counts.IsEmpty ? 0 : NullLogLikelihood(counts, spikes / counts.Length);
    }

    /// <summary>The log-likelihood of Poisson counts under a constant rate, such as that of the training data.</summary>
    /// <param name="counts">Counts y, one per bin, not negative.</param>
    /// <param name="meanCount">Expected count per bin: rate × bin width.</param>
    /// <returns>Nats; 0 for no bin.</returns>
    /// <exception cref="ArgumentException">A count is negative.</exception>
    public static double NullLogLikelihood(ReadOnlySpan<int> counts, double meanCount)
    {
        double sum = 0;
        foreach (int count in counts) sum += LogProbability(count, meanCount);
        return sum;
    }

    /// <summary>The largest log-likelihood that Poisson counts can have: every expected count equals the count, Σ (y log y - y - log y!).</summary>
    /// <param name="counts">Counts y, one per bin, not negative.</param>
    /// <returns>Nats; 0 for no bin or no spike. Not 0 for counts of 1, unlike formulas that leave out log y!.</returns>
    /// <exception cref="ArgumentException">A count is negative.</exception>
    public static double SaturatedLogLikelihood(ReadOnlySpan<int> counts)
    {
        double sum = 0;
        foreach (int count in counts) sum += LogProbability(count, count);
        return sum;
    }

    private static double LogProbability(int count, double expected)
    {
        if (count < 0) throw new ArgumentException($"A count must not be negative, but one is {count}.", nameof(count));
        // 0 log 0 is 0: no spike where none is expected.
        return count == 0 ? -expected : (count * Math.Log(expected)) - expected - SpecialFunctions.FactorialLn(count);
    }
}
