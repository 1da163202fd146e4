using SpikeStats.Fitting.Hawkes;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Bases;
using SpikeStats.Tests.Models.Hawkes;
using SpikeStats.Tests.Testing;
using static SpikeStats.Tests.Fitting.Hawkes.BasisHawkesFits;

namespace SpikeStats.Tests.Fitting.Hawkes;

public sealed class BranchingEmTests
{
    // Every step of expectation and maximisation is compared with the textbook form, the probabilities of all pairs.
    [Fact]
    public void BranchingEm_OneStep_IsThatOfTheSumsOverPairs()
    {
        BranchingEmResult start = Specification.FitByBranchingEm(Drawn, new BranchingEmOptions { MaxIterations = 1 }), next = Specification.FitByBranchingEm(Drawn, new BranchingEmOptions { MaxIterations = 2 });
        double baseline = 0;
        double[,] triggered = new double[2, 3], exposure = new double[2, 3];
        foreach (TimeInterval interval in Drawn.Observed)
        {
            foreach (double time in Drawn["a"].TimesIn(interval))
            {
                double intensity = start.Model.Baselines[0] + BasisHawkesProblem.Excitation(start.Model, Drawn, interval, 0, time);
                baseline += start.Model.Baselines[0] / intensity;
                for (int j = 0; j < 2; j++)
                {
                    foreach (double past in Drawn[Truth.Units[j]].TimesIn(interval))
                    {
                        for (int b = 0; b < 3 && past < time; b++)
                        {
                            if (time - past >= Windows.Edges[b] && time - past < Windows.Edges[b + 1]) triggered[j, b] += start.Model.Weight(0, j, b) / intensity;
                        }
                    }
                }
            }

            for (int j = 0; j < 2; j++)
            {
                foreach (double past in Drawn[Truth.Units[j]].TimesIn(interval))
                {
                    for (int b = 0; b < 3; b++) exposure[j, b] += Math.Max(0, Math.Min(interval.End - past, Windows.Edges[b + 1]) - Windows.Edges[b]);
                }
            }
        }

        StatisticalAssert.Close(baseline / Drawn.Observed.Duration, next.Model.Baselines[0], relative: 1e-11);
        for (int j = 0; j < 2; j++)
        {
            for (int b = 0; b < 3; b++) StatisticalAssert.Close(triggered[j, b] / exposure[j, b], next.Model.Weight(0, j, b), relative: 1e-11);
        }

        StatisticalAssert.Close(start.Model.LogLikelihood(Drawn), next.LogLikelihoods[1], relative: 1e-12);
    }

    [Fact]
    public void BranchingEm_ToItsEnd_NeverFallsAndArrivesAtTheOptimumOfNewton()
    {
        foreach (ContinuousBasis basis in (ContinuousBasis[])[Windows, new BSplineBasis(4, 0.2)])
        {
            BasisHawkesSpecification asked = Specification with { Basis = basis };
            BasisHawkesFit fit = asked.Fit(Drawn);
            BranchingEmResult em = asked.FitByBranchingEm(Drawn, new BranchingEmOptions { Tolerance = 1e-11, MaxIterations = 30_000 });
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
}
