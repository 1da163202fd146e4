using SpikeStats.Models.Renewal;

namespace SpikeStats.Fitting.Renewal;

/// <summary>Inverse Gaussian intervals of mean μ and shape λ.</summary>
public sealed record InverseGaussianFamily : IntervalFamily
{
    /// <inheritdoc/>
    public override string Name => "inverse-gaussian";

    /// <inheritdoc/>
    public override int ParameterCount => 2;

    internal override double[] Guess(IntervalSample sample) => [sample.Mean, 1 / (sample.MeanReciprocal - (1 / sample.Mean))];

    internal override IntervalDistribution Create(ReadOnlySpan<double> parameters) => new InverseGaussian(parameters[0], parameters[1]);

    internal override void AddDensity(ReadOnlySpan<double> parameters, double time, ParameterDerivatives sum)
    {
        (double mu, double lambda) = (parameters[0], parameters[1]);
        double deviation = time - mu, cube = mu * mu * mu;
        sum.Add(
            lambda * deviation / cube,
            (0.5 / lambda) - (0.5 * deviation * deviation / (mu * mu * time)),
            -lambda * ((3 * time) - (2 * mu)) / (cube * mu),
            deviation / cube,
            -0.5 / (lambda * lambda));
    }
}
