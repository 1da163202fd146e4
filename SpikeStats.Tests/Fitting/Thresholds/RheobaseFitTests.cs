using SpikeStats.Fitting.Optimization;
using SpikeStats.Fitting.Thresholds;
using SpikeStats.Models.Neurons;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Thresholds;

public sealed class RheobaseFitTests
{
    private const double Rheobase = 150e-12;
    private const double TimeConstant = 20e-3;
    private const double Spread = 15e-12;

    [Theory]
    [InlineData(ThresholdNoise.Gaussian)]
    [InlineData(ThresholdNoise.Logistic)]
    public void Fit_IsTheOptimumOfASearchByBruteForce(ThresholdNoise noise)
    {
        PulseResponse[] pulses = Simulate(seed: 3, noise, count: 400);
        RheobaseFit fit = new RheobaseSpecification { Noise = noise }.Fit(pulses);

        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        double[] best = [fit.Rheobase.Value, fit.TimeConstant.Value, fit.Spread.Value];
        double Value(double[] at) => LogLikelihood(pulses, noise, at);
        StatisticalAssert.Close(Value(best), fit.LogLikelihood, relative: 1e-12);
        for (int i = 0; i < 3; i++) Assert.Equal(0, best[i] * FiniteDifferences.Slope(best, i, Value), 1e-4);

        // No point of a coarse grid over all three is better.
        for (double rheobase = 50e-12; rheobase < 300e-12; rheobase += 10e-12)
        {
            for (double timeConstant = 2e-3; timeConstant < 0.3; timeConstant *= 1.1)
            {
                for (double spread = 3e-12; spread < 60e-12; spread *= 1.2) Assert.True(Value([rheobase, timeConstant, spread]) <= fit.LogLikelihood);
            }
        }

        MathNet.Numerics.LinearAlgebra.Matrix<double> covariance = FiniteDifferences.CovarianceAt(best, Value);
        for (int i = 0; i < 3; i++)
        {
            for (int j = 0; j < 3; j++) StatisticalAssert.Close(covariance[i, j], fit.Covariance[i, j], relative: 2e-3, absolute: 1e-3 * Math.Sqrt(covariance[i, i] * covariance[j, j]));
        }
    }

    [Fact]
    public void Fit_InOtherUnits_IsTheSame()
    {
        PulseResponse[] pulses = Simulate(seed: 5, ThresholdNoise.Gaussian, count: 300);
        RheobaseFit fit = new RheobaseSpecification().Fit(pulses), other = new RheobaseSpecification().Fit([.. pulses.Select(pulse => pulse with { Strength = pulse.Strength * 1e12, Duration = pulse.Duration * 1e3 })]);
        StatisticalAssert.Close(1e12 * fit.Rheobase.Value, other.Rheobase.Value, relative: 1e-8);
        StatisticalAssert.Close(1e3 * fit.TimeConstant.StandardError, other.TimeConstant.StandardError, relative: 1e-6);
        StatisticalAssert.Close(fit.TimeConstant.Value * Math.Log(2), fit.StrengthDuration().Chronaxie, relative: 1e-15);
        StatisticalAssert.Close(0.5, fit.Probability(8e-3, fit.StrengthDuration().Strength(8e-3)), relative: 1e-9);
        Assert.Equal(3, fit.ToDataTable().Rows.Count);
        Assert.Contains("rheobase", fit.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Intervals_OfSimulatedPulses_CoverTheTruth()
    {
        // 95 % of 300 within four binomial standard errors (1.26 % each): false-alarm rate 6e-5 for each parameter.
        const int Fits = 300;
        int[] covered = new int[2];
        for (int i = 0; i < Fits; i++)
        {
            RheobaseFit fit = new RheobaseSpecification().Fit(Simulate((ulong)(100 + i), ThresholdNoise.Gaussian, count: 400));
            Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
            if (fit.Rheobase.Lower <= Rheobase && Rheobase <= fit.Rheobase.Upper) covered[0]++;
            if (fit.TimeConstant.Lower <= TimeConstant && TimeConstant <= fit.TimeConstant.Upper) covered[1]++;
        }

        foreach (int count in covered) StatisticalAssert.WithinStandardErrors((double)count / Fits, 0.95, Math.Sqrt(0.95 * 0.05 / Fits));
    }

    [Fact]
    public void Fit_SeparatedPulses_SaysSoAndBetweenWhat()
    {
        StrengthDurationCurve curve = new(Rheobase, TimeConstant);
        PulseResponse[] pulses = [.. from duration in (double[])[2e-3, 10e-3, 50e-3] from factor in (double[])[0.8, 0.95, 1.05, 1.2] select new PulseResponse(duration, factor * curve.Strength(duration), factor > 1)];
        RheobaseFit fit = new RheobaseSpecification().Fit(pulses);
        Assert.Equal(FitStatus.Separated, fit.Certificate.Status);
        Assert.Contains("without error", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.True(double.IsNaN(fit.Rheobase.Value) && double.IsNaN(fit.TimeConstant.StandardError));
        Assert.Equal(0, fit.LogLikelihood);
        Assert.Throws<InvalidOperationException>(() => fit.StrengthDuration());
        Assert.Contains("Add stronger", new RheobaseSpecification().Fit([.. pulses.Select(pulse => pulse with { HasSpike = false })]).Certificate.Message, StringComparison.Ordinal);
        Assert.Contains("Add weaker", new RheobaseSpecification().Fit([.. pulses.Select(pulse => pulse with { HasSpike = true })]).Certificate.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_DurationsThatDoNotTellTheTimeConstant_SaysWhy()
    {
        PulseResponse[] pulses = Simulate(seed: 3, ThresholdNoise.Gaussian, count: 400);
        RheobaseFit equal = new RheobaseSpecification().Fit([.. pulses.Where(pulse => pulse.Duration == 20e-3)]);
        Assert.Equal(FitStatus.RankDeficient, equal.Certificate.Status);
        Assert.Contains("equally long", equal.Certificate.Message, StringComparison.Ordinal);
        RheobaseFit reversed = new RheobaseSpecification().Fit([.. pulses.Select(pulse => pulse with { HasSpike = !pulse.HasSpike })]);
        Assert.Equal(FitStatus.RankDeficient, reversed.Certificate.Status);
        Assert.Contains("no threshold", reversed.Certificate.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_BadPulses_SayWhich()
    {
        PulseResponse good = new(1e-3, 1e-9, true);
        Assert.Contains("at least four", Assert.Throws<ArgumentException>(() => new RheobaseSpecification().Fit([good])).Message, StringComparison.Ordinal);
        Assert.Contains("Pulse 2", Assert.Throws<ArgumentException>(() => new RheobaseSpecification().Fit([good, good, good with { Duration = 0 }, good])).Message, StringComparison.Ordinal);
        Assert.Contains("Pulse 3", Assert.Throws<ArgumentException>(() => new RheobaseSpecification().Fit([good, good, good, good with { Strength = double.NaN }])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new RheobaseSpecification().Fit([.. Enumerable.Repeat(good with { Strength = 0 }, 5)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RheobaseSpecification().Fit([good, good, good, good], new RheobaseFitOptions { Tolerance = 0 }));
    }

    private static PulseResponse[] Simulate(ulong seed, ThresholdNoise noise, int count)
    {
        RandomStream random = new(seed);
        double[] durations = [1e-3, 3e-3, 10e-3, 20e-3, 60e-3];
        StrengthDurationCurve curve = new(Rheobase, TimeConstant);
        PulseResponse[] pulses = new PulseResponse[count];
        for (int i = 0; i < count; i++)
        {
            double duration = durations[i % durations.Length], strength = curve.Strength(duration) * (0.7 + (0.6 * random.NextDouble())), uniform = random.NextDouble();
            double deviate = noise == ThresholdNoise.Gaussian ? random.NextGaussian() : Math.Log(uniform / (1 - uniform));
            pulses[i] = new PulseResponse(duration, strength, strength * (1 - Math.Exp(-duration / TimeConstant)) > Rheobase + (Spread * deviate));
        }

        return pulses;
    }

    private static double LogLikelihood(PulseResponse[] pulses, ThresholdNoise noise, double[] at)
    {
        double sum = 0;
        foreach (PulseResponse pulse in pulses)
        {
            double z = ((pulse.Strength * (1 - Math.Exp(-pulse.Duration / at[1]))) - at[0]) / at[2] * (pulse.HasSpike ? 1 : -1);
            sum += noise == ThresholdNoise.Gaussian
                ? (z < -30 ? (-0.5 * z * z) - Math.Log(-z * Math.Sqrt(2 * Math.PI)) : Math.Log(MathNet.Numerics.Distributions.Normal.CDF(0, 1, z)))
                : -Math.Max(0, -z) - Math.Log(1 + Math.Exp(-Math.Abs(z)));
        }

        return sum;
    }
}
