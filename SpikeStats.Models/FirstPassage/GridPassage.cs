using SpikeStats.Models.FokkerPlanck;
using SpikeStats.Models.Neurons;
using SpikeStats.Models.Renewal;
using SpikeStats.Models.ScalarFunctions;
using SpikeStats.Models.Theory;
using SpikeStats.RandomStreams;

namespace SpikeStats.Models.FirstPassage;

/// <summary>The intervals of any integrate-and-fire neuron of one variable under white noise, exponential and quadratic ones included, by the Fokker-Planck equation on a grid.</summary>
/// <remarks>
/// The density of the voltage starts at the reset and is absorbed at the threshold; the flux there is the density of the interval. Two grids, one twice as fine in voltage and in time, give an
/// extrapolation; between instants the hazard is interpolated, and after 25 time constants, when the density has its final shape, it is constant.
/// <para><b>Accuracy:</b> 2·10⁻³ in log f where the hazard exceeds a thousandth of its final value and 0.03 down to a millionth, 10⁻⁴ in S, as tested against <see cref="LeakyPassage"/>; earlier intervals are so
/// improbable that the grid knows only their order of magnitude. <b>Cost:</b> some 0.1 s to create.</para>
/// <para><b>Source:</b> the scheme: docs/theory/fokker-planck.md.</para>
/// </remarks>
public sealed record GridPassage : IntervalDistribution
{
    // Cells of the coarse grid and its steps in a time constant.
    private const int Cells = 300, StepsPerTimeConstant = 200;

    // By then the slowest mode is left alone, in time constants.
    private const double Settled = 25;
    private const double LowerSigmas = 6;

    private const int Halvings = 60;

    private readonly double step;

    // At the multiples of the step from 0 on: the logarithm of the hazard in hertz, and the hazard integrated.
    private readonly double[] logHazard, cumulative;

    /// <summary>Creates the distribution of a neuron.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="input">Mean and noise of its input, in volts.</param>
    /// <exception cref="ArgumentException">There is no noise, or so little that the neuron does not fire within what a number can hold, or the reset is not below the threshold.</exception>
    public GridPassage(IntegrateAndFireNeuron neuron, WhiteNoiseInput input)
    {
        ArgumentNullException.ThrowIfNull(neuron);
        neuron.Validate();
        if (input.Sigma == 0) throw new ArgumentException("Without noise the intervals are all equal and have no density; give σ > 0.", nameof(input));
        Neuron = neuron;
        Input = input;
        SteadyFiring firing = new FokkerPlanckEquation(neuron).Firing(input);
        if (!(firing.Rate > 0) || !double.IsFinite(firing.CoefficientOfVariation))
            throw new ArgumentException("The noise is so small that the neuron does not fire within what a number can hold; give a larger σ.", nameof(input));
        Mean = 1 / firing.Rate;
        Variance = Mean * firing.CoefficientOfVariation * Mean * firing.CoefficientOfVariation;
        step = neuron.TimeConstant / StepsPerTimeConstant;
        (double[] coarse, double[] coarseRate) = Passed(1);
        (double[] fine, double[] fineRate) = Passed(2);
        int count = coarse.Length;
        logHazard = new double[count];
        cumulative = new double[count];
        for (int k = 1; k < count; k++)
        {
            // Where so little has passed that the extrapolation is not positive, the fine grid stands alone.
            double passed = fine[2 * k] + ((fine[2 * k] - coarse[k]) / 3), rate = Between(fineRate, 2 * k), extrapolated = rate + ((rate - Between(coarseRate, k)) / 3);
            if (!(passed > 0 && passed < 1)) passed = fine[2 * k];
            cumulative[k] = -Exponentials.LogOnePlus(-passed);
            logHazard[k] = Math.Log(extrapolated > 0 ? extrapolated : rate) + cumulative[k];
        }

        logHazard[0] = double.NegativeInfinity;
    }

    /// <summary>The neuron.</summary>
    public IntegrateAndFireNeuron Neuron { get; }

    /// <summary>Mean and noise of its input, in volts.</summary>
    public WhiteNoiseInput Input { get; }

    /// <inheritdoc/>
    public override string Name => "integrate-and-fire";

    /// <summary>μ, σ (in volts), τ and the refractory period (in seconds), given the drift, the threshold and the reset.</summary>
    public override IReadOnlyList<IntervalParameter> Parameters =>
        [new("mean", "V", Input.Mean), new("sigma", "V", Input.Sigma), new("timeConstant", "s", Neuron.TimeConstant), new("refractoryPeriod", "s", Neuron.RefractoryPeriod)];

    /// <inheritdoc/>
    public override double LogDensity(double time)
    {
        double since = time - Neuron.RefractoryPeriod;
        return since > 0 ? LogHazardAt(since) - CumulativeAt(since) : double.IsNaN(time) ? double.NaN : double.NegativeInfinity;
    }

    /// <inheritdoc/>
    public override double LogSurvivor(double time)
    {
        double since = time - Neuron.RefractoryPeriod;
        return since > 0 ? -CumulativeAt(since) : double.IsNaN(time) ? double.NaN : 0;
    }

    /// <inheritdoc/>
    public override double Mean { get; }

    /// <inheritdoc/>
    public override double Variance { get; }

    /// <summary>Draws an interval by inverting the survivor.</summary>
    /// <param name="stream">The stream of random numbers.</param>
    /// <returns>Seconds.</returns>
    public override double Sample(RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        double target = stream.NextExponential(), low = 0, high = Mean;
        while (CumulativeAt(high) < target) high *= 2;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = 0.5 * (low + high);
            if (CumulativeAt(middle) < target) low = middle;
            else high = middle;
        }

        return Neuron.RefractoryPeriod + high;
    }

    /// <summary>Whether the other has the same neuron and the same input.</summary>
    /// <param name="other">The other.</param>
    /// <returns>True if so.</returns>
    public bool Equals(GridPassage? other) => other is not null && Neuron == other.Neuron && Input == other.Input;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Neuron, Input);

    // What has passed by each step, and the mean rate within each, on a grid that is so many times finer.
    private (double[] Passed, double[] Rate) Passed(int finer)
    {
        // The reset lies on an edge of both grids, so that their errors are alike.
        double lowest = Math.Min(Input.Mean, Neuron.Reset) - (LowerSigmas * Input.Sigma), above = Neuron.Threshold - Neuron.Reset;
        double width = above / Math.Ceiling(Cells * above / (Neuron.Threshold - lowest));
        int cells = (int)Math.Ceiling((Neuron.Threshold - lowest) / width);
        FokkerPlanckOptions options = new() { Cells = finer * cells, LowerBoundary = Neuron.Threshold - (cells * width), TimeStep = step / finer };
        double[] rate = new FokkerPlanckEquation(Neuron, options).FirstPassage(TimeVaryingInput.Constant(Input), Settled * Neuron.TimeConstant).Rate.Values.ToArray();
        double[] passed = new double[rate.Length + 1];
        for (int k = 0; k < rate.Length; k++) passed[k + 1] = passed[k] + (rate[k] * step / finer);
        return (passed, rate);
    }

    // The rate at the end of a step: the mean of those before and after.
    private static double Between(double[] rate, int k) => k < rate.Length ? 0.5 * (rate[k - 1] + rate[k]) : rate[^1];

    // A cubic through four instants; in the first steps, in which next to nothing passes, the last of them.
    private double LogHazardAt(double since)
    {
        double place = since / step;
        int last = logHazard.Length - 2, k = (int)Math.Min(place, last);
        if (k >= last - 1) return logHazard[last];
        if (k < 2) return logHazard[2];
        double x = place - k, y0 = logHazard[k - 1], y1 = logHazard[k], y2 = logHazard[k + 1], y3 = logHazard[k + 2];
        return (-x * (x - 1) * (x - 2) / 6 * y0) + ((x + 1) * (x - 1) * (x - 2) / 2 * y1) - ((x + 1) * x * (x - 2) / 2 * y2) + ((x + 1) * x * (x - 1) / 6 * y3);
    }

    // The cubic with the hazards at both ends as slopes.
    private double CumulativeAt(double since)
    {
        double place = since / step;
        int last = cumulative.Length - 2;
        if (place >= last) return cumulative[last] + ((since - (last * step)) * Math.Exp(logHazard[last]));
        int k = (int)place;
        double x = place - k, rise = cumulative[k + 1] - cumulative[k], first = step * Math.Exp(logHazard[k]), second = step * Math.Exp(logHazard[k + 1]);
        return cumulative[k] + (rise * x * x * (3 - (2 * x))) + (first * x * (1 - x) * (1 - x)) - (second * x * x * (1 - x));
    }
}
