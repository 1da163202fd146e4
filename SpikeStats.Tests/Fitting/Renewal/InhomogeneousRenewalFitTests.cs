using MathNet.Numerics.LinearAlgebra;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Models.Renewal;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Renewal;

public sealed class InhomogeneousRenewalFitTests
{
    private static readonly TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(0, 10.4), new TimeInterval(12, 18), new TimeInterval(20, 20.9), new TimeInterval(30, 36));
    private static readonly BinGrid grid = new(observed, 0.75);
    private static readonly double[] rates = [.. Enumerable.Range(0, grid.BinCount).Select(bin => 30 + (18 * Math.Sin(0.9 * bin)))];
    private static readonly Recording modulated = Drawn(new RenewalProcess(new PoissonProcess("a", grid, rates), new Gamma(2.5, 2.5)), observed, seed: 8);

    public static TheoryData<string> Families => [.. IntervalFamily.All.Where(family => family is not RecoveringHazardFamily).Select(family => family.Name)];

    // One bin: the levels are one rate, and rate and shape are the mean and the shape of the homogeneous fit.
    [Theory]
    [MemberData(nameof(Families))]
    public void Fit_OfOneLevel_IsTheHomogeneousFit(string name)
    {
        Recording recording = Drawn(new RenewalProcess("a", new Gamma(3, 60)), TimeIntervals.Of(2, 22), seed: 4);
        foreach (RenewalStart start in Enum.GetValues<RenewalStart>())
        {
            RenewalFit expected = new RenewalSpecification { Target = "a", Family = Family(name), Start = start }.Fit(recording);
            InhomogeneousRenewalFit level = Specification(name, start, 20).Fit(recording);
            InhomogeneousRenewalFit gain = (Specification(name, start, 20) with { GivenRate = new PoissonProcess("a", 5) }).Fit(recording);
            Assert.True(level.Certificate.IsConverged, level.Certificate.Message);
            StatisticalAssert.Close(expected.LogLikelihood, level.LogLikelihood, relative: 1e-11);
            StatisticalAssert.Close(expected.LogLikelihood, gain.LogLikelihood, relative: 1e-11);
            StatisticalAssert.Close(1 / expected.Model.Intervals.Mean, level.Rates[0].Value, relative: 1e-7);
            StatisticalAssert.Close(1 / expected.Model.Intervals.Mean, 5 * gain.Gain!.Value, relative: 1e-7);
            StatisticalAssert.Close(level.Rates[0].StandardError, 5 * gain.Gain.StandardError, relative: 1e-7);
            if (level.Shape is not { } shape) continue;

            // The shape of an inverse Gaussian of mean 1 is λ / μ, whose error is not that of λ.
            if (name == "inverse-gaussian") StatisticalAssert.Close(expected.Parameters[1].Value / expected.Parameters[0].Value, shape.Value, relative: 1e-7);
            else
            {
                ParameterEstimate same = expected.Parameters[name == "lognormal" ? 1 : 0];
                StatisticalAssert.Close([same.Value, same.StandardError, same.Lower], [shape.Value, shape.StandardError, shape.Lower], relative: 1e-6);
            }
        }
    }

    // Spikes over time, with errors r / √n.
    [Fact]
    public void Fit_OfExponentialIntervals_IsTheHistogram()
    {
        InhomogeneousRenewalFit fit = Specification("exponential").Fit(modulated);
        Assert.Null(fit.Shape);
        foreach (RateLevel level in fit.Rates)
        {
            int count = modulated[0].TimesIn(level.Interval).Length;
            StatisticalAssert.Close(count / level.Interval.Duration, level.Value, relative: 1e-9);
            StatisticalAssert.Close(level.Value / Math.Sqrt(count), level.StandardError, relative: 1e-6);
        }

        StatisticalAssert.Close(fit.Model.Rate!.LogLikelihood(modulated), fit.LogLikelihood, relative: 1e-11);
    }

    // The likelihood of the fitted model itself, moved along each parameter: no slope, and the curvature that the covariance claims.
    [Theory]
    [MemberData(nameof(Families))]
    public void Fit_Optimum_HasNoScoreAndTheStatedCurvature(string name)
    {
        foreach (RenewalStart start in Enum.GetValues<RenewalStart>())
        {
            InhomogeneousRenewalFit fit = Specification(name, start).Fit(modulated);
            Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
            StatisticalAssert.Close(fit.Model.LogLikelihood(modulated), fit.LogLikelihood, relative: 1e-11);
            UnitScaleDensity density = UnitScaleDensity.Of(Family(name));
            double[] logs = [.. fit.Rates.Select(level => Math.Log(level.Value)), .. fit.Shape is { } shape ? (double[])[Math.Log(shape.Value)] : []];
            Matrix<double> information = Matrix<double>.Build.DenseOfArray(fit.LogCovariance).Inverse();
            for (int i = 0; i < logs.Length; i++)
            {
                double step = 0.02 / Math.Sqrt(information[i, i]);
                double At(double offset)
                {
                    double[] moved = [.. logs.Select((value, j) => Math.Exp(j == i ? value + offset : value))];
                    PoissonProcess rate = new("a", grid, moved.AsMemory(0, grid.BinCount));
                    return new RenewalProcess(rate, density.OfUnitMean(fit.Shape is null ? 1 : moved[^1]), start).LogLikelihood(modulated);
                }

                double score = (At(step) - At(-step)) / 0.04, curvature = (At(step) + At(-step) - (2 * At(0))) / (step * step);
                Assert.InRange(score, -1e-4, 1e-4);
                StatisticalAssert.Close(information[i, i], -curvature, relative: 2e-4);
            }
        }
    }

    // 900 spikes: shape and 29 levels within four standard errors of the truth, 30 * 6.3e-5; the rate is worth more than a bit over the constant one.
    [Fact]
    public void Fit_ModulatedGamma_FindsRateAndShape()
    {
        InhomogeneousRenewalFit fit = Specification("gamma").Fit(modulated);
        StatisticalAssert.WithinStandardErrors(Math.Log(fit.Shape!.Value), Math.Log(2.5), fit.Shape.StandardError / fit.Shape.Value);
        for (int bin = 0; bin < rates.Length; bin++)
            StatisticalAssert.WithinStandardErrors(Math.Log(fit.Rates[bin].Value), Math.Log(rates[bin]), fit.Rates[bin].StandardError / fit.Rates[bin].Value);
        RenewalFit homogeneous = new RenewalSpecification { Target = "a", Family = new GammaFamily(), Start = RenewalStart.Equilibrium }.Fit(modulated);
        Assert.True(fit.Aic < homogeneous.Aic);

        // Modulation that is not modelled passes for irregularity.
        Assert.True(homogeneous.Parameters[0].Value < fit.Shape.Value);
        Assert.Equal(1 + rates.Length, fit.ToDataTable().Rows.Count);
        Assert.Equal(1 + rates.Length, fit.Model.ParameterCount);
        Assert.Contains("gamma", fit.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_ImpossibleRequest_IsRefused()
    {
        Assert.Throws<UnknownUnitException>(() => (Specification("gamma") with { Target = "z" }).Fit(modulated));
        Assert.Throws<ArgumentException>(() => Specification("gamma", binWidth: 0).Fit(modulated));
        Assert.Throws<ArgumentException>(() => Specification("gamma", binWidth: double.NaN).Fit(modulated));
        Assert.Throws<ArgumentException>(() => (Specification("gamma") with { GivenRate = new PoissonProcess("b", 5) }).Fit(modulated));
        Assert.Contains("operational", Assert.Throws<ArgumentException>(() => Specification("recovering-hazard").Fit(modulated)).Message, StringComparison.Ordinal);
        Assert.Contains("holds no spike", Assert.Throws<InvalidRecordingException>(() => Specification("gamma", binWidth: 0.02).Fit(modulated)).Message, StringComparison.Ordinal);
        Assert.Contains("shorter than a bin", Assert.Throws<InvalidRecordingException>(() => Specification("gamma", binWidth: 5).Fit(modulated)).Message, StringComparison.Ordinal);
        Recording silent = Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), observed, "a")]);
        Assert.Contains("no spike", Assert.Throws<InvalidRecordingException>(() => Specification("gamma").Fit(silent)).Message, StringComparison.Ordinal);
    }

    private static InhomogeneousRenewalSpecification Specification(string family, RenewalStart start = RenewalStart.Equilibrium, double binWidth = 0.75) =>
        new() { Target = "a", Family = Family(family), Start = start, RateBinWidth = binWidth };

    private static IntervalFamily Family(string name) => IntervalFamily.All.Single(family => family.Name == name);

    private static Recording Drawn(IPointProcess process, TimeIntervals intervals, ulong seed) =>
        process.Simulate(Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), intervals, "a")]), seed);
}
