using MathNet.Numerics;
using SpikeStats.Models.Renewal;
using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Fitting.Renewal;

/// <summary>A hazard that recovers exponentially after a given absolute refractory period; its peak λ₀ and time constant τ are estimated.</summary>
/// <remarks>The refractory period is given, not estimated: the likelihood is not regular in it.</remarks>
public sealed record RecoveringHazardFamily : IntervalFamily
{
    /// <summary>The absolute refractory period, in seconds; not negative and shorter than every interval.</summary>
    /// <value>0 by default.</value>
    public double RefractoryPeriod
    {
        get;
        init => field = value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(RefractoryPeriod), value, "The refractory period must be finite and not negative.");
    }

    /// <inheritdoc/>
    public override string Name => "recovering-hazard";

    /// <inheritdoc/>
    public override int ParameterCount => 2;

    /// <inheritdoc/>
    public override double ShortestInterval => RefractoryPeriod;

    internal override bool NeedsSpread => false;

    internal override double[] Guess(IntervalSample sample)
    {
        // Half of the mean interval each for the recovery and the wait after it.
        double half = 0.5 * (sample.Mean - RefractoryPeriod);
        return [1 / half, half];
    }

    internal override IntervalDistribution Create(ReadOnlySpan<double> parameters) => new RecoveringHazard(parameters[0], parameters[1], RefractoryPeriod);

    internal override void AddDensity(ReadOnlySpan<double> parameters, double time, ParameterDerivatives sum)
    {
        // log h = log λ₀ + log(1 - e^(-y)) with y = s/τ; q = 1 / (e^y - 1).
        (double rate, double tau) = (parameters[0], parameters[1]);
        double y = (time - RefractoryPeriod) / tau, q = 1 / Exponentials.MinusOne(y);
        double byTau = double.IsFinite(q) && q > 0 ? -q * y / tau : 0;
        double twiceTau = byTau == 0 ? 0 : (-byTau / tau * 2) - (q * (1 + q) * y * y / (tau * tau));
        sum.Add(1 / rate, byTau, -1 / (rate * rate), 0, twiceTau);
        TryAddSurvivor(parameters, time, sum);
    }

    internal override bool TryAddSurvivor(ReadOnlySpan<double> parameters, double time, ParameterDerivatives sum)
    {
        if (time <= RefractoryPeriod) return true;

        // log S = -λ₀ G, G = s - τ (1 - e^(-y)).
        (double rate, double tau) = (parameters[0], parameters[1]);
        double y = (time - RefractoryPeriod) / tau, fallen = -Exponentials.MinusOne(-y), decay = Math.Exp(-y);
        double byTau = (decay * y) - fallen, twiceTau = decay * y * y / tau;
        sum.Add(new RecoveringHazard(1, tau, RefractoryPeriod).LogSurvivor(time), -rate * byTau, 0, -byTau, -rate * twiceTau);
        return true;
    }
}
