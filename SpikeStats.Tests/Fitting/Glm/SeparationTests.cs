using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Glm;

public sealed class SeparationTests
{
    // Silent bins have x = 1 or 0, spikes x = 0, one of them x = v: for v = 0 the coefficient runs to -∞, for every other it is finite, near log v.
    [Theory]
    [InlineData(0.1)]
    [InlineData(5e-4)]
    [InlineData(1e-5)]
    [InlineData(1e-7)]
    public void NearlySeparatedCounts_HaveTheirFiniteOptimum(double v)
    {
        (int[] counts, double[] x) = Nearly(v);
        GlmFit fit = Regression.Fit(counts, [x]);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        (double baseline, double slope) = Optimum(v);

        // The standard error of the slope is 1/√v, and the fit ends within 1.4e-8 of it.
        StatisticalAssert.Close([baseline, slope], [.. fit.Coefficients], absolute: 1e-7 + (3e-8 / Math.Sqrt(v)));
    }

    [Fact]
    public void SeparatedCounts_ByOneSignOfAMixedSignal_AreDiagnosed()
    {
        // x is 1 or 0 in silent bins but -1 in one of them; z is 1.5 there and 0 elsewhere, so that x + z is never negative, and 0 at spikes.
        (int[] counts, double[] x) = Nearly(0);
        double[] z = new double[x.Length];
        (x[1], z[1]) = (-1, 1.5);
        GlmFit fit = Regression.Fit(counts, [x, z]);
        Assert.Equal(FitStatus.Separated, fit.Certificate.Status);
    }

    // Silent wherever the covariate is not zero: the rate there is zero whatever the sign of the covariate, and nothing else changes.
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void SilentWhereACovariateActs_OfEitherSign_HasRateZeroThere(int sign)
    {
        int[] counts = [.. Enumerable.Range(0, 120).Select(t => t % 3 == 0 ? 1 : 0)];
        double[] x = [.. counts.Select((count, t) => count == 0 && t % 2 == 0 ? 0.5 * sign : 0)];
        GlmFit fit = Regression.Fit(counts, [x]);
        Recording recording = Regression.Recording(counts, [x]);
        Assert.Equal(FitStatus.Separated, fit.Certificate.Status);
        Assert.Equal(sign > 0 ? double.NegativeInfinity : double.PositiveInfinity, fit.Coefficients[1]);
        double[] intensity = fit.Model.Intensity(recording, "y", new BinGrid(recording.Observed, 1));
        double elsewhere = 40.0 / x.Count(value => value == 0);
        StatisticalAssert.Close([.. x.Select(value => value == 0 ? elsewhere : 0)], intensity, absolute: 1e-9);
        StatisticalAssert.Close(fit.LogLikelihood, fit.Model.LogLikelihood(recording), relative: 1e-12);
    }

    // No silent bin at all: the null model is certain, and so is the fit.
    [Fact]
    public void SpikeInEveryBinaryBin_IsSeparatedWithFiniteScores()
    {
        foreach (ObservationModel law in (ObservationModel[])[ObservationModel.Bernoulli, ObservationModel.BernoulliLogit, ObservationModel.BernoulliProbit])
        {
            GlmFit fit = Regression.Fit([.. Enumerable.Repeat(1, 30)], [], observation: law);
            Assert.Equal((law.Link, FitStatus.Separated), (law.Link, fit.Certificate.Status));
            StatisticalAssert.Close(0, fit.NullLogLikelihood, absolute: 1e-12);
            Assert.True(double.IsFinite(fit.BitsPerSpike));
        }
    }

    // Ten recordings each: one row decides whether the data are separated.
    [Fact]
    public void SeparatedCombinations_OfManySignals_AreToldFromNearlySeparatedOnes()
    {
        for (ulong seed = 0; seed < 10; seed++)
        {
            RandomStream stream = new(seed);
            const int rows = 600, columns = 4;
            int[] counts = [.. Enumerable.Range(0, rows).Select(t => t % 6 == 0 ? 1 + (t % 2) : 0)];
            double[][] x = [.. Enumerable.Range(0, columns).Select(_ => Enumerable.Range(0, rows).Select(_ => stream.NextGaussian()).ToArray())];

            // The combination 2 x0 - x1 + x2 is 0 at spikes and positive elsewhere.
            for (int t = 0; t < rows; t++) x[2][t] = x[1][t] - (2 * x[0][t]) + (counts[t] > 0 ? 0 : 0.05 + stream.NextDouble());
            GlmFit separated = Regression.Fit(counts, x);
            Assert.Equal(FitStatus.Separated, separated.Certificate.Status);
            foreach (string name in (string[])["x0", "x1", "x2"]) Assert.Contains(name, separated.Certificate.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("x3", separated.Certificate.Message, StringComparison.Ordinal);

            x[2][6] += 3e-4;
            GlmFit near = Regression.Fit(counts, x);
            Assert.True(near.Certificate.IsConverged, near.Certificate.Message);
            Assert.True(near.Certificate.GradientNorm < 1e-7);
            Assert.True(near.LogLikelihood > separated.LogLikelihood - 1);
        }
    }

    [Theory]
    [InlineData("logit", 1e-3)]
    [InlineData("logit", 1e-6)]
    [InlineData("cloglog", 1e-3)]
    public void NearlySeparatedSpikes_HaveAFiniteOptimum(string link, double overlap)
    {
        // Spikes above zero, silence below, but for one pair that overlaps by little.
        ObservationModel law = link == "logit" ? ObservationModel.BernoulliLogit : ObservationModel.Bernoulli;
        RandomStream stream = new(4);
        double[] x = [.. Enumerable.Range(0, 300).Select(t => (t % 2 == 0 ? 1 : -1) * (0.1 + stream.NextDouble()))];
        int[] counts = [.. x.Select(value => value > 0 ? 1 : 0)];
        (x[0], x[1]) = (-overlap, overlap);
        GlmFit fit = Regression.Fit(counts, [x], observation: law);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        Assert.True(fit.Certificate.GradientNorm < 1e-6);
        (x[0], x[1]) = (overlap, -overlap);
        Assert.Equal(FitStatus.Separated, Regression.Fit(counts, [x], observation: law).Certificate.Status);
    }

    private static (int[] Counts, double[] X) Nearly(double v)
    {
        int[] counts = new int[200];
        double[] x = new double[200];
        for (int t = 0; t < 200; t++)
        {
            counts[t] = t % 4 == 0 ? 1 : 0;
            x[t] = t % 4 == 1 ? 1 : 0;
        }

        x[0] = v;
        return (counts, x);
    }

    // 50 spikes, 149 bins with x = 0, 50 with x = 1, one spike at v: the score equations by bisection. From both, with m = e^b,
    // 149 m + 50 m e^β + m e^(vβ) = 50 and 50 m e^β + v m e^(vβ) = v.
    private static (double Baseline, double Slope) Optimum(double v)
    {
        double low = -60, high = 0;
        double Rate(double slope) => 50 / (149 + (50 * Math.Exp(slope)) + Math.Exp(v * slope));
        for (int i = 0; i < 200; i++)
        {
            double middle = 0.5 * (low + high), m = Rate(middle);
            if ((50 * m * Math.Exp(middle)) + (v * m * Math.Exp(v * middle)) > v) high = middle;
            else low = middle;
        }

        return (Math.Log(Rate(low)), low);
    }
}
