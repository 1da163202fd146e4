using SpikeStats.Models.Theory;

namespace SpikeStats.Models.MeanField;

/// <summary>A stationary rate with its slopes in the mean and in the variance of the input.</summary>
internal readonly record struct LocalRate(double Rate, double LogRate, double SlopeInMean, double SlopeInVariance)
{
    // Balances the rounding and the curvature of a central difference.
    private const double Step = 1e-4;

    public static LocalRate Of(IRateTransfer transfer, WhiteNoiseInput input)
    {
        if (transfer is LeakyTransfer leaky)
        {
            SiegertRate known = Siegert.Evaluate(leaky.Neuron, input);
            return new LocalRate(known.Rate, known.LogRate, known.SlopeInMean, input.Sigma > 0 ? known.SlopeInSigma / (2 * input.Sigma) : 0);
        }

        double rate = transfer.Rate(input), variance = input.Sigma * input.Sigma;
        double above = transfer.Rate(input with { Sigma = Math.Sqrt(variance * (1 + Step)) }), below = transfer.Rate(input with { Sigma = Math.Sqrt(variance * (1 - Step)) });
        return new LocalRate(rate, Math.Log(rate), transfer.Susceptibility(input, 0).Real, variance > 0 ? (above - below) / (2 * Step * variance) : 0);
    }
}
