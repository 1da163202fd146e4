using MathNet.Numerics.LinearAlgebra;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.HypothesisTests;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Fitting.Glm;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.HypothesisTests;

public sealed class HypothesisTestsTests
{
    private static readonly WindowBasis windows = new(0.001, 0.003, 0.008), shortWindows = new(0.001, 0.004);
    private static readonly Recording chain = Chain();

    [Fact]
    public void Adjust_TenPValues_IsRs()
    {
        // p.adjust(p, "BH") of R 4.2.2.
        double[] p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216];
        double[] expected = [0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.105714285714286, 0.216, 0.216, 0.216];
        StatisticalAssert.Close(expected, FalseDiscoveryRate.Adjust(p), absolute: 1e-14);
        double[] shuffled = FalseDiscoveryRate.Adjust([0.216, double.NaN, 0.001, 0.205, 0.06, 0.074, 0.042, 0.212, 0.008, 0.041, 0.039]);
        Assert.True(double.IsNaN(shuffled[1]));
        StatisticalAssert.Close([0.216, 0.01, 0.216, 0.1], [shuffled[0], shuffled[2], shuffled[3], shuffled[4]], absolute: 1e-14);
        Assert.Empty(FalseDiscoveryRate.Adjust([]));
        Assert.Throws<ArgumentException>(() => FalseDiscoveryRate.Adjust([1.1]));
    }

    [Fact]
    public void LikelihoodRatio_OnTheBoundary_IsTheMixture()
    {
        // Half of the tail of the square of a normal variable, whose 95 % point is 1.959963984540054.
        StatisticalAssert.Close(0.025, LikelihoodRatioTest.Of(1.959963984540054 * 1.959963984540054, 1, isOnBoundary: true).PValue, absolute: 1e-12);
        Assert.Equal(1, LikelihoodRatioTest.Of(0, 1, isOnBoundary: true).PValue);

        // Two degrees of freedom: exp(-x/2) for the larger, erfc(√(x/2)) for the smaller.
        double expected = 0.5 * (Math.Exp(-1.5) + MathNet.Numerics.SpecialFunctions.Erfc(Math.Sqrt(1.5)));
        StatisticalAssert.Close(expected, LikelihoodRatioTest.Of(3, 2, isOnBoundary: true).PValue, absolute: 1e-12);
    }

    // Poisson counts, tested for excess variance: at the 5 % level of the boundary mixture 5 % of 400 tests reject (binomial error 0.011, four of them), and about
    // half of the statistics are zero (0.4 to 0.6; fewer shapes than half run to infinity in samples that are not large).
    [Fact]
    public void LikelihoodRatio_OfTheShapeOfPoissonCounts_RejectsAtItsLevel()
    {
        const int tests = 400;
        double[] x = [.. Enumerable.Range(0, 200).Select(t => Math.Sin(0.3 * t))];
        int rejected = 0, zero = 0;
        for (int n = 0; n < tests; n++)
        {
            RandomStream stream = new(31, trial: (uint)n);
            int[] counts = [.. x.Select(value => stream.NextPoisson(Math.Exp(1 + (0.4 * value))))];
            GlmFit poisson = Regression.Fit(counts, [x]), dispersed = Regression.Fit(counts, [x], observation: ObservationModel.NegativeBinomial);
            LikelihoodRatioTest test = LikelihoodRatioTest.Of(poisson, dispersed, isOnBoundary: true);
            Assert.Equal(1, test.DegreesOfFreedom);
            if (test.PValue < 0.05) rejected++;
            if (test.Statistic < 1e-3) zero++;
        }

        StatisticalAssert.WithinStandardErrors(rejected / (double)tests, 0.05, Math.Sqrt(0.05 * 0.95 / tests));
        Assert.InRange(zero, 0.4 * tests, 0.65 * tests);
    }

    [Fact]
    public void DevianceTable_TermByTerm_AddsUpAndTestsTheSameBins()
    {
        GlmSpecification specification = Specification("b", "a", "c");
        DevianceTable table = DevianceTable.Of(specification, chain);
        GlmFit full = specification.Fit(chain);
        StatisticalAssert.Close(full.Deviance, table.Rows[^1].ResidualDeviance, relative: 1e-10);
        StatisticalAssert.Close(table.NullDeviance - full.Deviance, table.Rows.Sum(row => row.Test.Statistic), relative: 1e-9);
        StatisticalAssert.Close(full.NullDeviance, table.NullDeviance, relative: 1e-10);
        Assert.Equal([1, 2, 2], table.Rows.Select(row => row.Test.DegreesOfFreedom));
        Assert.Equal(3, table.ToDataTable().Rows.Count);

        // The last row by hand, and close to Wald's test of the same term, as for a weak effect it must be.
        StatisticalAssert.Close(full.Term("coupling:c").Wald.Statistic, table.Rows[^1].Test.Statistic, absolute: 0.05 + (0.1 * table.Rows[^1].Test.Statistic));
    }

    [Fact]
    public void LikelihoodRatio_FitsThatCannotBeCompared_Throw()
    {
        GlmFit full = Specification("b", "a").Fit(chain), other = Specification("b", "c").Fit(chain);
        Assert.Contains("nested", Assert.Throws<ArgumentException>(() => LikelihoodRatioTest.Of(other, full)).Message, StringComparison.Ordinal);
        GlmFit constant = new GlmSpecification { Target = "b" }.Fit(chain);
        Assert.Contains("other bins", Assert.Throws<ArgumentException>(() => LikelihoodRatioTest.Of(constant, full)).Message, StringComparison.Ordinal);
        GlmFit ridge = new GlmSpecification { Target = "b", Terms = [new HistoryTerm(windows) { Penalty = new Penalty { Ridge = 1 } }] }.Fit(chain);
        Assert.Contains("penal", Assert.Throws<ArgumentException>(() => LikelihoodRatioTest.Of(ridge, full)).Message, StringComparison.Ordinal);
    }

    // a drives b, nothing else acts: the one coupling is found; five true null hypotheses at a false discovery rate of 1 % give a false alarm in at most
    // 5 % of seeds.
    [Fact]
    public void CouplingTests_ChainOfUnits_FindsTheLinkAndNoOther()
    {
        string[] units = ["a", "b", "c"];
        IReadOnlyList<CouplingTest> tests = CouplingTests.Of([.. units.Select(unit => Specification(unit, [.. units.Where(other => other != unit)]))], chain, falseDiscoveryRate: 0.01);
        Assert.Equal(6, tests.Count);
        CouplingTest found = Assert.Single(tests, test => test.IsSignificant);
        Assert.Equal(("a", "b"), (found.Source, found.Target));
        Assert.True(found.FilterSum > 0);
        Assert.True(found.AdjustedPValue < 1e-10);
        Assert.All(tests, test => Assert.True(test.AdjustedPValue >= test.Test.PValue));
    }

    [Fact]
    public void ClusteredCovariance_OfTrials_IsTheSandwichWrittenOut()
    {
        const int rows = 300, perTrial = 20;
        RandomStream stream = new(5);
        double[] x = [.. Enumerable.Range(0, rows).Select(_ => stream.NextGaussian())];
        int[] counts = [.. x.Select((value, row) => stream.NextPoisson(Math.Exp(0.3 * value) * (row / perTrial % 2 == 0 ? 2 : 0.5)))];
        Recording plain = Regression.Recording(counts, [x]);
        Recording recording = Recording.FromTrains(plain.Trains, [.. Enumerable.Range(0, rows / perTrial).Select(trial =>
            new Trial($"{trial}", new TimeInterval(trial * perTrial, (trial + 1) * perTrial), 0))], plain.Signals);
        GlmFit fit = Regression.Specification(1, 1, penalty: new Penalty { Ridge = 3 }).Fit(recording);
        Matrix<double> meat = Matrix<double>.Build.Dense(2, 2), information = Matrix<double>.Build.DenseOfArray(new double[,] { { 0, 0 }, { 0, 3 } });
        for (int trial = 0; trial < rows / perTrial; trial++)
        {
            Vector<double> score = Vector<double>.Build.Dense(2);
            for (int row = trial * perTrial; row < (trial + 1) * perTrial; row++)
            {
                Vector<double> features = Vector<double>.Build.DenseOfArray([1, x[row]]);
                double mean = Math.Exp(fit.Coefficients[0] + (fit.Coefficients[1] * x[row]));
                score += (counts[row] - mean) * features;
                information += mean * features.OuterProduct(features);
            }

            meat += score.OuterProduct(score);
        }

        Matrix<double> expected = information.Inverse() * meat * information.Inverse();
        double[,] covariance = ClusteredCovariance.OfTrials(fit, recording);
        for (int i = 0; i < 2; i++)
        {
            for (int j = 0; j < 2; j++) StatisticalAssert.Close(expected[i, j], covariance[i, j], absolute: 1e-10);
        }

        // The trials differ in rate, so that the usual error of the baseline is far too small.
        Assert.True(covariance[0, 0] > 3 * fit.Covariance[0, 0]);
        Assert.Throws<ArgumentException>(() => ClusteredCovariance.OfTrials(fit, plain));
    }

    private static GlmSpecification Specification(string target, params string[] sources) => new()
    {
        Target = target,
        Terms = [new HistoryTerm(shortWindows), .. sources.Select(source => new CouplingTerm(source, windows))],
    };

    private static Recording Chain()
    {
        Recording conditions = Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, 40), "none")]);
        GlmModel Unit(string id, params SpikeFilter[] filters) => new() { Unit = id, BinWidth = 0.001, Baseline = Math.Log(25), SpikeFilters = filters };
        return new GlmPopulation([Unit("a"), Unit("b", new SpikeFilter("a", 1, [1.2, 1.2, 0.5])), Unit("c")]).Simulate(conditions, seed: 12);
    }
}
