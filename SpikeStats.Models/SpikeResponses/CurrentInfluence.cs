using SpikeStats.Models.ScalarFunctions;

namespace SpikeStats.Models.SpikeResponses;

/// <summary>How a current acts on a spike response neuron: through a passive membrane, τ du/dt = -u + R I.</summary>
/// <param name="Signal">Name of the signal, in amperes, held from sample to sample.</param>
/// <param name="Resistance">R, in ohms; positive.</param>
/// <param name="MembraneTime">τ, in seconds; positive.</param>
public sealed record CurrentInfluence(string Signal, double Resistance, double MembraneTime)
{
    private const double TimeConstants = 40;

    /// <summary>R, in ohms.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double Resistance { get; init => field = Positive(value); } = Positive(Resistance);

    /// <summary>τ, in seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive and finite.</exception>
    public double MembraneTime { get; init => field = Positive(value); } = Positive(MembraneTime);

    /// <summary>The mean over a bin of what a current of 1 A that lasted for one bin does, bin after bin from that of the current on.</summary>
    /// <param name="binWidth">Width of a bin, in seconds.</param>
    /// <returns>Volts per ampere, one value per lag from 0.</returns>
    internal double[] Sample(double binWidth)
    {
        double ratio = binWidth / MembraneTime, decay = Exponentials.OneMinusExp(ratio);
        int count = (int)Math.Ceiling(TimeConstants / ratio) + 1;
        double own = 1 - (decay / ratio), next = decay * decay / ratio;
        return [.. Enumerable.Range(0, count).Select(lag => Resistance * (lag == 0 ? own : next * Math.Exp(-ratio * (lag - 1))))];
    }

    private static double Positive(double value) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, "Resistance and time constant must be positive and finite, in ohms and seconds.");
}
