using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.Hawkes;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Models.Hawkes;

public sealed class HawkesBaselineTests
{
    private static readonly double[,,] weak = { { { 0.2 }, { 0.1 } }, { { 0.3 }, { 0.1 } } };

    [Fact]
    public void PieceAt_GivenChanges_IsHalfOpenAndCoversAllTime()
    {
        HawkesBaseline baseline = HawkesBaseline.Piecewise(1, 2.5);
        Assert.Equal([0, 0, 1, 1, 2, 2], new[] { -1e9, Math.BitDecrement(1), 1, 2.4, 2.5, 1e9 }.Select(baseline.PieceAt));
        Assert.Equal(3, baseline.PieceCount);
        Assert.False(baseline.IsConstant);
        Assert.Null(baseline.Period);
        Assert.Equal("piecewise constant, 3 pieces", baseline.ToString());
        StatisticalAssert.Close([1, 1.5, 1.5], baseline.Durations(TimeIntervals.FromSorted(new TimeInterval(0, 2), new TimeInterval(2, 4))), 1e-15);
    }

    // Instants next to every edge, far from zero too, where a quotient is rounded.
    [Theory]
    [InlineData(0.3, 7, 0)]
    [InlineData(0.1, 3, -0.7)]
    [InlineData(24 * 3600.0, 24, 1e6)]
    public void PieceAt_Periodic_ChangesAtTheEdges(double period, int pieceCount, double start)
    {
        HawkesBaseline baseline = HawkesBaseline.Periodic(period, pieceCount, start);
        for (int n = -3000; n < 3000; n++)
        {
            double edge = baseline.ChangeAfter(start + ((n + 0.5) * period / pieceCount));
            StatisticalAssert.Close(start + ((n + 1) * period / pieceCount), edge, relative: 1e-14, absolute: 1e-14 * period * Math.Abs(n));
            Assert.Equal((((n + 1) % pieceCount) + pieceCount) % pieceCount, baseline.PieceAt(edge));
            Assert.Equal(((n % pieceCount) + pieceCount) % pieceCount, baseline.PieceAt(Math.BitDecrement(edge)));
        }

        Assert.All(baseline.Durations(TimeIntervals.Of(start, start + (5 * period))), duration => StatisticalAssert.Close(5 * period / pieceCount, duration, relative: 1e-10));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LogLikelihood_BaselineThatVaries_IsTheSumOverPairs(bool isPeriodic)
    {
        HawkesModel model = HawkesProblem.Varying(isPeriodic);
        Recording recording = HawkesProblem.Tied(3);
        StatisticalAssert.Close(HawkesProblem.BruteForce(model, recording), model.LogLikelihood(recording), relative: 1e-13);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Compensate_BaselineThatVaries_IsTheIntegralOfTheIntensity(bool isPeriodic)
    {
        HawkesModel model = HawkesProblem.Varying(isPeriodic);
        Recording recording = HawkesProblem.Tied(5);
        BinGrid grid = new(recording.Observed, 0.125);
        double sumOfLogs = 0, integral = 0;
        foreach ((int i, string unit) in model.Units.Index())
        {
            double atEnd = model.Compensate(recording, unit).Segments.Sum(segment => segment.AtEnd);
            StatisticalAssert.Close(atEnd, model.Intensity(recording, unit, grid).Sum() * 0.125, relative: 1e-12);
            integral += atEnd;
            foreach (TimeInterval interval in recording.Observed)
            {
                foreach (double time in recording[unit].TimesIn(interval))
                    sumOfLogs += Math.Log(HawkesProblem.BaselineAt(model, i, time) + HawkesProblem.Excitation(model, recording, interval, i, time));
            }
        }

        StatisticalAssert.Close(sumOfLogs - integral, model.LogLikelihood(recording), relative: 1e-12);
    }

    [Fact]
    public void LogLikelihood_EqualLevels_IsThatOfAConstantBaseline()
    {
        Recording recording = HawkesProblem.Tied(7);
        HawkesModel constant = new(["a", "b"], [1.5, 0.8], [4.0], weak);
        HawkesModel pieces = new(["a", "b"], HawkesBaseline.Periodic(0.7, 2), new[,] { { 1.5, 1.5 }, { 0.8, 0.8 } }, [4.0], weak);
        StatisticalAssert.Close(constant.LogLikelihood(recording), pieces.LogLikelihood(recording), relative: 1e-13);
        StatisticalAssert.Close([.. constant.Baselines], [.. pieces.Baselines], 1e-15);
        StatisticalAssert.Close(constant.MeanRates(), pieces.MeanRates(), 1e-14);
    }

    // Counts over many periods have the mean rate of a period; the variance of a count is at most mean/(1-rho)^2. Every p-value of time rescaling is
    // uniform. Four standard errors and p above 1e-3 for two units and two routes: false-alarm rate below 4.3e-3.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Simulate_PeriodicByEitherRoute_HasTheMeanRatesAndPassesTimeRescaling(bool byClusters)
    {
        // A silent piece and one that is almost all: the bound of the thinning has to rise at the change.
        HawkesModel model = new(["a", "b"], HawkesBaseline.Periodic(2, 4), new[,] { { 0, 8, 1, 0.5 }, { 3.0, 0, 0, 0 } }, [6.0], weak);
        Recording drawn = Draw(model, TimeIntervals.FromSorted(new TimeInterval(0, 1500), new TimeInterval(1600, 2600)), byClusters);
        double factor = 1 / (1 - model.SpectralRadius);
        double[] rates = model.MeanRates();
        StatisticalAssert.Close([2.375, 0.75], [.. model.Baselines], 1e-15);
        for (int unit = 0; unit < 2; unit++)
        {
            double expected = rates[unit] * 2500;
            StatisticalAssert.WithinStandardErrors(drawn[unit].Count, expected, factor * Math.Sqrt(expected));
            Assert.True(TimeRescaling.Test(model, drawn, model.Units[unit]).KolmogorovSmirnov.PValue > 1e-3);
        }
    }

    // Without excitation the counts of pieces are Poisson: four standard errors, six numbers.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Simulate_PiecewiseWithoutExcitation_HasPoissonCountsInEachPiece(bool byClusters)
    {
        HawkesModel model = new(["a"], HawkesBaseline.Piecewise(100, 300), new[,] { { 20, 0.5, 5 } }, [6.0], new double[1, 1, 1]);
        Recording drawn = Draw(model, TimeIntervals.Of(0, 500), byClusters);
        (double Start, double End, double Mean)[] pieces = [(0, 100, 2000), (100, 300, 100), (300, 500, 1000)];
        foreach ((double start, double end, double mean) in pieces)
            StatisticalAssert.WithinStandardErrors(drawn["a"].TimesIn(new TimeInterval(start, end)).Length, mean, Math.Sqrt(mean));
        Assert.True(double.IsNaN(model.Baselines[0]));
        Assert.Throws<InvalidOperationException>(() => model.MeanRates());
    }

    [Fact]
    public void Create_NonsenseOfEveryKind_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => HawkesBaseline.Piecewise(1, 1));
        Assert.Throws<ArgumentException>(() => HawkesBaseline.Piecewise(2, 1));
        Assert.Throws<ArgumentException>(() => HawkesBaseline.Piecewise(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => HawkesBaseline.Periodic(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => HawkesBaseline.Periodic(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => HawkesBaseline.Periodic(1, 2, double.NaN));
        Assert.Same(HawkesBaseline.Constant, HawkesBaseline.Piecewise([]));
        HawkesBaseline two = HawkesBaseline.Periodic(1, 2);
        Assert.Throws<ArgumentException>(() => new HawkesModel(["a"], two, new[,] { { 1.0 } }, [1.0], new double[1, 1, 1]));
        Assert.Throws<ArgumentException>(() => new HawkesModel(["a"], two, new[,] { { 1.0, 1 }, { 1, 1 } }, [1.0], new double[1, 1, 1]));
        Assert.Throws<ArgumentException>(() => new HawkesModel(["a"], two, new[,] { { 1.0, -1 } }, [1.0], new double[1, 1, 1]));
    }

    private static Recording Draw(HawkesModel model, TimeIntervals observed, bool byClusters)
    {
        Recording conditions = Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), observed)]);
        return byClusters ? model.SimulateClusters(conditions, 31) : model.Simulate(conditions, 31);
    }
}
