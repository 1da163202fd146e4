using System.Numerics;
using SpikeStats.Statistics;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Statistics;

public sealed class SpikeSpectrumTests
{
    [Fact]
    public void Tapers_AllPairs_AreOrthonormal()
    {
        SpectralTaper[] tapers = SpectralTaper.Sines(3, 6);
        for (int i = 0; i < tapers.Length; i++)
        {
            for (int j = 0; j < tapers.Length; j++)
                StatisticalAssert.Close(i == j ? 1 : 0, Integral(3, x => tapers[i].At(x) * tapers[j].At(x)).Real, absolute: 1e-6);
        }

        SpectralTaper hann = SpectralTaper.Hann(3);
        StatisticalAssert.Close(1, Integral(3, x => hann.At(x) * hann.At(x)).Real, absolute: 1e-9);
        StatisticalAssert.Close(1.0 / 6, Integral(3, x => x < 0.5 ? hann.At(x) * hann.At(x + 0.5) : 0).Real, absolute: 1e-6);
    }

    [Fact]
    public void TransformAt_AllTapers_EqualsQuadrature()
    {
        foreach (SpectralTaper taper in SpectralTaper.Sines(2.5, 7).Append(SpectralTaper.Hann(2.5)))
        {
            for (int m = 1; m < 6; m++)
            {
                Complex expected = Integral(2.5, x => taper.At(x) * Complex.Exp(new Complex(0, -2 * Math.PI * m * x)));
                Assert.True(Complex.Abs(expected - taper.TransformAt(m)) < 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Spectrum_TrainWithGaps_EqualsDirectSums(bool multitaper)
    {
        TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(1, 4.5), new TimeInterval(6, 6.9), new TimeInterval(10, 11.2));
        SpikeTrain train = TestTrains.Renewal(3, 30, 2, observed, "u");
        SpectrumOptions options = new() { SegmentDuration = 1, MaximumFrequency = 37, TaperCount = 3 };
        SpikeSpectrum spectrum = multitaper ? SpikeSpectrum.Multitaper(train, options) : SpikeSpectrum.Welch(train, options);
        double[] starts = multitaper ? [1, 2, 3, 10] : [1, 1.5, 2, 2.5, 3, 3.5, 10];
        SpectralTaper[] tapers = multitaper ? SpectralTaper.Sines(1, 3) : [SpectralTaper.Hann(1)];
        Assert.Equal(starts.Length, spectrum.SegmentCount);
        Assert.Equal(37, spectrum.Frequencies.Length);
        for (int m = 1; m <= 37; m++)
        {
            double sum = 0;
            foreach (double start in starts)
            {
                double[] times = [.. train.TimesIn(new TimeInterval(start, start + 1)).ToArray().Select(t => t - start)];
                foreach (SpectralTaper taper in tapers)
                {
                    Complex j = times.Aggregate(Complex.Zero, (total, t) => total + (taper.At(t) * Complex.Exp(new Complex(0, -2 * Math.PI * m * t))));
                    sum += Math.Pow(Complex.Abs(j - (times.Length * taper.TransformAt(m))), 2);
                }
            }

            StatisticalAssert.Close(sum / (starts.Length * tapers.Length), spectrum.Values[m - 1], relative: 1e-10);
        }
    }

    // Poisson: flat at the rate. The mean over frequencies above the taper bandwidth; neighbours are correlated over the bandwidth, which
    // the standard error counts. k = 4.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Spectrum_PoissonTrain_IsFlatAtTheRate(bool multitaper)
    {
        SpikeTrain train = TestTrains.Poisson(71, 30, 400);
        SpikeSpectrum spectrum = multitaper ? SpikeSpectrum.Multitaper(train) : SpikeSpectrum.Welch(train);
        double[] values = spectrum.Values[10..].ToArray();
        double independent = values.Length / (spectrum.Bandwidth * spectrum.SegmentDuration);
        StatisticalAssert.WithinStandardErrors(values.Average(), spectrum.Rate, spectrum.Rate * Math.Sqrt(2 / spectrum.DegreesOfFreedom / independent));
        (double lower, double upper) = spectrum.PoissonBand();
        Assert.InRange(values.Count(value => value >= lower && value <= upper) / (double)values.Length, 0.90, 0.99);
    }

    // Renewal theory (Cox and Lewis 1966): S(f)/rate = (1 - |p|²)/|1 - p|² with p the characteristic function of the intervals; for gamma
    // intervals of shape k p = (1 + 2πi f/(k·rate))^-k. Every twelfth frequency is independent; 95 % intervals, so of 33 about two miss.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Spectrum_GammaRenewalTrain_EqualsRenewalTheory(bool multitaper)
    {
        const double rate = 40;
        SpikeTrain train = TestTrains.Renewal(72, rate, 4, TimeIntervals.Of(0, 800));
        SpikeSpectrum spectrum = multitaper ? SpikeSpectrum.Multitaper(train) : SpikeSpectrum.Welch(train);
        (double[] lower, double[] upper) = spectrum.ConfidenceBand();
        int missed = 0, tested = 0;
        for (int m = 6; m < spectrum.Values.Length; m += 12, tested++)
        {
            Complex p = Complex.Pow(1 + new Complex(0, 2 * Math.PI * spectrum.Frequencies[m] / (4 * rate)), -4);
            double theory = rate * (1 - (p.Magnitude * p.Magnitude)) / Math.Pow((1 - p).Magnitude, 2);
            if (theory < lower[m] || theory > upper[m]) missed++;
            StatisticalAssert.Close(theory, spectrum.Values[m], relative: 5 * Math.Sqrt(2 / spectrum.DegreesOfFreedom));
        }

        Assert.Equal(33, tested);
        Assert.InRange(missed, 0, 6);
    }

    // A clock has lines at multiples of its rate, far above any frequency at which counts would be binned.
    [Fact]
    public void Multitaper_Clock_HasLinesWithoutAliases()
    {
        SpikeTrain clock = TestTrains.On(20, [.. Enumerable.Range(0, 799).Select(i => (i + 0.5) / 39.96)]);
        SpikeSpectrum spectrum = SpikeSpectrum.Multitaper(clock, new SpectrumOptions { MaximumFrequency = 130, TaperCount = 1 });
        double[] peaks = [.. Enumerable.Range(1, spectrum.Values.Length - 2)
            .Where(m => spectrum.Values[m] > 20 * spectrum.Rate).Select(m => spectrum.Frequencies[m])];
        Assert.All(peaks, peak => Assert.InRange(Math.Abs(peak - (39.96 * Math.Round(peak / 39.96))), 0, 1.5 / spectrum.SegmentDuration));
        Assert.Equal([1.0, 2, 3], peaks.Select(peak => Math.Round(peak / 39.96)).Distinct());
    }

    [Fact]
    public void Spectrum_NoSegmentOrNoSpikes_IsNaNOrZero()
    {
        SpikeSpectrum none = SpikeSpectrum.Multitaper(TestTrains.On(1, 0.5));
        Assert.Equal(0, none.SegmentCount);
        Assert.True(double.IsNaN(none.Values[0]) && double.IsNaN(none.Rate) && double.IsNaN(none.ConfidenceBand().Lower[0]));
        SpikeSpectrum silent = SpikeSpectrum.Welch(TestTrains.On(10));
        Assert.Equal(9, silent.SegmentCount);
        Assert.Equal(0, silent.Values[3]);
        Assert.Equal(400, silent.ToDataTable().Rows.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => SpikeSpectrum.Welch(TestTrains.On(1), new SpectrumOptions { MaximumFrequency = 0.1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpikeSpectrum.Multitaper(TestTrains.On(1), new SpectrumOptions { TaperCount = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpikeSpectrum.Multitaper(TestTrains.On(1), new SpectrumOptions { SegmentDuration = 0 }));
    }

    private static Complex Integral(double duration, Func<double, Complex> ofFraction)
    {
        const int steps = 20_000;
        Complex sum = Complex.Zero;
        for (int i = 0; i < steps; i++) sum += ofFraction((i + 0.5) / steps);
        return sum * duration / steps;
    }
}
