using System.Globalization;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.FirstPassage;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Renewal;
using SpikeStats.Models.ScalarFunctions;
using SpikeStats.Models.Theory;

namespace SpikeStats.Fitting.IntegrateAndFire;

/// <summary>The intervals of a leaky integrate-and-fire neuron under white noise: mean μ and noise σ of its input are estimated, and its time constant τ and refractory period if asked.</summary>
/// <remarks>
/// Intervals tell no more than (θ - μ)/σ, (V_r - μ)/σ, τ and the refractory period t_ref. The threshold θ and the reset V_r are therefore given: they are the scale of the
/// voltage, and shifting or stretching both shifts or stretches μ and σ alike, at the same likelihood.
/// <para><b>τ</b> is told by how intervals differ from those of a perfect integrator (inverse Gaussian, τ = ∞) and from a constant rate (exponential, τ = 0). Near either the likelihood
/// is flat or rises without end, and the certificate says so.</para>
/// <para><b>t_ref</b> lies below the shortest interval. The density starts from there with all its derivatives zero, so that its estimate is normal with an error of 1/√n, not of
/// 1/n as for a density that starts with a jump. Estimates of zero are at the edge and have no standard error.</para>
/// <para>With τ estimated the likelihood is far from normal, and 95 % intervals come from its profile; those of standard errors would be too short.</para>
/// <para>Gradient and Hessian are exact: they are inverted from the derivatives of the transform, see <see cref="LeakyPassage"/>. <b>Cost:</b> some 20 ms for each Newton
/// iteration and 2 µs for each interval in it.</para>
/// <para><b>Accuracy:</b> derivatives tested against differences, estimates by the coverage of their intervals on neurons simulated by a method that shares nothing with the density.</para>
/// </remarks>
public sealed record LeakyPassageFamily : IntervalFamily
{
    // Where the guess looks: noise from a fortieth to forty times the distance between reset and threshold.
    private const double NoiseRange = 40;
    private const int NoiseSteps = 40;
    private const int Halvings = 60;

    // Guesses of an estimated time constant, in mean intervals, are held against as many intervals at most.
    private const int GuessedIntervals = 300;
    private const double GuessedRefractoryPart = 0.5;

    // Beyond, rounding decides: noise against the distance from reset to threshold, times against the mean interval, and (θ - μ)/σ.
    private const double LeastNoise = 1e-3, MostNoise = 1e5, TimeRange = 1e6, Farthest = 25;

    // A time constant of this many mean intervals shows no leak any more, and the reverse no memory.
    private const double Flat = 30;

    // A refractory period below this part of the shortest interval is none.
    private const double NoRefractoryPart = 1e-3;

    // An interval of the time constant as wide as this factor, or a correlation this near to one, is said.
    private const double WideInterval = 5, LargeCorrelation = 0.99;

    private static readonly double[] guessedTimeConstants = [0.03, 0.1, 0.3, 1, 3, 10];

    /// <summary>Threshold, reset, refractory period and time constant of the neuron; the latter two are not used where they are estimated.</summary>
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

    /// <summary>Whether the time constant is estimated.</summary>
    /// <value>False by default: it is the one of <see cref="Neuron"/>.</value>
    public bool EstimatesTimeConstant { get; init; }

    /// <summary>Whether the refractory period is estimated.</summary>
    /// <value>False by default: it is the one of <see cref="Neuron"/>, which must be shorter than every interval.</value>
    public bool EstimatesRefractoryPeriod { get; init; }

    /// <inheritdoc/>
    public override string Name => "lif";

    /// <inheritdoc/>
    public override int ParameterCount => 2 + (EstimatesTimeConstant ? 1 : 0) + (EstimatesRefractoryPeriod ? 1 : 0);

    /// <inheritdoc/>
    public override double ShortestInterval => EstimatesRefractoryPeriod ? 0 : Neuron.RefractoryPeriod;

    private double Distance => Neuron.Threshold - Neuron.Reset;

    // Where the estimates of τ and t_ref stand, after μ and σ.
    private int TimeConstantAt => EstimatesTimeConstant ? 2 : -1;

    private double TimeConstantOf(double[] parameters) => EstimatesTimeConstant ? parameters[TimeConstantAt] : Neuron.TimeConstant;

    private double RefractoryOf(double[] parameters) => EstimatesRefractoryPeriod ? parameters[RefractoryAt] : Neuron.RefractoryPeriod;

    // How far the constant input whose intervals have the mean length lies above the threshold, in distances from reset to threshold.
    private double Excess(double[] parameters, double mean) => 1 / Exponentials.MinusOne((mean - RefractoryOf(parameters)) / TimeConstantOf(parameters));

    private int RefractoryAt => EstimatesRefractoryPeriod ? ParameterCount - 1 : -1;

    internal override int EstimateOf(int parameter) => parameter switch
    {
        2 => TimeConstantAt,
        3 => RefractoryAt,
        _ => parameter,
    };

    internal override bool IsPositive(int parameter) => parameter > 0;

    internal override int Ridge => TimeConstantAt;

    // Where the likelihood is nearly flat its ridge is straight, more or less, in q = (μ - c)/(σ k) and n = log(σ/k): c is the constant input whose intervals without noise
    // have the mean length T, and k⁴ = 1 + (τ/T)². For τ ≫ T these are drift and diffusion of a perfect integrator; for τ ≪ T c is the threshold, and q tells the rate of escape.
    internal override double[] ToVariables(double[] parameters, double mean)
    {
        double[] variables = [.. parameters.Select(value => Math.Log(value))];
        double factor = Math.Pow(1 + Square(TimeConstantOf(parameters) / mean), 0.25);
        variables[0] = (parameters[0] - Neuron.Threshold - (Distance * Excess(parameters, mean))) / (parameters[1] * factor);
        variables[1] = Math.Log(parameters[1] / (Distance * factor));
        return variables;
    }

    internal override double[] ToParameters(double[] variables, double mean)
    {
        double[] parameters = [.. variables.Select(value => Math.Exp(value))];
        double noise = Distance * Math.Exp(variables[1]), square = 1 + Square(TimeConstantOf(parameters) / mean);
        parameters[0] = Neuron.Threshold + (Distance * Excess(parameters, mean)) + (variables[0] * noise * Math.Sqrt(square));
        parameters[1] = noise * Math.Pow(square, 0.25);
        return parameters;
    }

    internal override VariableChange ChangeAt(double[] variables, double mean)
    {
        VariableChange change = new(ParameterCount);
        double[] parameters = ToParameters(variables, mean);
        double tau = TimeConstantOf(parameters), square = Square(tau / mean), part = square / (1 + square), sigma = parameters[1];
        double unit = Distance * Math.Exp(variables[1]) * Math.Sqrt(1 + square), drive = variables[0] * unit;
        change.SetFirst(0, 0, unit);
        change.SetFirst(0, 1, drive);
        change.SetSecond(0, 0, 1, unit);
        change.SetSecond(0, 1, 1, drive);
        change.SetFirst(1, 1, sigma);
        change.SetSecond(1, 1, 1, sigma);
        for (int k = 2; k < ParameterCount; k++)
        {
            change.SetFirst(k, k, parameters[k]);
            change.SetSecond(k, k, k, parameters[k]);
        }

        // b = 1/(e^r - 1) with r = (T - t_ref)/τ.
        double excess = Excess(parameters, mean), refractory = RefractoryOf(parameters), r = (mean - refractory) / tau, byLogRefractory = -refractory / tau;
        double slope = -Distance * excess * (1 + excess), curvature = -slope * (1 + (2 * excess));
        if (EstimatesTimeConstant)
        {
            change.SetFirst(0, TimeConstantAt, (slope * -r) + (drive * part));
            change.SetSecond(0, 0, TimeConstantAt, unit * part);
            change.SetSecond(0, 1, TimeConstantAt, drive * part);
            change.SetSecond(0, TimeConstantAt, TimeConstantAt, (curvature * r * r) + (slope * r) + (drive * part * (2 - part)));
            change.SetFirst(1, TimeConstantAt, 0.5 * sigma * part);
            change.SetSecond(1, 1, TimeConstantAt, 0.5 * sigma * part);
            change.SetSecond(1, TimeConstantAt, TimeConstantAt, sigma * part * (1 - (0.75 * part)));
        }

        if (EstimatesRefractoryPeriod)
        {
            change.SetFirst(0, RefractoryAt, slope * byLogRefractory);
            change.SetSecond(0, RefractoryAt, RefractoryAt, (curvature * byLogRefractory * byLogRefractory) + (slope * byLogRefractory));
            if (EstimatesTimeConstant) change.SetSecond(0, TimeConstantAt, RefractoryAt, (curvature * -r * byLogRefractory) - (slope * byLogRefractory));
        }

        return change;
    }

    // The noise whose coefficient of variation, at the mean rate of the sample, is nearest; for the likeliest of some time constants.
    internal override double[] Guess(IntervalSample sample)
    {
        LeakyIntegrateAndFire guessed = EstimatesRefractoryPeriod ? Neuron with { RefractoryPeriod = GuessedRefractoryPart * sample.Complete.Min() } : Neuron;
        if (!EstimatesTimeConstant) return Guess(sample, guessed);
        int stride = 1 + ((sample.Complete.Length - 1) / GuessedIntervals);
        double[] some = [.. sample.Complete.Where((_, i) => i % stride == 0)];
        return guessedTimeConstants.Select(factor => Guess(sample, guessed with { TimeConstant = factor * sample.Mean }))
            .MaxBy(guess => some.Sum(Create(guess).LogDensity) is var sum && double.IsFinite(sum) ? sum : double.NegativeInfinity)!;
    }

    internal override bool IsPossible(ReadOnlySpan<double> parameters, IntervalSample sample)
    {
        double noise = parameters[1] / Distance, tau = (EstimatesTimeConstant ? parameters[TimeConstantAt] : Neuron.TimeConstant) / sample.Mean;
        if (EstimatesRefractoryPeriod && parameters[RefractoryAt] >= sample.Complete.Min()) return false;
        double top = (Neuron.Threshold - parameters[0]) / parameters[1];
        return noise is > LeastNoise and < MostNoise && top is > -MostNoise and < Farthest && (!EstimatesTimeConstant || tau is > 1 / TimeRange and < TimeRange);
    }

    internal override IntervalDistribution Create(ReadOnlySpan<double> parameters)
    {
        LeakyIntegrateAndFire neuron = Neuron;
        if (EstimatesTimeConstant) neuron = neuron with { TimeConstant = parameters[TimeConstantAt] };
        if (EstimatesRefractoryPeriod) neuron = neuron with { RefractoryPeriod = parameters[RefractoryAt] };
        return new LeakyPassage(neuron, new WhiteNoiseInput(parameters[0], parameters[1]));
    }

    internal override void AddDensity(ReadOnlySpan<double> parameters, double time, ParameterDerivatives sum) => AddDensity(Create(parameters), parameters, time, sum);

    internal override void AddDensity(IntervalDistribution distribution, ReadOnlySpan<double> parameters, double time, ParameterDerivatives sum)
    {
        LeakyPassage law = (LeakyPassage)distribution;
        double passed = (time - law.Neuron.RefractoryPeriod) / law.Neuron.TimeConstant;
        Add(law, law.DensityPanel(passed), passed, sum);
        if (!EstimatesTimeConstant) return;

        // The density is one per time constant.
        double tau = law.Neuron.TimeConstant;
        sum.AddFirst(TimeConstantAt, -1 / tau);
        sum.AddSecond(TimeConstantAt, TimeConstantAt, 1 / (tau * tau));
    }

    internal override bool TryAddSurvivor(IntervalDistribution distribution, ReadOnlySpan<double> parameters, double time, ParameterDerivatives sum)
    {
        LeakyPassage law = (LeakyPassage)distribution;
        double passed = (time - law.Neuron.RefractoryPeriod) / law.Neuron.TimeConstant;
        if (passed > 0) Add(law, law.SurvivorPanel(passed), passed, sum);
        return true;
    }

    // From the derivatives by y_θ = (θ - μ)/σ, y_r = (V_r - μ)/σ and s = (t - t_ref)/τ to those by the parameters.
    private void Add(LeakyPassage law, PassagePanel panel, double s, ParameterDerivatives sum)
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
        if (!EstimatesTimeConstant && !EstimatesRefractoryPeriod) return;

        double tau = law.Neuron.TimeConstant, bySlope = panel.At(s, 3), slopeSlope = panel.At(s, PassageLogarithm.Second(2, 2));
        double topSlope = panel.At(s, PassageLogarithm.Second(0, 2)), lowSlope = panel.At(s, PassageLogarithm.Second(1, 2));
        double byMean = (topSlope + lowSlope) / (sigma * tau), bySigma = ((a * topSlope) + (b * lowSlope)) / (sigma * tau);
        if (EstimatesTimeConstant)
        {
            sum.AddFirst(TimeConstantAt, -s * bySlope / tau);
            sum.AddSecond(0, TimeConstantAt, s * byMean);
            sum.AddSecond(1, TimeConstantAt, s * bySigma);
            sum.AddSecond(TimeConstantAt, TimeConstantAt, s * ((s * slopeSlope) + (2 * bySlope)) / (tau * tau));
        }

        if (EstimatesRefractoryPeriod)
        {
            sum.AddFirst(RefractoryAt, -bySlope / tau);
            sum.AddSecond(0, RefractoryAt, byMean);
            sum.AddSecond(1, RefractoryAt, bySigma);
            sum.AddSecond(RefractoryAt, RefractoryAt, slopeSlope / (tau * tau));
            if (EstimatesTimeConstant) sum.AddSecond(TimeConstantAt, RefractoryAt, ((s * slopeSlope) + bySlope) / (tau * tau));
        }
    }

    internal override (IntervalFamily Family, string Note)? AtLimit(ReadOnlySpan<double> parameters, int runaway, IntervalSample sample)
    {
        if (!EstimatesRefractoryPeriod || (runaway != RefractoryAt && parameters[RefractoryAt] > NoRefractoryPart * sample.Complete.Min())) return null;
        LeakyPassageFamily limit = this with { EstimatesRefractoryPeriod = false, Neuron = Neuron with { RefractoryPeriod = 0 } };
        return (limit, "The likelihood is largest without a refractory period: it is zero, or too short for these intervals to tell.");
    }

    internal override int Runaway(ReadOnlySpan<double> parameters, IntervalSample sample)
    {
        double ratio = EstimatesTimeConstant ? parameters[TimeConstantAt] / sample.Mean : 1;
        return ratio is > Flat or < 1 / Flat ? TimeConstantAt : -1;
    }

    internal override string LimitWords(int estimate, bool toZero)
    {
        if (estimate != TimeConstantAt && !(EstimatesTimeConstant && estimate < 2)) return base.LimitWords(estimate, toZero);
        return "The intervals do not tell the time constant: without leak (infinite) they are those of a perfect integrator, family inverse-gaussian; with a very short one those of a "
            + "constant rate, family exponential. Give the time constant instead of estimating it.";
    }

    internal override string Caution(IReadOnlyList<ParameterEstimate> estimates, double[,] covariance)
    {
        List<string> words = [];
        if (EstimatesTimeConstant)
        {
            if (!(estimates[2].Upper < WideInterval * estimates[2].Lower))
            {
                words.Add(string.Create(
                    CultureInfo.InvariantCulture, $"The time constant is weakly identified: its 95 % interval reaches from {estimates[2].Lower:G3} s to {estimates[2].Upper:G3} s (infinite: no leak; 0: no memory); give it if it is known."));
            }
        }

        string[] names = [.. Enumerable.Range(0, estimates.Count).Where(i => EstimateOf(i) >= 0).Select(i => estimates[i].Name)];
        double Correlation(int i, int j) => covariance[i, j] / Math.Sqrt(covariance[i, i] * covariance[j, j]);
        int[] tied = [.. Enumerable.Range(0, names.Length).Where(i => Enumerable.Range(0, names.Length).Any(j => j != i && Math.Abs(Correlation(i, j)) > LargeCorrelation))];
        if (tied.Length > 0)
            words.Add($"{string.Join(", ", tied[..^1].Select(i => names[i]))} and {names[tied[^1]]} are tied together: these intervals tell a combination of them far better than each alone.");

        return string.Join(' ', words);
    }

    private double[] Guess(IntervalSample sample, LeakyIntegrateAndFire neuron)
    {
        double mean = sample.Mean, deviation = Math.Sqrt(sample.Complete.Average(time => (time - mean) * (time - mean)));
        double target = deviation / mean, nearest = double.PositiveInfinity;
        double[] best = [neuron.Threshold, Distance, neuron.TimeConstant, neuron.RefractoryPeriod];
        for (int k = 0; k <= NoiseSteps; k++)
        {
            double sigma = Distance * Math.Pow(NoiseRange, (2.0 * k / NoiseSteps) - 1), drive = MeanOf(neuron, 1 / mean, sigma);
            double miss = Math.Abs(Math.Log(Siegert.CoefficientOfVariation(neuron, new WhiteNoiseInput(drive, sigma)) / target));
            if (miss < nearest) (nearest, best[0], best[1]) = (miss, drive, sigma);
        }

        return [.. best.Where((_, i) => EstimateOf(i) >= 0)];
    }

    private static double Square(double value) => value * value;

    // The mean input that gives a rate at some noise; the rate rises with it.
    private static double MeanOf(LeakyIntegrateAndFire neuron, double rate, double sigma)
    {
        double low = neuron.Threshold - sigma, high = neuron.Threshold + sigma;
        while (Siegert.Rate(neuron, new WhiteNoiseInput(low, sigma)) > rate) low -= 2 * (high - low);
        while (Siegert.Rate(neuron, new WhiteNoiseInput(high, sigma)) < rate) high += 2 * (high - low);
        for (int i = 0; i < Halvings; i++)
        {
            double middle = 0.5 * (low + high);
            if (Siegert.Rate(neuron, new WhiteNoiseInput(middle, sigma)) < rate) low = middle;
            else high = middle;
        }

        return 0.5 * (low + high);
    }
}
