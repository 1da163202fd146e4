using System.Numerics;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.ScalarFunctions;
using SpikeStats.Models.Theory;

namespace SpikeStats.Models.MeanField;

/// <summary>A population that inhibits itself through a synapse with delay, and its reduction to a rate model of Wilson and Cowan.</summary>
/// <remarks>
/// μ(t) = μ_0 + J (ν_0 - s(t)), τ_s ds/dt = -s + ν(t - d), with ν_0 = Φ(μ_0, σ), so that the operating point does not depend on J. The rate model takes
/// ν(t) = Φ(μ(t), σ): the rate follows the input at once, with the static gain at every frequency, or through a first-order filter (<see cref="RateModelFilter"/>). The neurons
/// respond by χ(f) instead. The loop gain is G = J ∂Φ/∂μ; oscillations set in where G χ(f)/χ(0) e^(-2πifd)/(1 + 2πif τ_s) = -1.
/// <para><b>Source:</b> Wilson and Cowan, Biophys J 12:1 (1972); Brunel and Hakim, Neural Comput 11:1621 (1999).</para>
/// </remarks>
public sealed class InhibitoryLoop
{
    private const int Refinements = 80, StepsPerDelay = 100, TableSize = 4001;
    private readonly double rate, staticGain;

    /// <summary>States the loop.</summary>
    /// <param name="transfer">The neuron.</param>
    /// <param name="operatingPoint">μ_0 and σ.</param>
    /// <param name="delay">d, in seconds; positive.</param>
    /// <param name="synapticTime">τ_s, in seconds; not negative.</param>
    /// <exception cref="ArgumentException">The neuron is silent at the operating point.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The delay is not positive, or the synaptic time is negative.</exception>
    public InhibitoryLoop(IRateTransfer transfer, WhiteNoiseInput operatingPoint, double delay, double synapticTime)
    {
        ArgumentNullException.ThrowIfNull(transfer);
        Transfer = transfer;
        OperatingPoint = operatingPoint;
        Delay = Require.Positive(delay, nameof(delay), "The delay", "in seconds");
        SynapticTime = Require.NotNegative(synapticTime, nameof(synapticTime), "The time constant of the synapse", "in seconds");
        rate = transfer.Rate(operatingPoint);
        staticGain = transfer.Susceptibility(operatingPoint, 0).Real;
        if (!(rate > 0 && staticGain > 0)) throw new ArgumentException("The neuron is silent at the operating point, so that the loop is open; raise the mean or the noise.", nameof(operatingPoint));
    }

    /// <summary>The neuron.</summary>
    public IRateTransfer Transfer { get; }

    /// <summary>The input at the fixed point.</summary>
    public WhiteNoiseInput OperatingPoint { get; }

    /// <summary>d, in seconds.</summary>
    public double Delay { get; }

    /// <summary>τ_s, in seconds.</summary>
    public double SynapticTime { get; }

    /// <summary>Where the rate model and the neurons become unstable, and what the rate model gets wrong between.</summary>
    /// <remarks><b>Accuracy:</b> 10⁻⁸ relative as tested. <b>Cost:</b> a few hundred susceptibilities.</remarks>
    /// <param name="highestFrequency">The highest frequency to consider, in hertz; positive.</param>
    /// <param name="filter">How fast the rate of the rate model follows its input.</param>
    /// <returns>Both critical points and the sign of the error.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The frequency is not positive and finite, or there is no such filter.</exception>
    public RateModelFailure WhereRateModelFails(double highestFrequency = 1000, RateModelFilter filter = RateModelFilter.None)
    {
        Require.Positive(highestFrequency, nameof(highestFrequency), "The highest frequency", "in hertz");
        double timeConstant = TimeConstantOf(filter);
        CriticalGain rateModel = Critical(frequency => 1 / new Complex(1, 2 * Math.PI * frequency * timeConstant), highestFrequency), neurons = Critical(frequency => Transfer.Susceptibility(OperatingPoint, frequency) / staticGain, highestFrequency);
        return new RateModelFailure(rateModel, neurons);
    }

    /// <summary>Integrates the rate model from a deviation of 1 %.</summary>
    /// <remarks>Synapse and filter are integrated exactly for an input that is linear within a step; the order is 2 where Φ is smooth.</remarks>
    /// <param name="loopGain">G, dimensionless; not negative.</param>
    /// <param name="duration">The time to integrate, in seconds; positive.</param>
    /// <param name="filter">How fast the rate follows its input.</param>
    /// <param name="cancellationToken">Stops the integration.</param>
    /// <returns>The rate, in hertz, at steps of d/100 from 0 on.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The gain is negative, the duration not positive, or there is no such filter.</exception>
    public double[] Integrate(double loopGain, double duration, RateModelFilter filter = RateModelFilter.None, CancellationToken cancellationToken = default)
    {
        double strength = Require.NotNegative(loopGain, nameof(loopGain), "The loop gain", "dimensionless") / staticGain;
        double step = Delay / StepsPerDelay;
        int count = 1 + (int)Math.Ceiling(Require.Positive(duration, nameof(duration), "The duration", "in seconds") / step);
        double[] rates = new double[count];
        LowPass synapse = new(SynapticTime, step), population = new(TimeConstantOf(filter), step);
        double start = 1.01 * rate, filtered = start, mean = MeanAt(filtered), followed = mean;
        Func<double, double> response = Tabulate();
        for (int k = 0; k < count; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (k > 0)
            {
                double before = mean;
                filtered = synapse.Advance(filtered, Delayed(k - 1), Delayed(k));
                mean = MeanAt(filtered);
                followed = population.Advance(followed, before, mean);
            }

            rates[k] = response(followed);
        }

        return rates;

        double MeanAt(double activity) => OperatingPoint.Mean + (strength * (rate - activity));

        double Delayed(int k) => k < StepsPerDelay ? start : rates[k - StepsPerDelay];
    }

    private double TimeConstantOf(RateModelFilter filter) => filter switch
    {
        RateModelFilter.None => 0,
        RateModelFilter.EffectiveTimeConstant => EffectiveTimeConstant.Fit(Transfer, OperatingPoint).TimeConstant,
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "There is no such filter."),
    };

    // The rate as a function of the mean, which no loop moves far: linear between the points of a fine table.
    private Func<double, double> Tabulate()
    {
        Dictionary<int, double> known = [];
        double spacing = 10 * rate / staticGain / TableSize;
        return mean =>
        {
            double position = (mean - OperatingPoint.Mean) / spacing;
            int cell = (int)Math.Floor(position);
            return At(cell) + ((position - cell) * (At(cell + 1) - At(cell)));
        };

        double At(int index)
        {
            if (!known.TryGetValue(index, out double value)) known.Add(index, value = Transfer.Rate(OperatingPoint with { Mean = OperatingPoint.Mean + (index * spacing) }));
            return value;
        }
    }

    private CriticalGain Critical(Func<double, Complex> response, double highestFrequency)
    {
        CriticalGain lowest = new(double.PositiveInfinity, double.NaN);
        int cells = (int)Math.Ceiling(Math.Max(200, 40 * highestFrequency * Delay));
        double last = highestFrequency / cells / 1000;
        Complex atLast = Loop(last);
        for (int k = 1; k <= cells; k++)
        {
            double next = highestFrequency * k / cells;
            Complex atNext = Loop(next);
            if (atLast.Imaginary < 0 != atNext.Imaginary < 0 && atLast.Real + atNext.Real < 0)
            {
                double low = last, high = next;
                for (int i = 0; i < Refinements && high - low > 1e-15 * high; i++)
                {
                    double middle = 0.5 * (low + high);
                    if (Loop(middle).Imaginary < 0 == atLast.Imaginary < 0) low = middle;
                    else high = middle;
                }

                double gain = -1 / Loop(low).Real;
                if (gain > 0 && gain < lowest.LoopGain) lowest = new CriticalGain(gain, low);
            }

            (last, atLast) = (next, atNext);
        }

        return lowest;

        Complex Loop(double frequency)
        {
            double angular = 2 * Math.PI * frequency;
            return response(frequency) * Complex.Exp(new Complex(0, -angular * Delay)) / new Complex(1, angular * SynapticTime);
        }
    }

    /// <summary>A first-order filter, exact for an input that is linear within a step.</summary>
    private readonly struct LowPass(double timeConstant, double step)
    {
        private readonly double decay = timeConstant > 0 ? Math.Exp(-step / timeConstant) : 0;
        private readonly double share = timeConstant > 0 ? timeConstant / step * -Exponentials.MinusOne(-step / timeConstant) : 0;

        public double Advance(double value, double from, double to) => (decay * value) + ((share - decay) * from) + ((1 - share) * to);
    }
}
