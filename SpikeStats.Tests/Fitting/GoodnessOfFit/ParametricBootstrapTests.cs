using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.GoodnessOfFit;

public sealed class ParametricBootstrapTests
{
    private static readonly TimeIntervals observed = TimeIntervals.Of(0, 2);

    // Trains of about 60 spikes, rate estimated from each: the p-value of a given model is too large on average (0.5 expected if it were
    // right), that of the bootstrap uniform (false-alarm rate 1e-4 although it is a multiple of 1/100).
    [Fact]
    public void Test_FittedRate_RepairsThePValue()
    {
        const int trains = 150;
        PoissonProcess truth = new("a", 30);
        double[] bootstrap = new double[trains];
        double given = 0;
        for (uint n = 0; n < trains; n++)
        {
            Recording recording = truth.Simulate(Record(), 400 + n);
            IPointProcess fitted = Fit(recording);
            given += TimeRescaling.Test(fitted, recording, "a").KolmogorovSmirnov.PValue / trains;
            bootstrap[n] = ParametricBootstrap.Test(fitted, recording, "a", Fit, new ParametricBootstrapOptions { Replicates = 99, Seed = n }).PValue;
        }

        Assert.InRange(given, 0.5 + (4 * Math.Sqrt(1.0 / 12 / trains)), 1);
        Assert.InRange(KolmogorovSmirnov.Test([.. bootstrap.Order()]).PValue, 1e-4, 1);
    }

    [Fact]
    public void Test_SameSeed_RepeatsAndReportsProgress()
    {
        Recording recording = new PoissonProcess("a", 30).Simulate(Record(), 4);
        ParametricBootstrapOptions options = new() { Replicates = 9, Seed = 5 };
        Recorder progress = new();
        ParametricBootstrapResult first = ParametricBootstrap.Test(Fit(recording), recording, "a", Fit, options, progress);
        Assert.Equal(first.ReplicateStatistics.ToArray(), ParametricBootstrap.Test(Fit(recording), recording, "a", Fit, options).ReplicateStatistics.ToArray());
        Assert.Equal((9, 1.0), (progress.Count, progress.Last));
        double larger = first.ReplicateStatistics.ToArray().Count(d => d >= first.Statistic);
        StatisticalAssert.Close((1 + larger) / 10, first.PValue, 1e-15);
    }

    [Fact]
    public void Test_OtherUnitsSignalsAndTrials_ReachTheRefit()
    {
        SpikeTrain own = SpikeTrain.FromSorted(new[] { 0.5, 1.5 }, observed, "a"), other = SpikeTrain.FromSorted(new[] { 0.7 }, observed, "b");
        Recording recording = Recording.FromTrains([other, own], [new Trial("1", new TimeInterval(0, 2), 0)]);
        ParametricBootstrap.Test(new PoissonProcess("a", 5), recording, "a", Refit, new ParametricBootstrapOptions { Replicates = 3 });

        static IPointProcess Refit(Recording simulated)
        {
            Assert.Equal([0.7], simulated["b"].Times.ToArray());
            Assert.Single(simulated.Trials);
            return Fit(simulated);
        }
    }

    [Fact]
    public void Test_Cancelled_Stops()
    {
        Recording recording = new PoissonProcess("a", 30).Simulate(Record(), 4);
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => ParametricBootstrap.Test(Fit(recording), recording, "a", Fit, cancellationToken: source.Token));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => ParametricBootstrap.Test(Fit(recording), recording, "a", Fit, new ParametricBootstrapOptions { Replicates = 0 }));
    }

    private static PoissonProcess Fit(Recording recording) =>
        new("a", recording["a"].Count / recording["a"].Observed.Duration, parameterCount: 1);

    private static Recording Record() => Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), observed, "a")]);

    private sealed class Recorder : IProgress<double>
    {
        public int Count { get; private set; }

        public double Last { get; private set; }

        public void Report(double value)
        {
            Count++;
            Last = value;
        }
    }
}
