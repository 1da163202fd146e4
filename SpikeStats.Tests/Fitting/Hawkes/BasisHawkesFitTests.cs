using MathNet.Numerics.LinearAlgebra;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Hawkes;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Loading;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Hawkes;
using SpikeStats.Tests.Models.Hawkes;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Hawkes;

public sealed class BasisHawkesFitTests
{
    private static readonly WindowBasis windows = new(0, 0.02, 0.06, 0.15);

    private static readonly BasisHawkesModel truth = new(["a", "b"], [2, 1], windows, new[, ,] { { { 8, 4, 2 }, { 3, 2, 1 } }, { { 4, 3, 1.0 }, { 5, 2, 1 } } });
    private static readonly Recording recording = truth.Simulate(Trials(20, 20), seed: 8);
    private static readonly BasisHawkesSpecification specification = new() { Units = ["a", "b"], Basis = windows };
    private static readonly Lazy<BasisHawkesFit> plain = new(() => specification.Fit(recording));

    private static readonly BasisHawkesSpecification smooth = new()
    {
        Units = ["a", "b"],
        Basis = new RaisedCosineLogBasis(5, 0.25),
        Penalty = new Penalty { Smoothness = 0.2, Ridge = 0.05 },
    };

    private static readonly Lazy<BasisHawkesFit> penalised = new(() => smooth.Fit(recording));

    [Fact]
    public void Score_AtTheEstimate_IsZeroByFiniteDifferences()
    {
        foreach (BasisHawkesFit fit in (BasisHawkesFit[])[plain.Value, penalised.Value])
        {
            Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
            double[] at = Variables(fit), errors = Errors(fit);
            for (int p = 0; p < at.Length; p++)
            {
                double step = 1e-4 * (at[p] + 0.1), slope = (Objective(fit, at, (p, step)) - Objective(fit, at, (p, at[p] > step ? -step : 0))) / (at[p] > step ? 2 * step : step);
                if (double.IsNaN(errors[p])) Assert.True(slope < 1e-3, $"parameter {p} at its bound has the slope {slope}");
                else StatisticalAssert.Close(0, slope * errors[p], 1e-4);
            }
        }
    }

    // Minus the inverse of the Hessian by finite differences of the model's own likelihood: none of the fit's derivatives. With a penalty also the sandwich and the effective
    // degrees of freedom, from the Hessians with it and without it.
    [Fact]
    public void Covariance_AtTheEstimate_IsThatOfTheHessianByFiniteDifferences()
    {
        foreach (BasisHawkesFit fit in (BasisHawkesFit[])[plain.Value, penalised.Value])
        {
            double[] at = Variables(fit), errors = Errors(fit);
            int[] free = [.. Enumerable.Range(0, at.Length).Where(p => !double.IsNaN(errors[p]))];
            Matrix<double> hessian = Matrix<double>.Build.Dense(free.Length, free.Length);
            for (int p = 0; p < free.Length; p++)
            {
                // Targets share no parameter.
                for (int q = 0; q <= p; q++)
                {
                    if (free[p] * 2 / at.Length == free[q] * 2 / at.Length) hessian[p, q] = hessian[q, p] = Curvature(p, q);
                }
            }

            double Curvature(int p, int q)
            {
                double stepP = 2e-2 * errors[free[p]], stepQ = 2e-2 * errors[free[q]];
                double Value(int signP, int signQ) => LogLikelihood(fit, at, (free[p], signP * stepP), (free[q], signQ * stepQ));
                return -(Value(1, 1) - Value(1, -1) - Value(-1, 1) + Value(-1, -1)) / (4 * stepP * stepQ);
            }

            int functions = fit.Model.Basis.ColumnCount;
            double[,] precision = fit.Specification.Penalty.Matrix(functions);
            Matrix<double> penalty = Matrix<double>.Build.Dense(free.Length, free.Length, (p, q) => IsOfOneKernel(free[p], free[q], functions) ? precision[Place(free[p], functions), Place(free[q], functions)] : 0);
            Matrix<double> covariance = (hessian + penalty).Inverse(), sandwich = covariance * hessian * covariance;
            StatisticalAssert.Close(at.Length - (covariance * penalty).Trace(), fit.EffectiveDegreesOfFreedom, relative: 1e-3);
            for (int p = 0; p < free.Length; p++)
            {
                StatisticalAssert.Close(Math.Sqrt(covariance[p, p]), errors[free[p]], relative: 2e-3);
                if (Place(free[p], functions) == functions) continue;
                KernelFit kernel = fit.Kernels[KernelOf(free[p], functions)];
                StatisticalAssert.Close(Math.Sqrt(sandwich[p, p]), kernel.FrequentistStandardErrors[Place(free[p], functions)], relative: 2e-3);
                for (int q = 0; q < free.Length; q++)
                {
                    if (!IsOfOneKernel(free[p], free[q], functions)) continue;
                    StatisticalAssert.Close(
                        covariance[p, q], kernel.Covariance()[Place(free[p], functions), Place(free[q], functions)], 2e-3 * Math.Sqrt(covariance[p, p] * covariance[q, q]));
                }
            }
        }
    }

    [Fact]
    public void Compensator_AtTheEstimate_IsTheNumberOfSpikesOfEachUnit()
    {
        BasisHawkesFit fit = plain.Value;
        foreach (string unit in fit.Model.Units)
            StatisticalAssert.Close(recording[unit].Count, fit.Model.Compensate(recording, unit).Segments.Sum(segment => segment.AtEnd), relative: 1e-9);
        StatisticalAssert.Close(fit.LogLikelihood, fit.Model.LogLikelihood(recording), relative: 1e-12);
        StatisticalAssert.Close(penalised.Value.LogLikelihood, penalised.Value.Model.LogLikelihood(recording), relative: 1e-11);
        Assert.True(fit.LogLikelihood > truth.LogLikelihood(recording));
    }

    // Every step of expectation and maximisation is compared with the textbook form, the probabilities of all pairs.
    [Fact]
    public void BranchingEm_OneStep_IsThatOfTheSumsOverPairs()
    {
        BranchingEmResult start = specification.FitByBranchingEm(recording, new BranchingEmOptions { MaxIterations = 1 }), next = specification.FitByBranchingEm(recording, new BranchingEmOptions { MaxIterations = 2 });
        double baseline = 0;
        double[,] triggered = new double[2, 3], exposure = new double[2, 3];
        foreach (TimeInterval interval in recording.Observed)
        {
            foreach (double time in recording["a"].TimesIn(interval))
            {
                double intensity = start.Model.Baselines[0] + BasisHawkesProblem.Excitation(start.Model, recording, interval, 0, time);
                baseline += start.Model.Baselines[0] / intensity;
                for (int j = 0; j < 2; j++)
                {
                    foreach (double past in recording[truth.Units[j]].TimesIn(interval))
                    {
                        for (int b = 0; b < 3 && past < time; b++)
                        {
                            if (time - past >= windows.Edges[b] && time - past < windows.Edges[b + 1]) triggered[j, b] += start.Model.Weight(0, j, b) / intensity;
                        }
                    }
                }
            }

            for (int j = 0; j < 2; j++)
            {
                foreach (double past in recording[truth.Units[j]].TimesIn(interval))
                {
                    for (int b = 0; b < 3; b++) exposure[j, b] += Math.Max(0, Math.Min(interval.End - past, windows.Edges[b + 1]) - windows.Edges[b]);
                }
            }
        }

        StatisticalAssert.Close(baseline / recording.Observed.Duration, next.Model.Baselines[0], relative: 1e-11);
        for (int j = 0; j < 2; j++)
        {
            for (int b = 0; b < 3; b++) StatisticalAssert.Close(triggered[j, b] / exposure[j, b], next.Model.Weight(0, j, b), relative: 1e-11);
        }

        StatisticalAssert.Close(start.Model.LogLikelihood(recording), next.LogLikelihoods[1], relative: 1e-12);
    }

    [Fact]
    public void BranchingEm_ToItsEnd_NeverFallsAndArrivesAtTheOptimumOfNewton()
    {
        foreach (ContinuousBasis basis in (ContinuousBasis[])[windows, new BSplineBasis(4, 0.2)])
        {
            BasisHawkesSpecification asked = specification with { Basis = basis };
            BasisHawkesFit fit = asked.Fit(recording);
            BranchingEmResult em = asked.FitByBranchingEm(recording, new BranchingEmOptions { Tolerance = 1e-11, MaxIterations = 30_000 });
            Assert.Equal(FitStatus.Converged, em.Status);
            double rounding = 1e-13 * Math.Abs(fit.LogLikelihood);
            for (int i = 1; i < em.LogLikelihoods.Count; i++) Assert.True(em.LogLikelihoods[i] >= em.LogLikelihoods[i - 1] - rounding, $"iteration {i}");
            Assert.InRange(fit.LogLikelihood - em.LogLikelihoods[^1], -rounding, 1e-6);
            double[] errors = Errors(fit), newton = Variables(fit), arrived = Variables(em.Model);
            for (int p = 0; p < errors.Length; p++)
            {
                // At a bound the approach is as slow as 1/iterations.
                if (double.IsNaN(errors[p])) Assert.InRange(arrived[p], 0, 0.01);
                else StatisticalAssert.Close(newton[p], arrived[p], 2e-3 * errors[p]);
            }
        }
    }

    // Spikes at every half second: all but the first have one past spike in the window around 0.5 s and none in the other, so that μ + w = (n - 1)/G and 1/μ = T - G.
    [Fact]
    public void Fit_RegularSpikes_IsTheClosedForm()
    {
        Recording regular = HawkesProblem.Record(100, [.. Enumerable.Range(0, 200).Select(i => (i * 0.5) + 0.25)]);
        BasisHawkesFit fit = new BasisHawkesSpecification { Units = ["a"], Basis = new WindowBasis(0, 0.4, 0.6) }.Fit(regular);
        // 199 spikes are followed by the whole window, the last by nothing of it.
        double exposure = 199 * 0.2, baseline = 1 / (100 - exposure), height = (199 / exposure) - baseline;
        StatisticalAssert.Close([0, height], [.. fit.Kernel("a", "a").Weights], 1e-9);
        StatisticalAssert.Close(baseline, fit.Model.Baselines[0], 1e-11);
        Assert.Equal([true, false], fit.Kernel("a", "a").IsAtBound);
        Assert.True(double.IsNaN(fit.Kernel("a", "a").StandardErrors[0]));
        // The information is diag(1/μ², 0) + 199/(μ + w)² on all entries.
        StatisticalAssert.Close(baseline, fit.BaselineStandardErrors[0], relative: 1e-7);
        StatisticalAssert.Close(Math.Sqrt((baseline * baseline) + (199 / (exposure * exposure))), fit.Kernel("a", "a").StandardErrors[1], relative: 1e-7);
        Assert.Contains("w[a<-a] 0..0.4 s is at its bound 0", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.Equal((FitStatus.Converged, 2, 3), (fit.Certificate.Status, fit.Certificate.Rank, fit.Certificate.ParameterCount));
        StatisticalAssert.Close(-Math.Log(1 / baseline) + (199 * Math.Log(199 / exposure)) - 200, fit.LogLikelihood, 1e-9);
    }

    // The last of two free forms is nearly the truth of the exponential model: the likelihood gains what 21 further parameters gain by chance (χ² with at most 20 degrees of
    // freedom, mean 10 nats), less the loss by its steps; the branching ratio agrees within its error.
    [Fact]
    public void Fit_ExponentialSpikes_AgreesWithTheExponentialFit()
    {
        HawkesModel exponential = new("a", 3, 0.5, 8);
        Recording drawn = exponential.Simulate(Trials(4, 250), seed: 5);
        HawkesFit parametric = new HawkesSpecification { Units = ["a"] }.Fit(drawn);
        double[] edges = [.. Enumerable.Range(0, 21).Select(i => Math.Log(1 / (1 - (i / 20.5))) / 8)];
        BasisHawkesFit free = new BasisHawkesSpecification { Units = ["a"], Basis = new WindowBasis(edges) }.Fit(drawn);
        Assert.InRange(free.LogLikelihood - parametric.LogLikelihood, -5, 20);
        StatisticalAssert.WithinStandardErrors(free.SpectralRadius.Value, 0.5, free.SpectralRadius.StandardError);
        StatisticalAssert.Close(parametric.SpectralRadius.Value, free.SpectralRadius.Value, 2 * free.SpectralRadius.StandardError);
        double[] lags = [0.01, 0.05, 0.1], errors = free.Kernel("a", "a").StandardErrorsAt(lags), kernel = free.Kernel("a", "a").At(lags);
        for (int i = 0; i < lags.Length; i++) StatisticalAssert.WithinStandardErrors(kernel[i], 4 * Math.Exp(-8 * lags[i]), errors[i]);
    }

    [Fact]
    public void Fit_OtherTimeUnit_ScalesRatesAndKeepsRatios()
    {
        Recording other = Recording.FromTrains(recording.Trains.Select(train => SpikeTrain.FromSorted(
            Array.ConvertAll(train.Times.ToArray(), time => time * 1024),
            TimeIntervals.FromSorted([.. train.Observed.Select(interval => new TimeInterval(interval.Start * 1024, interval.End * 1024))]), train.Unit)));
        BasisHawkesFit scaled = (specification with { Basis = new WindowBasis([.. windows.Edges.ToArray().Select(edge => edge * 1024)]) }).Fit(other);
        StatisticalAssert.Close(Variables(plain.Value), [.. Variables(scaled).Select(value => value * 1024)], relative: 1e-7);
        StatisticalAssert.Close(Errors(plain.Value), [.. Errors(scaled).Select(value => value * 1024)], relative: 1e-6);
        StatisticalAssert.Close(plain.Value.SpectralRadius.StandardError, scaled.SpectralRadius.StandardError, relative: 1e-6);
    }

    [Fact]
    public void Fit_UnitsInAnotherOrder_GivesTheSameEstimates()
    {
        BasisHawkesFit swapped = (specification with { Units = ["b", "a"] }).Fit(recording);
        foreach (KernelFit kernel in plain.Value.Kernels)
        {
            StatisticalAssert.Close([.. kernel.Weights], [.. swapped.Kernel(kernel.Target, kernel.Source).Weights], relative: 1e-7);
            StatisticalAssert.Close(kernel.BranchingRatioStandardError, swapped.Kernel(kernel.Target, kernel.Source).BranchingRatioStandardError, relative: 1e-6);
        }

        StatisticalAssert.Close(plain.Value.SpectralRadius.StandardError, swapped.SpectralRadius.StandardError, relative: 1e-6);
    }

    [Fact]
    public void Fit_OneThreadOrMany_GivesTheSameBits()
    {
        BasisHawkesFit one = specification.Fit(recording, new HawkesFitOptions { Threads = 1 });
        Assert.Equal(Variables(plain.Value), Variables(one));
        Assert.Equal(plain.Value.LogLikelihood, one.LogLikelihood);
    }

    [Fact]
    public void Fit_IntervalsApartOrTogether_IsTheSame()
    {
        Recording apart = Recording.FromTrains(recording.Trains.Select(train =>
        {
            double Moved(double time) => time + (Math.Floor(time / 25) * 3);
            return SpikeTrain.FromSorted(
                Array.ConvertAll(train.Times.ToArray(), Moved),
                TimeIntervals.FromSorted([.. train.Observed.Select(interval => new TimeInterval(Moved(interval.Start), Moved(interval.Start) + interval.Duration))]), train.Unit);
        }));
        StatisticalAssert.Close(Variables(plain.Value), Variables(specification.Fit(apart)), relative: 1e-7);
    }

    // The delta method by finite differences of the eigenvalue and the covariance of all weights.
    [Fact]
    public void SpectralRadius_OfTwoUnits_HasTheErrorOfTheDeltaMethod()
    {
        BasisHawkesFit fit = plain.Value;
        double[,] matrix = fit.Model.BranchingMatrix();
        double[] integrals = windows.Integrals();
        double variance = 0;
        for (int i = 0; i < 2; i++)
        {
            // The two kernels of a target are correlated, which only the joint covariance knows: from the Hessian by finite differences.
            double[] at = Variables(fit), errors = Errors(fit), slopes = new double[7];
            for (int c = 0; c < 6; c++) slopes[1 + c] = Slope(i, c / 3) * integrals[c % 3];
            Matrix<double> hessian = Matrix<double>.Build.Dense(7, 7, (p, q) =>
            {
                double stepP = 2e-2 * errors[(7 * i) + p], stepQ = 2e-2 * errors[(7 * i) + q];
                double Value(int signP, int signQ) => LogLikelihood(fit, at, ((7 * i) + p, signP * stepP), ((7 * i) + q, signQ * stepQ));
                return -(Value(1, 1) - Value(1, -1) - Value(-1, 1) + Value(-1, -1)) / (4 * stepP * stepQ);
            });
            Vector<double> weights = Vector<double>.Build.Dense(slopes);
            variance += weights * (hessian.Inverse() * weights);
        }

        StatisticalAssert.Close(Math.Sqrt(variance), fit.SpectralRadius.StandardError, relative: 2e-3);
        Assert.InRange(truth.SpectralRadius, fit.SpectralRadius.Lower, fit.SpectralRadius.Upper);

        double Slope(int i, int j)
        {
            double Radius(double step)
            {
                double[,] moved = (double[,])matrix.Clone();
                moved[i, j] += step;
                return new HawkesModel(["a", "b"], [1, 1], 1, moved).SpectralRadius;
            }

            return (Radius(1e-6) - Radius(-1e-6)) / 2e-6;
        }
    }

    [Fact]
    public void Penalty_StrongSmoothness_LeavesAStraightLineAndFewDegreesOfFreedom()
    {
        BasisHawkesSpecification asked = new() { Units = ["a"], Basis = new WindowBasis([.. Enumerable.Range(0, 9).Select(i => i * 0.02)]), Penalty = new Penalty { Smoothness = 1e6 } };
        BasisHawkesFit stiff = asked.Fit(recording), weak = (asked with { Penalty = new Penalty { Smoothness = 1e-9 } }).Fit(recording), none = (asked with { Penalty = Penalty.None }).Fit(recording);
        IReadOnlyList<double> weights = stiff.Kernel("a", "a").Weights;
        for (int b = 2; b < weights.Count && weights[b] > 0; b++) StatisticalAssert.Close(weights[b - 1] - weights[b - 2], weights[b] - weights[b - 1], 1e-3);
        Assert.InRange(stiff.EffectiveDegreesOfFreedom, 2.9, 3.1);
        StatisticalAssert.Close(Variables(none), Variables(weak), 1e-4);
        StatisticalAssert.Close(none.EffectiveDegreesOfFreedom, weak.EffectiveDegreesOfFreedom, 1e-4);
        Assert.True(none.LogLikelihood > stiff.LogLikelihood);
        // The sampling error of a shrunken estimate is smaller than the posterior one.
        for (int b = 0; b < 5; b++) Assert.True(penalised.Value.Kernels[0].FrequentistStandardErrors[b] is double.NaN || penalised.Value.Kernels[0].FrequentistStandardErrors[b] < penalised.Value.Kernels[0].StandardErrors[b]);
    }

    // Unit b fires only in the last 50 ms: nobody saw what its spikes do later than that.
    [Fact]
    public void Fit_WindowThatWasNeverSeen_IsNamed()
    {
        SpikeTrain late = SpikeTrain.FromSorted(Enumerable.Range(0, 12).Select(i => 399.96 + (i * 0.003)).ToArray(), TimeIntervals.Of(0, 400), "b");
        SpikeTrain other = SpikeTrain.FromSorted(Enumerable.Range(0, 4000).Select(i => (i * 0.0999) + (i * i % 17 * 0.001)).Order().ToArray(), TimeIntervals.Of(0, 400), "a");
        BasisHawkesFit fit = (specification with { Basis = new WindowBasis(0, 0.02, 0.1, 0.2) }).Fit(Recording.FromTrains([other, late]));
        Assert.Equal(FitStatus.RankDeficient, fit.Certificate.Status);
        Assert.Contains("The data do not determine w[a<-b] 0.1..0.2 s, w[b<-b] 0.1..0.2 s", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.False(fit.Kernel("a", "b").IsAtBound[2]);
        Assert.True(double.IsNaN(fit.Kernel("a", "b").StandardErrors[2]));
    }

    [Fact]
    public void Fit_NonsenseOfEveryKind_IsRefused()
    {
        Recording few = HawkesProblem.Record(3, [1, 2, 2.5]);
        BasisHawkesSpecification one = new() { Units = ["a"], Basis = windows };
        InvalidRecordingException tooFew = Assert.Throws<InvalidRecordingException>(() => one.Fit(few));
        Assert.Contains("3 spikes cannot tell the 4 parameters", tooFew.Message, StringComparison.Ordinal);
        Assert.Equal("a", tooFew.Unit);
        Assert.True((one with { Penalty = new Penalty { Ridge = 1 } }).Fit(few).Certificate.IsConverged);
        InvalidRecordingException tooLong = Assert.Throws<InvalidRecordingException>(() => (one with { Basis = new WindowBasis(0, 1, 4) }).Fit(few));
        Assert.Contains("reach 4 s back, but the longest observed interval lasts 3 s", tooLong.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidRecordingException>(() => specification.Fit(HawkesProblem.Record(3, [1, 2], [])));
        Assert.Throws<InvalidRecordingException>(() => one.Fit(HawkesProblem.Record(3, [1, 2, 2, 2.5])));
        Assert.Throws<ArgumentException>(() => (one with { Units = [] }).Fit(recording));
        Assert.Throws<ArgumentException>(() => (one with { Basis = new FourierBasis(3, 1) }).Fit(recording));
        Assert.Throws<ArgumentException>(() => (one with { Penalty = new Penalty { Lasso = 1 } }).Fit(recording));
        Assert.Throws<ArgumentException>(() => smooth.FitByBranchingEm(recording));
        Assert.Throws<ArgumentOutOfRangeException>(() => one.FitByBranchingEm(recording, new BranchingEmOptions { Tolerance = 0 }));
        Assert.Throws<UnknownUnitException>(() => (one with { Units = ["x"] }).Fit(recording));
        Assert.Throws<UnknownUnitException>(() => plain.Value.Kernel("a", "x"));
        Assert.Throws<OperationCanceledException>(() => one.Fit(recording, cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Fit_ShowsItself()
    {
        Assert.Equal(plain.Value.Certificate.ParameterCount, plain.Value.ToDataTable().Rows.Count);
        Assert.Equal(4, plain.Value.ToBranchingTable().Rows.Count);
        string html = plain.Value.ToHtml();
        Assert.Contains("w[a&lt;-b] 0..0.02 s", html, StringComparison.Ordinal);
        Assert.Contains("<svg", html, StringComparison.Ordinal);
        Assert.Contains("Converged, 14 parameters", plain.Value.ToString(), StringComparison.Ordinal);
        Assert.Contains("w[a&lt;-b] 5", penalised.Value.ToHtml(), StringComparison.Ordinal);
    }

    // A spontaneous neuron of 60 s: the optimum is certified, beats constant rates and is no worse than the exponential fit on the same lags within what steps can lose.
    [SkippableFact]
    public void Fit_CockroachNeuron_IsCertifiedAndJudged()
    {
        SpikeTrain loaded = RecordingFile.Open(Repository.SharedData("star_cockroach", "CAL1S.csv"), new LoadOptions { OnDuplicate = IrregularityPolicy.Drop }).Trains.First();
        Recording neuron = Recording.FromTrains([SpikeTrain.FromSorted(loaded.Times.ToArray(), loaded.Observed, "n")]);
        BasisHawkesFit fit = new BasisHawkesSpecification
        {
            Units = ["n"],
            Basis = new WindowBasis(0, 0.002, 0.005, 0.01, 0.02, 0.035, 0.06, 0.1, 0.2, 0.5, 1),
        }.Fit(neuron);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        StatisticalAssert.Close(neuron.SpikeCount, fit.Model.Compensate(neuron, "n").Segments.Sum(segment => segment.AtEnd), relative: 1e-9);
        Assert.True(fit.BitsPerSpike > 0.05, fit.ToString());
        double constant = TimeRescaling.Test(new HawkesModel("n", neuron.SpikeCount / neuron.Observed.Duration, 0, 1), neuron, "n").KolmogorovSmirnov.Statistic;
        TimeRescalingResult verdict = TimeRescaling.Test(fit.Model, neuron, "n");
        Assert.True(verdict.KolmogorovSmirnov.Statistic < constant, verdict.ToString());
        Assert.InRange(fit.SpectralRadius.Value, 0.01, 1.2);
    }

    private static Recording Trials(int count, double duration)
    {
        TimeIntervals observed = TimeIntervals.FromSorted([.. Enumerable.Range(0, count).Select(i => new TimeInterval(i * (duration + 5), (i * (duration + 5)) + duration))]);
        return Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), observed)]);
    }

    // Target by target: the baseline, then the weights by source and function.
    private static double[] Variables(BasisHawkesFit fit) => Variables(fit.Model);

    private static double[] Variables(BasisHawkesModel model) =>
    [
        .. Enumerable.Range(0, model.Units.Count).SelectMany(i => Enumerable.Range(0, model.Units.Count * model.Basis.ColumnCount)
            .Select(c => model.Weight(i, c / model.Basis.ColumnCount, c % model.Basis.ColumnCount)).Prepend(model.Baselines[i])),
    ];

    private static double[] Errors(BasisHawkesFit fit) =>
    [
        .. Enumerable.Range(0, fit.Model.Units.Count).SelectMany(i => fit.Kernels.Where(kernel => kernel.Target == fit.Model.Units[i])
            .SelectMany(kernel => kernel.StandardErrors).Prepend(fit.BaselineStandardErrors[i])),
    ];

    // Place within its kernel; the number of functions for a baseline.
    private static int Place(int variable, int functions)
    {
        int own = variable % (1 + (2 * functions));
        return own == 0 ? functions : (own - 1) % functions;
    }

    private static int KernelOf(int variable, int functions)
    {
        (int target, int own) = Math.DivRem(variable, 1 + (2 * functions));
        return (2 * target) + ((own - 1) / functions);
    }

    private static bool IsOfOneKernel(int p, int q, int functions) =>
        Place(p, functions) < functions && Place(q, functions) < functions && KernelOf(p, functions) == KernelOf(q, functions);

    private static double LogLikelihood(BasisHawkesFit fit, double[] at, params (int Variable, double Step)[] moves)
    {
        double[] moved = (double[])at.Clone();
        foreach ((int variable, double step) in moves) moved[variable] += step;
        int units = fit.Model.Units.Count, functions = fit.Model.Basis.ColumnCount, perTarget = 1 + (units * functions);
        double[,,] weights = new double[units, units, functions];
        for (int i = 0; i < units; i++)
        {
            for (int c = 0; c < units * functions; c++) weights[i, c / functions, c % functions] = moved[(i * perTarget) + 1 + c];
        }

        return new BasisHawkesModel(fit.Model.Units, [.. Enumerable.Range(0, units).Select(i => moved[i * perTarget])], fit.Model.Basis, weights).LogLikelihood(recording);
    }

    // The log-likelihood minus the penalty.
    private static double Objective(BasisHawkesFit fit, double[] at, (int Variable, double Step) move)
    {
        double[] moved = (double[])at.Clone();
        moved[move.Variable] += move.Step;
        int functions = fit.Model.Basis.ColumnCount;
        double[,] precision = fit.Specification.Penalty.Matrix(functions);
        double penalty = 0;
        for (int p = 0; p < moved.Length; p++)
        {
            for (int q = 0; q < moved.Length; q++)
            {
                if (IsOfOneKernel(p, q, functions)) penalty += 0.5 * moved[p] * precision[Place(p, functions), Place(q, functions)] * moved[q];
            }
        }

        return LogLikelihood(fit, at, move) - penalty;
    }
}
