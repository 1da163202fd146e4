using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Stability;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Models.Stability;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Stability;

public sealed class SoftplusCouplingsTests
{
    private const double BinWidth = 0.005;
    private static readonly WindowBasis windows = new(0.005, 0.015, 0.035);

    // The truth lies within four standard errors; the error is that of the sum of absolute filters of one unit by hand.
    [Fact]
    public void OneUnit_IsTheSumOfItsFilter_WithItsError()
    {
        Recording recording = Unit("a", ("a", [0.15, 0.15, 0.1, 0.1, 0.1, 0.1])).Simulate(Conditions(300), seed: 2);
        GlmFit fit = Fit("a", recording);
        SpectralRadius radius = SoftplusCouplings.Radius([fit]);
        double[] length = [0, 2, 4];
        double expected = 0, variance = 0;
        for (int i = 0; i < 3; i++)
        {
            expected += length[i] * Math.Abs(fit.Coefficients[i]);
            for (int j = 0; j < 3; j++) variance += length[i] * fit.Covariance[i, j] * length[j];
        }

        StatisticalAssert.Close(expected, radius.Value, relative: 1e-10);
        StatisticalAssert.Close(Math.Sqrt(variance), radius.StandardError, relative: 1e-9);
        StatisticalAssert.WithinStandardErrors(radius.Value, 0.7, radius.StandardError);
    }

    [Fact]
    public void TwoUnits_InClosedForm()
    {
        GlmPopulation pair = new([Unit("a", ("a", [0.1, 0.1, 0, 0, 0, 0]), ("b", [0.1, 0.1, 0.05, 0.05, 0.05, 0.05])), Unit("b", ("a", [0.2, 0.2, 0, 0, 0, 0]), ("b", [-0.1, -0.1, 0, 0, 0, 0]))]);
        Recording recording = pair.Simulate(Conditions(200), seed: 3);
        GlmFit a = Fit("a", recording, "b"), b = Fit("b", recording, "a");
        double[,] matrix = { { Sum(a, "history"), Sum(a, "coupling:b") }, { Sum(b, "coupling:a"), Sum(b, "history") } };
        double half = 0.5 * (matrix[0, 0] - matrix[1, 1]);
        StatisticalAssert.Close(0.5 * (matrix[0, 0] + matrix[1, 1]) + Math.Sqrt((half * half) + (matrix[0, 1] * matrix[1, 0])), SoftplusCouplings.Radius([a, b]).Value, relative: 1e-10);

        // [[0.2, 0.4], [0.4, 0.2]]: 0.6.
        SpectralRadius radius = SoftplusCouplings.Radius([a, b]);
        StatisticalAssert.WithinStandardErrors(radius.Value, 0.6, radius.StandardError);
    }

    [Fact]
    public void RadiusAboveOne_RunsAway_BelowItDoesNot()
    {
        _ = Unit("a", ("a", [0.3, 0.3, 0.1, 0.1])).Simulate(Conditions(60), seed: 1);
        RunawayException error = Assert.Throws<RunawayException>(() => Unit("a", ("a", [0.5, 0.5, 0.2, 0.2])).Simulate(Conditions(60), seed: 1));
        Assert.Equal("a", error.Unit);
    }

    [Fact]
    public void BadRequests_SayWhatIsWrong()
    {
        Recording recording = Unit("a", ("a", [0.1])).Simulate(Conditions(20), seed: 2);
        GlmFit fit = Fit("a", recording);
        Assert.Throws<ArgumentException>(() => SoftplusCouplings.Radius([]));
        Assert.Throws<ArgumentException>(() => SoftplusCouplings.Radius([fit, fit]));
        Assert.Throws<ArgumentException>(() => SoftplusCouplings.Radius([new GlmSpecification { Target = "a", BinWidth = BinWidth, Terms = [new HistoryTerm(windows)] }.Fit(recording)]));
    }

    private static double Sum(GlmFit fit, string term) => fit.Term(term).Filter.Sum(Math.Abs);

    private static GlmFit Fit(string target, Recording recording, params string[] sources) => new GlmSpecification
    {
        Target = target,
        BinWidth = BinWidth,
        Edge = EdgePolicy.Zero,
        Observation = ObservationModel.PoissonSoftplus,
        Terms = [new HistoryTerm(windows), .. sources.Select(source => new CouplingTerm(source, windows))],
    }.Fit(recording);

    // Near log(1 + e^-1.5) = 0.2 expected spikes per bin.
    private static GlmModel Unit(string unit, params (string Source, double[] Gain)[] filters) => new()
    {
        Unit = unit,
        BinWidth = BinWidth,
        Baseline = -1.5,
        Edge = EdgePolicy.Zero,
        Observation = ObservationModel.PoissonSoftplus,
        SpikeFilters = [.. filters.Select(filter => new SpikeFilter(filter.Source, 1, filter.Gain))],
    };

    private static Recording Conditions(double duration) => Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(0, duration), "none")]);
}
