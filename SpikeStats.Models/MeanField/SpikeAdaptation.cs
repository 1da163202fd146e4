using SpikeStats.Models.Neurons;
using SpikeStats.Models.Renewal;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.MeanField;

/// <summary>Spike-frequency adaptation: every spike adds b to a variable w that decays with τ_w and is subtracted from the mean input.</summary>
/// <remarks>
/// A rate model keeps the mean b ν τ_w of w alone. Between spikes w decays, so that even a clock leaves a ripple, and an irregular train a noise, whose exact
/// variances are given here for a renewal train. The train is taken as given: that w acts back on the intervals, which correlates them, is neglected in the variance.
/// <para><b>Source:</b> Benda and Herz, Neural Comput 15:2523 (2003); Schwalger, Fisch, Benda and Lindner, PLoS Comput Biol 6:e1001026 (2010); the variance is ours.</para>
/// </remarks>
public sealed record SpikeAdaptation
{
    private const int Iterations = 200;

    /// <summary>States the adaptation.</summary>
    /// <param name="increment">b, in volts; not negative.</param>
    /// <param name="timeConstant">τ_w, in seconds; positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public SpikeAdaptation(double increment, double timeConstant)
    {
        Increment = Require.NotNegative(increment, nameof(increment), "The increment", "in volts");
        TimeConstant = Require.Positive(timeConstant, nameof(timeConstant), "The time constant of adaptation", "in seconds");
    }

    /// <summary>b, in volts.</summary>
    public double Increment { get; }

    /// <summary>τ_w, in seconds.</summary>
    public double TimeConstant { get; }

    /// <summary>The rate at onset and in the steady state, ν = Φ(μ - b τ_w ν, σ), and their slopes.</summary>
    /// <remarks><b>Accuracy:</b> 10⁻¹² relative beyond that of the transfer.</remarks>
    /// <param name="transfer">The neuron without adaptation.</param>
    /// <param name="input">Mean and noise.</param>
    /// <returns>The rates; both 0 for a silent neuron.</returns>
    public AdaptedRate MeanField(IRateTransfer transfer, WhiteNoiseInput input)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        double onset = transfer.Rate(input), slope = transfer.Susceptibility(input, 0).Real, feedback = Increment * TimeConstant;

        // Φ(μ - b τ_w ν) - ν falls with ν: the root is single, between silence and the rate at onset.
        double low = 0, high = onset, steady = onset;
        for (int i = 0; i < Iterations; i++)
        {
            WhiteNoiseInput adapted = input with { Mean = input.Mean - (feedback * steady) };
            double excess = transfer.Rate(adapted) - steady;
            if (excess == 0) break;
            if (excess > 0) low = steady;
            else high = steady;
            double next = steady + (excess / (1 + (feedback * transfer.Susceptibility(adapted, 0).Real)));
            if (!(next > low && next < high)) next = 0.5 * (low + high);
            bool isDone = Math.Abs(next - steady) <= 1e-15 * steady;
            steady = next;
            if (isDone) break;
        }

        double adaptedSlope = transfer.Susceptibility(input with { Mean = input.Mean - (feedback * steady) }, 0).Real;
        return new AdaptedRate(onset, slope, steady, adaptedSlope / (1 + (feedback * adaptedSlope)));
    }

    /// <summary>The mean of w.</summary>
    /// <param name="rate">The rate of the train, in hertz; not negative.</param>
    /// <returns>b ν τ_w, in volts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public double Mean(double rate) => Increment * TimeConstant * Require.NotNegative(rate, nameof(rate), "The rate", "in hertz");

    /// <summary>The stationary variance of w under a renewal train.</summary>
    /// <remarks>
    /// With the Laplace transform φ of the interval, φ_1 = φ(1/τ_w) and φ_2 = φ(2/τ_w), w before a spike has moments b φ_1/(1 - φ_1) and
    /// φ_2 (2b ⟨w⟩ + b²)/(1 - φ_2); averaging the decay over the intervals gives the variance in time. <b>Accuracy:</b> rounding, beyond that of φ.
    /// </remarks>
    /// <param name="intervals">The law of the intervals.</param>
    /// <returns>In units of volts squared.</returns>
    /// <exception cref="ArgumentException">The mean interval is infinite.</exception>
    public double Variance(IntervalDistribution intervals)
    {
        ArgumentNullException.ThrowIfNull(intervals);
        if (!double.IsFinite(intervals.Mean)) throw new ArgumentException("A train whose mean interval is infinite has no stationary state.", nameof(intervals));
        return Variance(1 / intervals.Mean, intervals.LaplaceTransform);
    }

    /// <summary>The stationary variance of w under the train of a leaky neuron whose input is given.</summary>
    /// <param name="transfer">The neuron.</param>
    /// <param name="input">Its mean input, adaptation subtracted, and noise.</param>
    /// <returns>In units of volts squared; 0 for a silent neuron.</returns>
    /// <exception cref="ArgumentException">There is no noise.</exception>
    public double Variance(LeakyTransfer transfer, WhiteNoiseInput input)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        return Variance(transfer.Rate(input), rate => transfer.IntervalTransform(input, rate).Real);
    }

    /// <summary>The variance of w in time under a clock: the ripple of its decay.</summary>
    /// <param name="rate">The rate, in hertz; positive.</param>
    /// <returns>In units of volts squared.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not positive and finite.</exception>
    public double RegularVariance(double rate) => Variance(Require.Positive(rate, nameof(rate), "The rate", "in hertz"), decay => Math.Exp(-decay / rate));

    private double Variance(double rate, Func<double, double> transform)
    {
        if (rate == 0) return 0;
        double first = transform(1 / TimeConstant), second = transform(2 / TimeConstant);
        double mean = Increment * first / (1 - first), afterSpike = (2 * Increment * mean) + (Increment * Increment);
        double square = second * afterSpike / (1 - second), average = Mean(rate);
        return (0.5 * rate * TimeConstant * (square + afterSpike) * (1 - second)) - (average * average);
    }
}
