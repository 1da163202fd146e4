using SpikeStats.Fitting.Glm;
using SpikeStats.Loading;
using SpikeStats.Models.Bases;
using SpikeStats.Models.Glm;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Glm;

/// <summary>Long recordings of few spikes, whose parts identify less than the whole.</summary>
public sealed class GlmWarmStartTests
{
    // 113 spikes in bursts over 2·10^6 bins: the optimum of a sixteenth of the data lies where the likelihood of all overflows.
    [SkippableFact]
    public void Fit_FewSpikesInManyBins_ReachesTheOptimum()
    {
        Recording recording = RecordingFile.Open(Repository.SharedData("nelpy_linear_track", "spikes_derived.csv"));
        GlmFit fit = Specification("8").Fit(recording);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        Assert.True(fit.LogLikelihood > fit.NullLogLikelihood);
        Assert.True(fit.Certificate.GradientNorm < 1e-6);
    }

    // Second route: the log-likelihood is concave, so that no point around a true optimum has a larger one.
    [Fact]
    public void Fit_BurstsInManyBins_NoNeighbourIsBetter()
    {
        double[] times = [.. Enumerable.Range(0, 30).SelectMany(burst => (double[])[(10 * burst) + 1, (10 * burst) + 1.004 + (0.0003 * (burst % 7)), (10 * burst) + 1.012 + (0.0011 * (burst % 5))])];
        Recording recording = Recording.FromTrains([SpikeTrain.FromSorted(times, TimeIntervals.Of(0, 300), "burster")]);
        GlmFit fit = Specification("burster").Fit(recording);
        Assert.True(double.IsFinite(fit.LogLikelihood));
        Assert.Equal(fit.LogLikelihood, fit.Model.LogLikelihood(recording), 6);
        foreach (double step in (double[])[-0.01, 0.01])
        {
            Assert.True((fit.Model with { Baseline = fit.Model.Baseline + step }).LogLikelihood(recording) < fit.LogLikelihood);
            SpikeFilter filter = fit.Model.SpikeFilters[0];
            SpikeFilter moved = filter with { LogGain = [.. filter.LogGain.Select((value, lag) => value + (step * Math.Exp(-lag / 20.0)))] };
            Assert.True((fit.Model with { SpikeFilters = [moved] }).LogLikelihood(recording) < fit.LogLikelihood + 1e-3);
        }
    }

    private static GlmSpecification Specification(string target) => new()
    {
        Target = target,
        Observation = ObservationModel.Bernoulli,
        Terms = [new HistoryTerm(new RaisedCosineLogBasis(8, 0.2, scaling: 100))],
    };
}
