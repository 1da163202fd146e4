using SpikeStats.Models.Bases;
using SpikeStats.Models.Hawkes;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Hawkes;

public sealed class BasisHawkesModelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void LogLikelihood_TiesAndGaps_IsTheSumOverPairs(ulong seed)
    {
        Recording recording = HawkesProblem.Tied(seed);
        foreach (BasisHawkesModel model in (BasisHawkesModel[])[BasisHawkesProblem.Windows, BasisHawkesProblem.Cosines])
            StatisticalAssert.Close(BasisHawkesProblem.BruteForce(model, recording), model.LogLikelihood(recording), relative: 1e-12);
    }

    [Fact]
    public void Compensate_TiesAndGaps_IsTheSumOverPairsAtEverySpike()
    {
        Recording recording = HawkesProblem.Tied(3);
        foreach (BasisHawkesModel model in (BasisHawkesModel[])[BasisHawkesProblem.Windows, BasisHawkesProblem.Cosines])
        {
            CompensatorSegment segment = model.Compensate(recording, "b").Segments[2];
            double[] times = recording["b"].TimesIn(segment.Interval).ToArray();
            for (int k = 0; k < times.Length; k++)
            {
                double expected = model.Baselines[1] * (times[k] - segment.Interval.Start);
                for (int j = 0; j < 3; j++)
                {
                    foreach (double past in recording[model.Units[j]].TimesIn(segment.Interval))
                    {
                        if (past < times[k]) expected += BasisHawkesProblem.Integral(model, 1, j, times[k] - past);
                    }
                }

                StatisticalAssert.Close(expected, segment.AtEvents.Span[k], relative: 1e-12);
            }
        }
    }

    // An exponential replaced by its mean in windows of width h: the integral of the kernel agrees on the edges and falls short by at most h²/8 max|φ'| between, always with the same
    // sign, so that the compensator converges with order two; the kernel itself, and with it the likelihood, with order one.
    [Fact]
    public void Windows_EverNarrower_ApproachTheExponentialKernelWithTheirOrder()
    {
        HawkesModel exponential = new("a", 4, 0.6, 10);
        Recording recording = exponential.Simulate(HawkesProblem.Record(100, Array.Empty<double>()), seed: 3);
        double[] exact = exponential.Compensate(recording, "a").Segments[0].AtEvents.ToArray();
        double logLikelihood = exponential.LogLikelihood(recording), previous = double.NaN;
        foreach (int count in (int[])[125, 250, 500, 1000])
        {
            double width = 4.0 / count;
            double[] edges = [.. Enumerable.Range(0, count + 1).Select(i => i * width)];
            double[] weights = [.. Enumerable.Range(0, count).Select(i => 0.6 * (Math.Exp(-10 * edges[i]) - Math.Exp(-10 * edges[i + 1])) / width)];
            BasisHawkesModel stepped = new("a", 4, new WindowBasis(edges), weights);
            double[] atEvents = stepped.Compensate(recording, "a").Segments[0].AtEvents.ToArray();
            double error = exact.Zip(atEvents, (a, b) => Math.Abs(a - b)).Max();
            // At most about eight spikes are within a time constant of each other, each with an error of h²/8 · 60.
            Assert.InRange(error, 0, 10 * width * width / 8 * 60);
            if (previous > 0) Assert.InRange(Math.Log2(previous / error), 1.8, 2.2);
            previous = error;
            // |δ log λ| of a spike is at most h/2 · 60 · (spikes that excite) / λ ≤ h/2 · 60 · n/(4 + 6n/e) < 15 h; over 1000 spikes of either sign.
            StatisticalAssert.Close(logLikelihood, stepped.LogLikelihood(recording), 4 * 15 * width * Math.Sqrt(recording.SpikeCount));
        }

        StatisticalAssert.Close(exponential.MeanRates()[0], 10, 1e-12);
    }

    [Fact]
    public void LogLikelihood_ObservationCutInTwo_IsTheSumWithThePastCarriedOver()
    {
        foreach (ContinuousBasis basis in (ContinuousBasis[])[new WindowBasis(0, 0.2, 1, 2), new BSplineBasis(3, 2, order: 3)])
        {
            double[] times = [0.4, 1.1, 1.25, 2.6, 3.1];
            BasisHawkesModel model = new("a", 0.5, basis, [0.6, 0.3, 0.1]);
            double cut = 1.5;
            Recording whole = Recording.FromTrains([SpikeTrain.FromSorted(times, TimeIntervals.Of(0, 4), "a")]);
            BasisHawkesModel second = new("a", 0.5, basis, [0.6, 0.3, 0.1]) { InitialSpikes = [[cut - 0.4, cut - 1.1, cut - 1.25]] };
            double parts = model.LogLikelihood(whole.Restrict(TimeIntervals.Of(0, cut))) + second.LogLikelihood(whole.Restrict(TimeIntervals.Of(cut, 4)));
            StatisticalAssert.Close(model.LogLikelihood(whole), parts, 1e-13);
            double compensated = model.Compensate(whole.Restrict(TimeIntervals.Of(0, cut)), "a").Segments[0].AtEnd + second.Compensate(whole.Restrict(TimeIntervals.Of(cut, 4)), "a").Segments[0].AtEnd;
            StatisticalAssert.Close(model.Compensate(whole, "a").Segments[0].AtEnd, compensated, 1e-13);
        }
    }

    [Fact]
    public void LogLikelihood_OtherTimeUnit_ChangesByTheLogOfTheUnit()
    {
        Recording seconds = HawkesProblem.Tied(4);
        BasisHawkesModel model = BasisHawkesProblem.Windows;
        BasisHawkesModel scaled = new(model.Units, [.. model.Baselines.Select(value => value / 1024)], new WindowBasis([.. Array.ConvertAll(((WindowBasis)model.Basis).Edges.ToArray(), edge => edge * 1024)]), Weights(model, value => value / 1024));
        StatisticalAssert.Close(model.LogLikelihood(seconds) - (seconds.SpikeCount * Math.Log(1024)), scaled.LogLikelihood(InUnitsOf1024(seconds)), relative: 1e-12);
    }

    [Fact]
    public void LogLikelihood_UnitsInAnotherOrder_IsTheSame()
    {
        BasisHawkesModel model = BasisHawkesProblem.Cosines;
        int[] order = [2, 0, 1];
        double[,,] weights = new double[3, 3, 3];
        for (int i = 0; i < 27; i++) weights[i / 9, i / 3 % 3, i % 3] = model.Weight(order[i / 9], order[i / 3 % 3], i % 3);
        BasisHawkesModel permuted = new([.. order.Select(i => model.Units[i])], [.. order.Select(i => model.Baselines[i])], model.Basis, weights);
        StatisticalAssert.Close(model.LogLikelihood(HawkesProblem.Tied(5)), permuted.LogLikelihood(HawkesProblem.Tied(5)), relative: 1e-13);
    }

    // Ticks of 0.1 ms and edges on whole milliseconds: many lags are on an edge, and adding hours rounds all of them anew.
    [Fact]
    public void LogLikelihood_ClockShiftedByHours_IsTheSame()
    {
        double[] times = [.. Enumerable.Range(0, 2000).Select(i => ((i * 37) + (i * i % 13)) * 1e-4)];
        Recording recording = Recording.FromTrains([SpikeTrain.FromSorted(times, TimeIntervals.Of(0, 10), "a")]);
        BasisHawkesModel model = new("a", 3, new WindowBasis(0, 0.004, 0.005, 0.01), [20, 5, 10]);
        double shifted = model.LogLikelihood(Recording.FromTrains([recording["a"].Shift(12345.6789)]));
        StatisticalAssert.Close(model.LogLikelihood(recording), shifted, relative: 1e-9);
    }

    [Fact]
    public void Intensity_OnAGrid_SumsToTheCompensatorAndIsThePairSumInTheLimit()
    {
        Recording recording = HawkesProblem.Tied(6);
        BasisHawkesModel model = BasisHawkesProblem.Cosines;
        double[] intensity = model.Intensity(recording, "c", new BinGrid(recording.Observed, 0.25));
        Compensator compensator = model.Compensate(recording, "c");
        StatisticalAssert.Close(compensator.Segments.Sum(segment => segment.AtEnd), intensity.Sum() * 0.25, relative: 1e-12);
        double[] fine = model.Intensity(recording, "c", new BinGrid(recording.Observed, 1 / 4096.0));
        TimeInterval first = recording.Observed[0];
        foreach (int bin in (int[])[100, 5003, 20001])
            StatisticalAssert.Close(model.Baselines[2] + BasisHawkesProblem.Excitation(model, recording, first, 2, first.Start + ((bin + 0.5) / 4096)), fine[bin], relative: 2e-3);
    }

    [Fact]
    public void Model_BranchingMatrixAndRates_AreTheClosedForms()
    {
        BasisHawkesModel model = new(["a", "b"], [2, 1], new WindowBasis(0, 0.1, 0.3), new[, ,] { { { 1, 2 }, { 0, 1 } }, { { 3.0, 0 }, { 0, 0 } } });
        StatisticalAssert.Close([0.5, 0.2, 0.3, 0], [.. model.BranchingMatrix().Cast<double>()], 1e-16);
        StatisticalAssert.Close((0.5 + Math.Sqrt(0.25 + 0.24)) / 2, model.SpectralRadius, 1e-14);
        // (1 - 0.5) r_a - 0.2 r_b = 2, r_b - 0.3 r_a = 1.
        StatisticalAssert.Close([2.2 / 0.44, 1 + (0.3 * 2.2 / 0.44)], model.MeanRates(), 1e-12);
        Assert.Equal([1, 2, 0], model.Kernel(0, 0, 0.05, 0.1, 0.3));
        Assert.Equal(10, model.ParameterCount);
        Assert.Throws<InvalidOperationException>(() => new BasisHawkesModel("a", 1, new WindowBasis(0, 1), [1]).MeanRates());
    }

    [Fact]
    public void Model_NonsenseOfEveryKind_IsRefused()
    {
        WindowBasis windows = new(0, 1, 2);
        Assert.Throws<ArgumentException>(() => new WindowBasis(0, 2, 1));
        Assert.Throws<ArgumentException>(() => new BasisHawkesModel("a", 1, windows, [1]));
        Assert.Throws<ArgumentException>(() => new BasisHawkesModel("a", -1, windows, [1, 1]));
        Assert.Throws<ArgumentException>(() => new BasisHawkesModel("a", 1, windows, [1, -1]));
        Assert.Throws<ArgumentException>(() => new BasisHawkesModel("a", 1, windows, [1, double.NaN]));
        Assert.Throws<ArgumentException>(() => new BasisHawkesModel(["a", "a"], [1, 1], windows, new double[2, 2, 2]));
        Assert.Throws<ArgumentException>(() => new BasisHawkesModel("a", 1, windows, [0, 0]) { InitialSpikes = [[0]] });
        Assert.Throws<ArgumentException>(() => new BasisHawkesModel("a", 1, windows, [0, 0]) { InitialSpikes = [[1], [1]] });
        ArgumentException negative = Assert.Throws<ArgumentException>(() => new BasisHawkesModel("a", 1, new FourierBasis(3, 1), [1, 1, 1]));
        Assert.Contains("negative values", negative.Message, StringComparison.Ordinal);
        Assert.Throws<UnknownUnitException>(() => BasisHawkesProblem.Windows.Compensate(HawkesProblem.Tied(1), "x"));
        Assert.Equal(double.NegativeInfinity, new BasisHawkesModel("a", 0, windows, [1, 1]).LogLikelihood(HawkesProblem.Record(3, [1, 2])));
    }

    private static Recording InUnitsOf1024(Recording recording) => Recording.FromTrains(recording.Trains.Select(train => SpikeTrain.FromSorted(
        Array.ConvertAll(train.Times.ToArray(), time => time * 1024),
        TimeIntervals.FromSorted([.. train.Observed.Select(interval => new TimeInterval(interval.Start * 1024, interval.End * 1024))]), train.Unit)));

    private static double[,,] Weights(BasisHawkesModel model, Func<double, double> change)
    {
        int units = model.Units.Count, functions = model.Basis.ColumnCount;
        double[,,] weights = new double[units, units, functions];
        for (int i = 0; i < weights.Length; i++)
            weights[i / (units * functions), i / functions % units, i % functions] = change(model.Weight(i / (units * functions), i / functions % units, i % functions));
        return weights;
    }
}
