using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.Synapses;

/// <summary>A current that rises with one time constant and decays with another: k(t) = n (e^(-t/τ_d) - e^(-t/τ_r)), n such that the peak is 1.</summary>
/// <remarks>With equal time constants it is an <see cref="AlphaSynapse"/>, to rounding; it does not change if they are exchanged.</remarks>
/// <param name="RiseTime">τ_r, in seconds; positive.</param>
/// <param name="DecayTime">τ_d, in seconds; positive.</param>
public sealed record DoubleExponentialSynapse(double RiseTime, double DecayTime) : SynapticKernel
{
    /// <summary>The time constant of the rise, in seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double RiseTime { get; init => field = Positive(value, "time constant of the rise"); } = Positive(RiseTime, "time constant of the rise");

    /// <summary>The time constant of the decay, in seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double DecayTime { get; init => field = Positive(value, "time constant of the decay"); } = Positive(DecayTime, "time constant of the decay");

    /// <inheritdoc/>
    public override string Name => "double-exponential";

    /// <inheritdoc/>
    public override double TimeToPeak => PeakOfTwo(DecayTime, RiseTime);

    internal override SynapticState Jump
    {
        get
        {
            double peak = TimeToPeak;
            return new SynapticState(0, 0, 1 / (peak * DividedExponentials.Of(-peak / DecayTime, -peak / RiseTime)));
        }
    }

    internal override double SlowRate => 1 / DecayTime;

    internal override double FastRate => 1 / RiseTime;
}
