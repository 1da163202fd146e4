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
using static SpikeStats.Tests.Fitting.Hawkes.BasisHawkesFits;

namespace SpikeStats.Tests.Fitting.Hawkes;

public sealed class BasisHawkesFitTests
{
    [Fact]
    public void Score_AtTheEstimate_IsZeroByFiniteDifferences()
    {
        foreach (BasisHawkesFit fit in (BasisHawkesFit[])[Plain.Value, Penalised.Value])
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
        foreach (BasisHawkesFit fit in (BasisHawkesFit[])[Plain.Value, Penalised.Value])
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
        BasisHawkesFit fit = Plain.Value;
        foreach (string unit in fit.Model.Units)
            StatisticalAssert.Close(Drawn[unit].Count, fit.Model.Compensate(Drawn, unit).Segments.Sum(segment => segment.AtEnd), relative: 1e-9);
        StatisticalAssert.Close(fit.LogLikelihood, fit.Model.LogLikelihood(Drawn), relative: 1e-12);
        StatisticalAssert.Close(Penalised.Value.LogLikelihood, Penalised.Value.Model.LogLikelihood(Drawn), relative: 1e-11);
        Assert.True(fit.LogLikelihood > Truth.LogLikelihood(Drawn));
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
        Recording other = Recording.FromTrains(Drawn.Trains.Select(train => SpikeTrain.FromSorted(
            Array.ConvertAll(train.Times.ToArray(), time => time * 1024),
            TimeIntervals.FromSorted([.. train.Observed.Select(interval => new TimeInterval(interval.Start * 1024, interval.End * 1024))]), train.Unit)));
        BasisHawkesFit scaled = (Specification with { Basis = new WindowBasis([.. Windows.Edges.ToArray().Select(edge => edge * 1024)]) }).Fit(other);
        StatisticalAssert.Close(Variables(Plain.Value), [.. Variables(scaled).Select(value => value * 1024)], relative: 1e-7);
        StatisticalAssert.Close(Errors(Plain.Value), [.. Errors(scaled).Select(value => value * 1024)], relative: 1e-6);
        StatisticalAssert.Close(Plain.Value.SpectralRadius.StandardError, scaled.SpectralRadius.StandardError, relative: 1e-6);
    }

    [Fact]
    public void Fit_UnitsInAnotherOrder_GivesTheSameEstimates()
    {
        BasisHawkesFit swapped = (Specification with { Units = ["b", "a"] }).Fit(Drawn);
        foreach (KernelFit kernel in Plain.Value.Kernels)
        {
            StatisticalAssert.Close([.. kernel.Weights], [.. swapped.Kernel(kernel.Target, kernel.Source).Weights], relative: 1e-7);
            StatisticalAssert.Close(kernel.BranchingRatioStandardError, swapped.Kernel(kernel.Target, kernel.Source).BranchingRatioStandardError, relative: 1e-6);
        }

        StatisticalAssert.Close(Plain.Value.SpectralRadius.StandardError, swapped.SpectralRadius.StandardError, relative: 1e-6);
    }

    [Fact]
    public void Fit_OneThreadOrMany_GivesTheSameBits()
    {
        BasisHawkesFit one = Specification.Fit(Drawn, new HawkesFitOptions { Threads = 1 });
        Assert.Equal(Variables(Plain.Value), Variables(one));
        Assert.Equal(Plain.Value.LogLikelihood, one.LogLikelihood);
    }

    [Fact]
    public void Fit_IntervalsApartOrTogether_IsTheSame()
    {
        Recording apart = Recording.FromTrains(Drawn.Trains.Select(train =>
        {
            double Moved(double time) => time + (Math.Floor(time / 25) * 3);
            return SpikeTrain.FromSorted(
                Array.ConvertAll(train.Times.ToArray(), Moved),
                TimeIntervals.FromSorted([.. train.Observed.Select(interval => new TimeInterval(Moved(interval.Start), Moved(interval.Start) + interval.Duration))]), train.Unit);
        }));
        StatisticalAssert.Close(Variables(Plain.Value), Variables(Specification.Fit(apart)), relative: 1e-7);
    }

    // The delta method by finite differences of the eigenvalue and the covariance of all weights.
    [Fact]
    public void SpectralRadius_OfTwoUnits_HasTheErrorOfTheDeltaMethod()
    {
        BasisHawkesFit fit = Plain.Value;
        double[,] matrix = fit.Model.BranchingMatrix();
        double[] integrals = Windows.Integrals();
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
        Assert.InRange(Truth.SpectralRadius, fit.SpectralRadius.Lower, fit.SpectralRadius.Upper);

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
        BasisHawkesFit stiff = asked.Fit(Drawn), weak = (asked with { Penalty = new Penalty { Smoothness = 1e-9 } }).Fit(Drawn), none = (asked with { Penalty = Penalty.None }).Fit(Drawn);
        IReadOnlyList<double> weights = stiff.Kernel("a", "a").Weights;
        for (int b = 2; b < weights.Count && weights[b] > 0; b++) StatisticalAssert.Close(weights[b - 1] - weights[b - 2], weights[b] - weights[b - 1], 1e-3);
        Assert.InRange(stiff.EffectiveDegreesOfFreedom, 2.9, 3.1);
        StatisticalAssert.Close(Variables(none), Variables(weak), 1e-4);
        StatisticalAssert.Close(none.EffectiveDegreesOfFreedom, weak.EffectiveDegreesOfFreedom, 1e-4);
        Assert.True(none.LogLikelihood > stiff.LogLikelihood);
        // The sampling error of a shrunken estimate is smaller than the posterior one.
        for (int b = 0; b < 5; b++) Assert.True(Penalised.Value.Kernels[0].FrequentistStandardErrors[b] is double.NaN || Penalised.Value.Kernels[0].FrequentistStandardErrors[b] < Penalised.Value.Kernels[0].StandardErrors[b]);
    }

    // Unit b fires only in the last 50 ms: nobody saw what its spikes do later than that.
    [Fact]
    public void Fit_WindowThatWasNeverSeen_IsNamed()
    {
        SpikeTrain late = SpikeTrain.FromSorted(Enumerable.Range(0, 12).Select(i => 399.96 + (i * 0.003)).ToArray(), TimeIntervals.Of(0, 400), "b");
        SpikeTrain other = SpikeTrain.FromSorted(Enumerable.Range(0, 4000).Select(i => (i * 0.0999) + (i * i % 17 * 0.001)).Order().ToArray(), TimeIntervals.Of(0, 400), "a");
        BasisHawkesFit fit = (Specification with { Basis = new WindowBasis(0, 0.02, 0.1, 0.2) }).Fit(Recording.FromTrains([other, late]));
        Assert.Equal(FitStatus.RankDeficient, fit.Certificate.Status);
        Assert.Contains("The data do not determine w[a<-b] 0.1..0.2 s, w[b<-b] 0.1..0.2 s", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.False(fit.Kernel("a", "b").IsAtBound[2]);
        Assert.True(double.IsNaN(fit.Kernel("a", "b").StandardErrors[2]));
    }

    [Fact]
    public void Fit_OneIterationOnly_SaysThatItIsNotTheOptimum()
    {
        BasisHawkesFit fit = Specification.Fit(Drawn, new HawkesFitOptions { MaxIterations = 1 });
        Assert.Equal(FitStatus.IterationLimit, fit.Certificate.Status);
        Assert.Contains("not the optimum", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.Equal(FitStatus.IterationLimit, Specification.FitByBranchingEm(Drawn, new BranchingEmOptions { MaxIterations = 2 }).Status);
    }

    [Fact]
    public void Fit_NonsenseOfEveryKind_IsRefused()
    {
        Recording few = HawkesProblem.Record(3, [1, 2, 2.5]);
        BasisHawkesSpecification one = new() { Units = ["a"], Basis = Windows };
        InvalidRecordingException tooFew = Assert.Throws<InvalidRecordingException>(() => one.Fit(few));
        Assert.Contains("3 spikes cannot tell the 4 parameters", tooFew.Message, StringComparison.Ordinal);
        Assert.Equal("a", tooFew.Unit);
        Assert.True((one with { Penalty = new Penalty { Ridge = 1 } }).Fit(few).Certificate.IsConverged);
        InvalidRecordingException tooLong = Assert.Throws<InvalidRecordingException>(() => (one with { Basis = new WindowBasis(0, 1, 4) }).Fit(few));
        Assert.Contains("reach 4 s back, but the longest observed interval lasts 3 s", tooLong.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidRecordingException>(() => Specification.Fit(HawkesProblem.Record(3, [1, 2], [])));
        Assert.Throws<InvalidRecordingException>(() => one.Fit(HawkesProblem.Record(3, [1, 2, 2, 2.5])));
        Assert.Throws<ArgumentException>(() => (one with { Units = [] }).Fit(Drawn));
        Assert.Throws<ArgumentException>(() => (one with { Basis = new FourierBasis(3, 1) }).Fit(Drawn));
        Assert.Throws<ArgumentException>(() => (one with { Penalty = new Penalty { Lasso = 1 } }).Fit(Drawn));
        Assert.Throws<ArgumentException>(() => Smooth.FitByBranchingEm(Drawn));
        Assert.Throws<ArgumentOutOfRangeException>(() => one.FitByBranchingEm(Drawn, new BranchingEmOptions { Tolerance = 0 }));
        Assert.Throws<UnknownUnitException>(() => (one with { Units = ["x"] }).Fit(Drawn));
        Assert.Throws<UnknownUnitException>(() => Plain.Value.Kernel("a", "x"));
        Assert.Throws<OperationCanceledException>(() => one.Fit(Drawn, cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Fit_ShowsItself()
    {
        Assert.Equal(Plain.Value.Certificate.ParameterCount, Plain.Value.ToDataTable().Rows.Count);
        Assert.Equal(4, Plain.Value.ToBranchingTable().Rows.Count);
        string html = Plain.Value.ToHtml();
        Assert.Contains("w[a&lt;-b] 0..0.02 s", html, StringComparison.Ordinal);
        Assert.Contains("<svg", html, StringComparison.Ordinal);
        Assert.Contains("Converged, 14 parameters", Plain.Value.ToString(), StringComparison.Ordinal);
        Assert.Contains("w[a&lt;-b] 5", Penalised.Value.ToHtml(), StringComparison.Ordinal);
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
}
