using SpikeStats.Fitting.Comparison;
using SpikeStats.Fitting.Glm;
using SpikeStats.Fitting.Hawkes;
using SpikeStats.Fitting.Renewal;
using SpikeStats.Loading;
using SpikeStats.Models.Bases;
using SpikeStats.Tests.Testing;
using SpikeStats.Units;

namespace SpikeStats.Tests.Fitting.Comparison;

public sealed class CockroachComparisonTests
{
    // Neuron 2 of the spontaneous recording fires bursts of several spikes. A renewal process knows only the last interval and a Hawkes process only excitation;
    // the post-spike filter has the refractory period, the burst and the sum over its spikes. The best family of intervals is the one that the
    // reference fits of renewal-cockroach.json name.
    [SkippableFact]
    public void Comparison_BurstingNeuron_PrefersTheHistoryFilter()
    {
        LoadOptions options = new() { OnDuplicate = IrregularityPolicy.Drop, Observed = TimeIntervals.Of(0, 60) };
        Recording recording = RecordingFile.Open(Repository.SharedData("star_cockroach", "e060817spont.csv"), options);
        HistoryTerm history = new(new RaisedCosineLogBasis(8, 200.ms)) { Penalty = new Penalty { Ridge = 1 } };
        ModelComparison comparison = ModelComparison.Fit(
            recording, "2",
            [
                new GlmCandidate("glm", new GlmSpecification { Target = "2", Terms = [history] }), new HawkesCandidate("hawkes", new HawkesSpecification { Units = ["2"] }),
                .. IntervalFamily.All.Select(family => new RenewalCandidate(family.Name, new RenewalSpecification { Target = "2", Family = family })),
                new ConstantRateCandidate("poisson", "2"),
            ]);
        Assert.Empty(comparison.Failures);
        Assert.Equal("glm", comparison.Best!.Name);
        ModelScore[] renewal = [.. comparison.Models.Where(score => IntervalFamily.All.Any(family => family.Name == score.Name))];
        ModelScore bestRenewal = renewal.MaxBy(score => score.HeldOut!.BitsPerSpike)!;
        Assert.Equal(ReferenceFile.Read("renewal-cockroach").At("fits", "e060817spont/neuron 2", "best_aic").GetString(), bestRenewal.Name.Replace('-', '_'));
        (double advantage, double error) = comparison.Best.HeldOut!.Minus(bestRenewal.HeldOut!);
        Assert.True(advantage > 4 * error, $"{advantage} ± {error}");
        Assert.InRange(comparison.Best.HeldOut!.BitsPerSpike, 1.1, 1.2);

        // No model explains all of it, and the table says so.
        Assert.All(comparison.Models, score => Assert.False(score.TimeRescaling.Verdict().Fits));
    }
}
