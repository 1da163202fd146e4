using SpikeStats.Models.Neurons;
using SpikeStats.Models.Renewal;
using SpikeStats.Models.Theory;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.FirstPassage;

/// <summary>The intervals of a leaky integrate-and-fire neuron under white noise: the refractory period and the first passage from reset to threshold.</summary>
/// <remarks>
/// τ dV/dt = -V + μ + σ √τ ξ(t) from V_r to θ. The Laplace transform of the passage time, a ratio of parabolic cylinder functions, is inverted along its path of
/// steepest descent, so that density, survivor and hazard keep their digits in both tails; between nodes their logarithms are interpolated by Chebyshev polynomials.
/// Only (θ - μ)/σ, (V_r - μ)/σ, τ and the refractory period matter: intervals do not tell the scale of the voltage.
/// <para><b>Accuracy:</b> 10⁻⁹ in log f and log S, or 10⁻¹¹ of them where they exceed 100; tested against 18-digit values, against <see cref="VolterraPassage"/>, against
/// the moments of <see cref="IntervalCumulants"/> and in the limit of the perfect integrator. <b>Cost:</b> some 10 ms for each octave of times that is first asked
/// for, then 0.1 µs.</para>
/// <para><b>Source:</b> the transform: Siegert, Phys Rev 81:617 (1951); the inversion is ours, see docs/theory/first-passage.md.</para>
/// </remarks>
public sealed record LeakyPassage : IntervalDistribution
{
    private const int MaxIterations = 100;
    private const double Precision = 1e-13;

    private readonly PassageTable density, survivor;

    /// <summary>Creates the distribution of a neuron.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="input">Mean and noise of its input, in volts.</param>
    /// <exception cref="ArgumentException">There is no noise, or so little that the intervals are fixed to rounding, or the reset is not below the threshold.</exception>
    public LeakyPassage(LeakyIntegrateAndFire neuron, WhiteNoiseInput input)
    {
        ArgumentNullException.ThrowIfNull(neuron);
        neuron.Validate();
        if (Siegert.IsDeterministic(neuron, input.Mean, input.Sigma)) throw new ArgumentException("Without noise the intervals are all equal and have no density; give σ > 0.", nameof(input));
        Neuron = neuron;
        Input = input;
        Mean = 1 / Siegert.Rate(neuron, input);
        double passage = (Mean - neuron.RefractoryPeriod) / neuron.TimeConstant;
        PassageInversion inversion = new((neuron.Reset - input.Mean) / input.Sigma, (neuron.Threshold - input.Mean) / input.Sigma, passage);
        density = new PassageTable(inversion.LogDensity, passage);
        survivor = new PassageTable(inversion.LogSurvivor, passage);
    }

    /// <summary>The neuron.</summary>
    public LeakyIntegrateAndFire Neuron { get; }

    /// <summary>Mean and noise of its input, in volts.</summary>
    public WhiteNoiseInput Input { get; }

    /// <inheritdoc/>
    public override string Name => "lif";

    /// <summary>μ, σ (in volts), τ and the refractory period (in seconds), given the threshold and the reset.</summary>
    public override IReadOnlyList<IntervalParameter> Parameters =>
        [new("mean", "V", Input.Mean), new("sigma", "V", Input.Sigma), new("timeConstant", "s", Neuron.TimeConstant), new("refractoryPeriod", "s", Neuron.RefractoryPeriod)];

    /// <inheritdoc/>
    public override double LogDensity(double time) => Passed(time) switch
    {
        <= 0 or double.PositiveInfinity => double.NegativeInfinity,
        double.NaN => double.NaN,
        double passed => density.At(passed) - Math.Log(Neuron.TimeConstant),
    };

    /// <inheritdoc/>
    public override double LogSurvivor(double time) => Passed(time) switch
    {
        <= 0 => 0,
        double.PositiveInfinity => double.NegativeInfinity,
        double.NaN => double.NaN,
        double passed => Math.Min(0, survivor.At(passed)),
    };

    /// <summary>The mean interval, in seconds; infinite below the smallest rate that a number can hold.</summary>
    public override double Mean { get; }

    /// <inheritdoc/>
    public override double Variance
    {
        get
        {
            double deviation = Mean * Siegert.CoefficientOfVariation(Neuron, Input);
            return deviation * deviation;
        }
    }

    /// <summary>Draws an interval by inverting the survivor.</summary>
    /// <param name="stream">The stream of random numbers.</param>
    /// <returns>Seconds.</returns>
    public override double Sample(RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return AtLogSurvivor(-stream.NextExponential());
    }

    /// <summary>The time by which an interval has ended with a probability.</summary>
    /// <param name="probability">Between 0 and 1, both excluded.</param>
    /// <returns>Seconds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not between 0 and 1.</exception>
    public double Quantile(double probability)
    {
        if (!(probability > 0 && probability < 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "The probability must lie between 0 and 1.");
        return AtLogSurvivor(ScalarFunctions.Exponentials.LogOnePlus(-probability));
    }

    /// <summary>Whether the other has the same neuron and the same input.</summary>
    /// <param name="other">The other.</param>
    /// <returns>True if so.</returns>
    public bool Equals(LeakyPassage? other) => other is not null && Neuron == other.Neuron && Input == other.Input;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Neuron, Input);

    /// <summary>The derivatives of log f, at a time after the refractory period in time constants.</summary>
    internal PassagePanel DensityPanel(double passed) => density.Panel(passed);

    /// <summary>Those of log S.</summary>
    internal PassagePanel SurvivorPanel(double passed) => survivor.Panel(passed);

    private double Passed(double time) => (time - Neuron.RefractoryPeriod) / Neuron.TimeConstant;

    // Newton's steps on log S, whose slope is the hazard, kept within the bracket by halving it.
    private double AtLogSurvivor(double target)
    {
        double low = 0, high = (Mean - Neuron.RefractoryPeriod) / Neuron.TimeConstant;
        while (survivor.At(high) > target)
        {
            low = high;
            high *= 2;
        }

        while (low == 0 && survivor.At(0.5 * high) <= target) high *= 0.5;
        double time = 0.5 * (Math.Max(low, 0.5 * high) + high);
        for (int i = 0; i < MaxIterations; i++)
        {
            double logarithm = survivor.At(time);
            if (logarithm > target) low = time;
            else high = time;
            double next = time + ((logarithm - target) * Math.Exp(logarithm - density.At(time)));
            if (!(next > low && next < high)) next = 0.5 * (low + high);
            if (Math.Abs(next - time) <= Precision * time) break;
            time = next;
        }

        return Neuron.RefractoryPeriod + (Neuron.TimeConstant * time);
    }
}
