using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.FirstPassage;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Renewal;
using SpikeStats.Models.Theory;

namespace SpikeStats.Fitting.IntegrateAndFire;

/// <summary>The intervals of a leaky integrate-and-fire neuron under white noise: the mean μ and the noise σ of its input are estimated.</summary>
/// <remarks>
/// Intervals tell no more than (θ - μ)/σ, (V_r - μ)/σ, τ and the refractory period. The threshold θ and the reset V_r are therefore given: they are the scale of the voltage,
/// and shifting or stretching both shifts or stretches μ and σ alike, at the same likelihood. The refractory period is given too and must be shorter than every interval.
/// So is τ: μ, σ and τ change the distribution in similar ways.
/// <para>Gradient and Hessian are exact: they are inverted from the derivatives of the transform, see <see cref="LeakyPassage"/>.</para>
/// </remarks>
public sealed record LeakyPassageFamily : IntervalFamily
{
    // Where the guess looks: noise from a fortieth to forty times the distance between reset and threshold.
    private const double NoiseRange = 40;
    private const int NoiseSteps = 40;
    private const int Halvings = 60;

    /// <summary>Threshold, reset, refractory period and time constant of the neuron.</summary>
    /// <value>20 mV, 10 mV, 2 ms and 20 ms by default.</value>
    public LeakyIntegrateAndFire Neuron
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            value.Validate();
            field = value;
        }
    }

    = new();

    /// <inheritdoc/>
    public override string Name => "lif";

    /// <inheritdoc/>
    public override int ParameterCount => 2;

    /// <inheritdoc/>
    public override double ShortestInterval => Neuron.RefractoryPeriod;

    private double Distance => Neuron.Threshold - Neuron.Reset;

    internal override bool IsPositive(int parameter) => parameter > 0;

    internal override double Unit(int parameter) => Distance;

    // The noise whose coefficient of variation, at the mean rate of the sample, is nearest.
    internal override double[] Guess(IntervalSample sample)
    {
        double mean = sample.Mean, deviation = Math.Sqrt(sample.Complete.Average(time => (time - mean) * (time - mean)));
        double target = deviation / mean, nearest = double.PositiveInfinity;
        double[] best = [Neuron.Threshold, Distance];
        for (int k = 0; k <= NoiseSteps; k++)
        {
            double sigma = Distance * Math.Pow(NoiseRange, (2.0 * k / NoiseSteps) - 1), drive = MeanOf(1 / mean, sigma);
            double miss = Math.Abs(Math.Log(Siegert.CoefficientOfVariation(Neuron, new WhiteNoiseInput(drive, sigma)) / target));
            if (miss < nearest) (nearest, best[0], best[1]) = (miss, drive, sigma);
        }

        return best;
    }

    internal override IntervalDistribution Create(ReadOnlySpan<double> parameters) =>
        new LeakyPassage(Neuron, new WhiteNoiseInput(parameters[0], parameters[1]));

    internal override void AddDensity(ReadOnlySpan<double> parameters, double time, ParameterDerivatives sum) => AddDensity(Create(parameters), parameters, time, sum);

    internal override void AddDensity(IntervalDistribution distribution, ReadOnlySpan<double> parameters, double time, ParameterDerivatives sum)
    {
        LeakyPassage law = (LeakyPassage)distribution;
        double passed = (time - law.Neuron.RefractoryPeriod) / law.Neuron.TimeConstant;
        Add(law, law.DensityPanel(passed), passed, sum);
    }

    internal override bool TryAddSurvivor(IntervalDistribution distribution, ReadOnlySpan<double> parameters, double time, ParameterDerivatives sum)
    {
        LeakyPassage law = (LeakyPassage)distribution;
        double passed = (time - law.Neuron.RefractoryPeriod) / law.Neuron.TimeConstant;
        if (passed > 0) Add(law, law.SurvivorPanel(passed), passed, sum);
        return true;
    }

    // From the derivatives by y_θ = (θ - μ)/σ and y_r = (V_r - μ)/σ to those by μ and σ.
    private static void Add(LeakyPassage law, PassagePanel panel, double s, ParameterDerivatives sum)
    {
        double sigma = law.Input.Sigma, square = sigma * sigma;
        double a = (law.Neuron.Threshold - law.Input.Mean) / sigma, b = (law.Neuron.Reset - law.Input.Mean) / sigma;
        double byTop = panel.At(s, 1), byLow = panel.At(s, 2);
        double topTop = panel.At(s, PassageLogarithm.Second(0, 0)), topLow = panel.At(s, PassageLogarithm.Second(0, 1)), lowLow = panel.At(s, PassageLogarithm.Second(1, 1));
        sum.AddFirst(0, -(byTop + byLow) / sigma);
        sum.AddFirst(1, -((a * byTop) + (b * byLow)) / sigma);
        sum.AddSecond(0, 0, (topTop + (2 * topLow) + lowLow) / square);
        sum.AddSecond(0, 1, ((a * topTop) + ((a + b) * topLow) + (b * lowLow) + byTop + byLow) / square);
        sum.AddSecond(1, 1, ((a * a * topTop) + (2 * a * b * topLow) + (b * b * lowLow) + (2 * ((a * byTop) + (b * byLow)))) / square);
    }

    // The mean input that gives a rate at some noise; the rate rises with it.
    private double MeanOf(double rate, double sigma)
    {
        double low = Neuron.Threshold - sigma, high = Neuron.Threshold + sigma;
        while (Siegert.Rate(Neuron, new WhiteNoiseInput(low, sigma)) > rate) low -= 2 * (high - low);
        while (Siegert.Rate(Neuron, new WhiteNoiseInput(high, sigma)) < rate) high += 2 * (high - low);
        for (int i = 0; i < Halvings; i++)
        {
            double middle = 0.5 * (low + high);
            if (Siegert.Rate(Neuron, new WhiteNoiseInput(middle, sigma)) < rate) low = middle;
            else high = middle;
        }

        return 0.5 * (low + high);
    }
}
