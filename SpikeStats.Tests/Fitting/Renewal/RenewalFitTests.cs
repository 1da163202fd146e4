using System.Text.Json;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Loading;
using SpikeStats.Models.Renewal;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Renewal;

public sealed class RenewalFitTests
{
    private static readonly JsonElement reference = ReferenceFile.Read("renewal");
    private static readonly double[] intervals = reference.At("closedForms", "isi").Doubles();

    public static TheoryData<string> Families => [.. IntervalFamily.All.Select(family => family.Name)];

    [Fact]
    public void Fit_CompleteIntervals_MatchesClosedForms()
    {
        AssertFit(new GammaFamily(), ["shape", "rate"], reference.At("closedForms", "gamma"));
        AssertFit(new InverseGaussianFamily(), ["mu", "lam"], reference.At("closedForms", "inverse_gaussian"));
        AssertFit(new LognormalFamily(), ["m", "s"], reference.At("closedForms", "lognormal"));
        StatisticalAssert.Close(reference.Number("closedForms", "exponential_loglik"), Fit(new ExponentialFamily(), intervals).LogLikelihood, absolute: 1e-9);

        static void AssertFit(IntervalFamily family, string[] names, JsonElement expected)
        {
            RenewalFit fit = Fit(family, intervals);
            Assert.True(fit.Certificate.IsConverged);
            StatisticalAssert.Close([.. names.Select(name => expected.Number(name))], [.. fit.Parameters.Select(parameter => parameter.Value)], absolute: 1e-9, relative: 1e-9);
            StatisticalAssert.Close(expected.Number("loglik"), fit.LogLikelihood, absolute: 1e-9);
        }
    }

    // survreg: log T = intercept + scale * error, with the observed information of (intercept, log scale).
    [Theory]
    [InlineData("weibull")]
    [InlineData("lognormal")]
    [InlineData("loglogistic")]
    [InlineData("exponential")]
    public void Fit_OpenIntervals_MatchesSurvregOfR(string name)
    {
        JsonElement expected = reference.At("survreg", name);
        double[] open = reference.GetProperty("survregOpen").Doubles();
        IntervalFamily family = IntervalFamily.All.Single(family => family.Name.Replace("-", "", StringComparison.Ordinal) == name);
        RenewalFit fit = Fit(family, intervals, open);
        double intercept = expected.Number("intercept"), scale = Math.Exp(expected.Number("logScale"));
        double[] variance = expected.GetProperty("variance").Doubles();
        double interceptError = Math.Sqrt(variance[0]), scaleError = variance.Length > 1 ? Math.Sqrt(variance[3]) : 0;
        (double[] parameters, double[] errors) = name switch
        {
            "exponential" => ((double[])[Math.Exp(-intercept)], (double[])[interceptError * Math.Exp(-intercept)]),
            "lognormal" => ([intercept, scale], [interceptError, scaleError * scale]),
            _ => ([1 / scale, Math.Exp(intercept)], [scaleError / scale, interceptError * Math.Exp(intercept)]),
        };
        StatisticalAssert.Close(parameters, [.. fit.Parameters.Select(parameter => parameter.Value)], relative: 1e-7);
        StatisticalAssert.Close(errors, [.. fit.Parameters.Select(parameter => parameter.StandardError)], relative: 1e-6);
        StatisticalAssert.Close(expected.Number("logLikelihood"), fit.LogLikelihood, relative: 1e-11);
    }

    // Nelder and Mead in SciPy, good to about 1e-8.
    [Fact]
    public void Fit_OneOpenInterval_MatchesMinimisationInSciPy()
    {
        foreach (JsonElement expected in reference.GetProperty("minimised").EnumerateArray())
        {
            IntervalFamily family = IntervalFamily.All.Single(family => family.Name == expected.GetProperty("family").GetString());
            RenewalFit fit = Fit(family, intervals, reference.Number("openInterval"));
            StatisticalAssert.Close(expected.GetProperty("parameters").Doubles(), [.. fit.Parameters.Select(parameter => parameter.Value)], relative: 1e-6);
            StatisticalAssert.Close(expected.Number("logLikelihood"), fit.LogLikelihood, absolute: 1e-10);
        }
    }

    // 189 intervals of coal-mining disasters in years; the optimiser of fitdistr stops about 1e-4 from the optimum.
    [Fact]
    public void Fit_CoalMiningDisasters_MatchesR()
    {
        double[] dates = reference.GetProperty("coalDates").Doubles();
        double[] waits = [.. dates.Skip(1).Zip(dates, (later, earlier) => later - earlier).Where(wait => wait > 0)];
        Assert.Equal(189, waits.Length);
        RenewalFit gamma = Fit(new GammaFamily(), waits), inverseGaussian = Fit(new InverseGaussianFamily(), waits);
        StatisticalAssert.Close([reference.Number("coalGamma", "shape"), reference.Number("coalGamma", "rate")], [.. gamma.Parameters.Select(parameter => parameter.Value)], absolute: 1e-3);
        StatisticalAssert.Close(reference.Number("coalGamma", "loglik"), gamma.LogLikelihood, absolute: 1e-6);
        Assert.True(gamma.LogLikelihood >= reference.Number("coalGamma", "loglik"));
        StatisticalAssert.Close(
            [reference.Number("coalInverseGaussian", "mu"), reference.Number("coalInverseGaussian", "lambda")], [.. inverseGaussian.Parameters.Select(parameter => parameter.Value)], relative: 1e-9);
        StatisticalAssert.Close(reference.Number("coalInverseGaussian", "loglik"), inverseGaussian.LogLikelihood, relative: 1e-10);
    }

    public static TheoryData<string> CockroachUnits => [.. ReferenceFile.Read("renewal-cockroach").GetProperty("fits").EnumerateObject().Select(unit => unit.Name)];

    [SkippableTheory]
    [MemberData(nameof(CockroachUnits))]
    public void Fit_Cockroach_MatchesTheReference(string name)
    {
        JsonElement expected = ReferenceFile.Read("renewal-cockroach").At("fits", name);
        (string file, string neuron) = (name.Split('/')[0] + ".csv", name.Split(' ')[^1]);
        Recording recording = RecordingFile.Open(Repository.SharedData("star_cockroach", file), new LoadOptions { OnDuplicate = IrregularityPolicy.Drop });
        foreach ((IntervalFamily family, string key, string[] names) in Keys())
        {
            RenewalFit fit = new RenewalSpecification { Target = neuron, Family = family, CountsOpenIntervals = false }.Fit(recording);
            JsonElement model = expected.At("models", key);
            Assert.Equal(expected.GetProperty("n_isi").GetInt32(), fit.IntervalCount);
            StatisticalAssert.Close([.. names.Select(parameter => model.Number(parameter))], [.. fit.Parameters.Select(parameter => parameter.Value)], relative: 1e-8);
            StatisticalAssert.Close(model.Number("ll"), fit.LogLikelihood, relative: 1e-9);
            StatisticalAssert.Close(model.Number("aic"), fit.Aic, relative: 1e-9);
            StatisticalAssert.Close(model.Number("ks"), fit.KolmogorovSmirnov.Statistic, relative: 1e-8);
        }

        static IEnumerable<(IntervalFamily Family, string Key, string[] Names)> Keys() =>
        [
            (new ExponentialFamily(), "exponential", ["rate"]), (new GammaFamily(), "gamma", ["shape", "rate"]), (new LognormalFamily(), "lognormal", ["mu", "sigma"]),
            (new InverseGaussianFamily(), "inverse_gaussian", ["mu", "lambda_"]), (new WeibullFamily(), "weibull", ["shape", "scale"]),
        ];
    }

    // The score by central differences of the likelihood of the model itself, in standard errors: zero at the optimum.
    [Theory]
    [MemberData(nameof(Families))]
    public void Score_AtTheEstimate_IsZeroByFiniteDifferences(string name)
    {
        IntervalFamily family = IntervalFamily.All.Single(family => family.Name == name);
        foreach (RenewalStart start in Enum.GetValues<RenewalStart>())
        {
            Recording recording = Simulated(start);
            RenewalFit fit = new RenewalSpecification { Target = "a", Family = family, Start = start }.Fit(recording);
            Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
            StatisticalAssert.Close(fit.Model.LogLikelihood(recording), fit.LogLikelihood, relative: 1e-12);
            double[] estimate = [.. fit.Parameters.Take(family.ParameterCount).Select(parameter => parameter.Value)];
            for (int i = 0; i < estimate.Length; i++)
            {
                double step = 1e-3 * fit.Parameters[i].StandardError;
                double At(double offset) => new RenewalProcess("a", family.Create([.. estimate.Select((value, j) => j == i ? value + offset : value)]), start).LogLikelihood(recording);
                double score = (At(step) - At(-step)) / 2e-3, curvature = At(1000 * step) + At(-1000 * step) - (2 * At(0));
                Assert.InRange(score, -1e-5, 1e-5);

                // Along one parameter the curvature is at least that of the profile, in units of the standard error.
                Assert.True(curvature < -0.8, $"{name}: curvature {curvature}");
            }
        }
    }

    [Fact]
    public void Fit_Recording_SaysWhatWasUsed()
    {
        Recording recording = Simulated(RenewalStart.FirstSpike);
        RenewalFit fit = new RenewalSpecification { Target = "a", Family = new GammaFamily() }.Fit(recording);
        int stretches = recording[0].Observed.Count;
        Assert.Equal((recording[0].Count - stretches, stretches), (fit.IntervalCount, fit.OpenIntervalCount));
        Assert.Equal(2, fit.Model.ParameterCount);
        StatisticalAssert.Close(fit.NullLogLikelihood, new RenewalSpecification { Target = "a", Family = new ExponentialFamily() }.Fit(recording).LogLikelihood, relative: 1e-12);
        StatisticalAssert.Close((fit.LogLikelihood - fit.NullLogLikelihood) / (Math.Log(2) * fit.EventCount), fit.BitsPerSpike, relative: 1e-12);
        // Only complete intervals count for the fit, so that nothing is carried over from one stretch to the next.
        Assert.Equal(TimeRescaling.Test(fit.Model, recording, "a", new TimeRescalingOptions { Censoring = Censoring.None }).KolmogorovSmirnov.Statistic, fit.KolmogorovSmirnov.Statistic, 1e-12);
        Assert.Equal(2, fit.ToDataTable().Rows.Count);
        Assert.Contains("<svg", fit.ToHtml(), StringComparison.Ordinal);
    }

    // A spike on the very start of the observation: a first wait of zero.
    [Theory]
    [MemberData(nameof(Families))]
    public void Fit_SpikeOnTheStart_HasAnOptimumInEquilibrium(string name)
    {
        IntervalFamily family = IntervalFamily.All.Single(family => family.Name == name);
        Recording recording = Record([0, 0.02, 0.08, 0.16, 0.19, 0.3, 0.34, 0.45, 0.52, 0.6, 0.75, 0.81, 0.9]);
        RenewalFit fit = new RenewalSpecification { Target = "a", Family = family, Start = RenewalStart.Equilibrium }.Fit(recording);
        Assert.True(double.IsFinite(fit.LogLikelihood) && fit.Certificate.Status is FitStatus.Converged or FitStatus.Separated, fit.Certificate.Message);
        Assert.Equal(13, fit.EventCount);
    }

    // A hazard that rises faster than linearly drives peak and recovery time to infinity, at a fixed ratio.
    [Fact]
    public void Fit_ParameterWithoutFiniteEstimate_IsDiagnosed()
    {
        Recording recording = new RenewalProcess("a", new Gamma(6, 120)).Simulate(Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, 50), "a")]), seed: 5);
        RenewalFit fit = new RenewalSpecification { Target = "a", Family = new RecoveringHazardFamily() }.Fit(recording);
        Assert.Equal(FitStatus.Separated, fit.Certificate.Status);
        Assert.Contains("goes to infinity", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.All(fit.Parameters, parameter => Assert.True(double.IsNaN(parameter.StandardError)));
    }

    [Fact]
    public void Fit_UnusableIntervals_AreRefusedWithTheRemedy()
    {
        AssertRefused(new GammaFamily(), "no spike");
        AssertRefused(new GammaFamily(), "too few", 0.1, 0.2, 0.4);
        AssertRefused(new GammaFamily(), "zero", 0.1, 0.2, 0.2, 0.4, 0.5);
        AssertRefused(new WeibullFamily(), "equal", 0.125, 0.25, 0.375, 0.5, 0.625);
        AssertRefused(new RecoveringHazardFamily { RefractoryPeriod = 0.1 }, "refractory", 0.1, 0.15, 0.35, 0.5, 0.9);
        Assert.True(new RenewalSpecification { Target = "a", Family = new ExponentialFamily() }.Fit(Record([0.125, 0.25, 0.375, 0.5])).Certificate.IsConverged);
        Assert.Throws<ArgumentException>(() => new RenewalSpecification { Target = "a", Family = new GammaFamily(), Start = RenewalStart.Equilibrium, CountsOpenIntervals = false }.Fit(Record([0.1])));
        Assert.Throws<UnknownUnitException>(() => new RenewalSpecification { Target = "z", Family = new GammaFamily() }.Fit(Record([0.1])));

        static void AssertRefused(IntervalFamily family, string problem, params double[] times)
        {
            InvalidRecordingException error = Assert.Throws<InvalidRecordingException>(() => new RenewalSpecification { Target = "a", Family = family }.Fit(Record(times)));
            Assert.Contains(problem, error.Message, StringComparison.Ordinal);
            Assert.Contains("Remedy", error.Message, StringComparison.Ordinal);
            Assert.Equal("a", error.Unit);
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Fit_TooFewOrImpossibleSpikes_AreRefusedByEveryFamily(string name)
    {
        IntervalFamily family = IntervalFamily.All.Single(family => family.Name == name);
        foreach (RenewalStart start in Enum.GetValues<RenewalStart>())
        {
            RenewalSpecification specification = new() { Target = "a", Family = family, Start = start };
            InvalidRecordingException Refusal(params double[] times) => Assert.Throws<InvalidRecordingException>(() => specification.Fit(Record(times)));
            Assert.Contains("no spike", Refusal().Message, StringComparison.Ordinal);
            Assert.Contains("1 spikes leave 0 complete intervals", Refusal(0.5).Message, StringComparison.Ordinal);
            Assert.Contains("too few", Refusal(0.25, 0.5).Message, StringComparison.Ordinal);
            Assert.Contains("zero", Refusal(0.1, 0.2, 0.2, 0.2, 0.4, 0.5).Message, StringComparison.Ordinal);

            // One spike in each of many observed intervals leaves no complete interval either.
            TimeIntervals apart = TimeIntervals.FromSorted([.. Enumerable.Range(0, 20).Select(i => new TimeInterval(i, i + 0.5))]);
            Recording single = Recording.FromTrains([SpikeTrain.FromSorted(apart.Select(interval => interval.Start + 0.1).ToArray(), apart, "a")]);
            Assert.Contains("20 spikes leave 0 complete intervals", Assert.Throws<InvalidRecordingException>(() => specification.Fit(single)).Message, StringComparison.Ordinal);
        }
    }

    // Times that are not finite, not sorted or not observed never reach a fit.
    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(0.05)]
    [InlineData(2)]
    public void Train_WithAnImpossibleTime_IsRefusedBeforeTheFit(double time) => Assert.Throws<InvalidRecordingException>(() => Record([0.1, 0.2, time, 0.4]));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.001)]
    [InlineData(double.PositiveInfinity)]
    public void RefractoryPeriod_ThatIsNoTime_IsRefused(double period) =>
        Assert.ThrowsAny<ArgumentException>(() => new RenewalSpecification { Target = "a", Family = new RecoveringHazardFamily { RefractoryPeriod = period } }.Fit(Record([0.1, 0.25, 0.3, 0.7])));

    [Theory]
    [InlineData(0, 10)]
    [InlineData(double.NaN, 10)]
    [InlineData(1e-12, 0)]
    public void Options_OutOfRange_AreRefused(double tolerance, int maxIterations) =>
        Assert.ThrowsAny<ArgumentException>(() => new RenewalSpecification { Target = "a", Family = new GammaFamily() }.Fit(
            Record([0.1, 0.25, 0.3, 0.7]), new RenewalFitOptions { Tolerance = tolerance, MaxIterations = maxIterations }));

    [Fact]
    public void Fit_IterationLimit_IsNotCalledAnOptimum()
    {
        RenewalFit fit = new RenewalSpecification { Target = "a", Family = new WeibullFamily() }.Fit(Simulated(RenewalStart.FirstSpike), new RenewalFitOptions { MaxIterations = 1 });
        Assert.Equal(FitStatus.IterationLimit, fit.Certificate.Status);
        Assert.All(fit.Parameters, parameter => Assert.True(double.IsNaN(parameter.StandardError)));
    }

    private static Recording Simulated(RenewalStart start)
    {
        TimeIntervals observed = TimeIntervals.FromSorted([.. Enumerable.Range(0, 20).Select(i => new TimeInterval(2 * i, (2 * i) + 1.5)), new TimeInterval(50, start == RenewalStart.Equilibrium ? 50.02 : 53)]);
        return new RenewalProcess("a", new RecoveringHazard(40, 0.02)).Simulate(Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), observed, "a")]), seed: 12);
    }

    private static Recording Record(double[] times) => Recording.FromTrains([SpikeTrain.FromSorted(times, TimeIntervals.Of(0, 1), "a")]);

    // Each open interval follows a spike of its own at the end of an observed interval that holds no complete one.
    private static RenewalFit Fit(IntervalFamily family, double[] complete, params double[] open)
    {
        const double Gap = 1;
        List<double> times = [0];
        foreach (double interval in complete) times.Add(times[^1] + interval);
        List<TimeInterval> observed = [new TimeInterval(0, times[^1] + (open.Length > 0 ? open[0] : Gap))];
        foreach (double wait in open.Skip(1))
        {
            double start = observed[^1].End + Gap;
            times.Add(start);
            observed.Add(new TimeInterval(start, start + wait));
        }

        Recording recording = Recording.FromTrains([SpikeTrain.FromSorted(times.ToArray(), TimeIntervals.FromSorted([.. observed]), "a")]);
        return new RenewalSpecification { Target = "a", Family = family, CountsOpenIntervals = open.Length > 0 }.Fit(recording);
    }
}
