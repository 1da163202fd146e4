using System.Text.Json;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Hawkes;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Loading;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Tests.Models.Hawkes;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Hawkes;

public sealed class HawkesReferenceTests
{
    public static TheoryData<string> Cockroach => [.. HawkesProblem.Reference.GetProperty("star_cockroach").EnumerateObject().Select(neuron => neuron.Name)];

    [Fact]
    public void Fit_OneUnitWithFreeDecay_IsTheReferenceOptimum()
    {
        JsonElement problem = HawkesProblem.Reference.GetProperty("uv_mle");
        Recording recording = HawkesProblem.Record(problem.Number("T"), Thinned(0.5, 0.6, 3, problem.Number("T")));
        StatisticalAssert.Close(problem.GetProperty("first5").Doubles(), recording["a"].Times[..5], 1e-12);
        HawkesFit fit = new HawkesSpecification { Units = ["a"] }.Fit(recording);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        double[] expected = problem.GetProperty("mle_mu_alpha_beta").Doubles(), errors = problem.GetProperty("se_observed").Doubles();
        Assert.Equal(["mu[a]", "alpha[a<-a]", "beta"], fit.Parameters.Select(parameter => parameter.Name));
        StatisticalAssert.Close(expected, [.. fit.Parameters.Select(parameter => parameter.Estimate)], 1e-6);
        StatisticalAssert.Close(errors, [.. fit.Parameters.Select(parameter => parameter.StandardError)], relative: 1e-3);
        StatisticalAssert.Close(problem.Number("loglik"), fit.LogLikelihood, 1e-9);
        StatisticalAssert.Close(problem.Number("poisson_loglik"), fit.NullLogLikelihood, 1e-9);
        TimeRescalingResult rescaled = TimeRescaling.Test(fit.Model, recording, "a");
        StatisticalAssert.Close(problem.Number("ks_stat_exp1"), rescaled.KolmogorovSmirnov.Statistic, 1e-6);
        StatisticalAssert.Close(problem.Number("ks_p"), rescaled.KolmogorovSmirnov.PValue, 1e-3);
        StatisticalAssert.Close(900, fit.Model.Compensate(recording, "a").Segments[0].AtEnd, 1e-8);
    }

    [Fact]
    public void Fit_DataOnWhichHawkeslibFailed_IsTheReferenceOptimumOnItsBounds()
    {
        JsonElement problem = HawkesProblem.Reference.GetProperty("mv_issue14_beta1");
        double[] times = problem.GetProperty("t").Doubles();
        int[] marks = problem.GetProperty("mark").Integers();
        Recording recording = HawkesProblem.Record(problem.Number("T"), [.. times.Where((_, k) => marks[k] == 0)], [.. times.Where((_, k) => marks[k] == 1)]);
        HawkesFit fit = new HawkesSpecification { Units = ["a", "b"], Kernel = HawkesKernel.Exponential(problem.Number("beta")) }.Fit(recording);
        Assert.Equal(FitStatus.Converged, fit.Certificate.Status);
        StatisticalAssert.Close(problem.Number("loglik"), fit.LogLikelihood, 1e-8);
        double[] expected = problem.GetProperty("mle").Doubles();
        string[] order = ["mu[a]", "mu[b]", "alpha[a<-a]", "alpha[a<-b]", "alpha[b<-a]", "alpha[b<-b]"];
        StatisticalAssert.Close(expected, [.. order.Select(name => fit.Parameter(name).Estimate)], 1e-6);
        Assert.Equal(["alpha[a<-b]", "alpha[b<-a]"], fit.Parameters.Where(parameter => parameter.IsAtBound).Select(parameter => parameter.Name));
        Assert.Contains("alpha[a<-b], alpha[b<-a] are at their bounds 0", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.True(double.IsNaN(fit.Parameter("alpha[a<-b]").StandardError));
        Assert.Equal(4, fit.Certificate.Rank);
    }

    // Gradient and Hessian of the log-likelihood at given parameters, which the fit evaluates on its way.
    [Fact]
    public void Likelihood_OfTwoTargets_HasTheReferenceDerivatives()
    {
        JsonElement problem = HawkesProblem.Reference.GetProperty("mv_exp");
        double[][] trains = [.. problem.GetProperty("timestamps").EnumerateArray().Select(times => times.Doubles())];
        double[] baselines = problem.GetProperty("mu").Doubles(), gradient = problem.GetProperty("grad").Doubles();
        double[,] branching = HawkesProblem.Matrix(problem.GetProperty("A")), hessian = HawkesProblem.Matrix(problem.GetProperty("hessian"));
        HawkesEvaluation evaluation = new(HawkesProblem.Record(problem.Number("T"), trains), [problem.Number("beta")]);
        double value = 0;
        for (int target = 0; target < 2; target++)
        {
            // The reference orders mu0, mu1, A00, A01, A10, A11; a target has its branching ratios and then its baseline.
            int[] places = [2 + (2 * target), 3 + (2 * target), target];
            Evaluation result = evaluation.Of(target, [branching[target, 0], branching[target, 1], baselines[target]]);
            value -= result.Value;
            for (int a = 0; a < 3; a++)
            {
                StatisticalAssert.Close(gradient[places[a]], -result.Gradient[a], 1e-12);
                for (int b = 0; b <= a; b++) StatisticalAssert.Close(hessian[places[a], places[b]], -result.Hessian![(a * 3) + b], 1e-12);
            }
        }

        StatisticalAssert.Close(problem.Number("loglik"), value, 1e-12);
    }

    [SkippableTheory]
    [MemberData(nameof(Cockroach))]
    public void Fit_CockroachNeuron_IsTheReferenceOptimum(string neuron)
    {
        JsonElement problem = HawkesProblem.Reference.At("star_cockroach", neuron);
        string[] place = neuron.Split('/');
        SpikeTrain loaded = RecordingFile.Open(Repository.SharedData("star_cockroach", place[0] + ".csv"))[place[1].Replace("neuron ", "", StringComparison.Ordinal)];
        TimeIntervals window = TimeIntervals.Of(0, problem.Number("T"));
        Recording recording = Recording.FromTrains([SpikeTrain.FromSorted(loaded.Times.ToArray(), window, "n")]);
        HawkesFit fit = new HawkesSpecification { Units = ["n"] }.Fit(recording);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        StatisticalAssert.Close(problem.Number("log_likelihood"), fit.LogLikelihood, relative: 1e-9);
        StatisticalAssert.Close(
            [problem.Number("mu"), problem.Number("branching_alpha"), problem.Number("beta")], [.. fit.Parameters.Select(parameter => parameter.Estimate)], relative: 1e-5);
        StatisticalAssert.Close(problem.Number("ks"), TimeRescaling.Test(fit.Model, recording, "n").KolmogorovSmirnov.Statistic, 1e-5);
        StatisticalAssert.Close(problem.Number("stationary_rate"), fit.Model.MeanRates()[0], relative: 1e-6);
        Assert.True(fit.LogLikelihood > new PoissonProcess("n", loaded.Count / problem.Number("T")).LogLikelihood(recording));
    }

    // The recipe of the reference: thinning with the reference's own random numbers.
    private static double[] Thinned(double baseline, double branchingRatio, double decay, double duration)
    {
        ReferenceGenerator generator = new(20240001);
        List<double> events = [];
        double time = 0, excitation = 0;
        while (true)
        {
            double bound = baseline + excitation, wait = -Math.Log(generator.Next()) / bound;
            time += wait;
            if (time > duration) return [.. events];
            excitation *= Math.Exp(-decay * wait);
            if (generator.Next() * bound > baseline + excitation) continue;
            events.Add(time);
            excitation += branchingRatio * decay;
        }
    }
}
