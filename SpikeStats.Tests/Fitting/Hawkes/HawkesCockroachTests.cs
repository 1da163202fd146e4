using System.Text.Json;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Fitting.Hawkes;
using SpikeStats.Loading;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Hawkes;

public sealed class HawkesCockroachTests
{
    public static TheoryData<string> Units => [.. ReferenceFile.Read("hawkes-cockroach").GetProperty("fits").EnumerateObject().Select(unit => unit.Name)];

    // The reference was found by a search without derivatives, which stops 1e-6 to 1e-5 from the optimum; the likelihood is flat there.
    [SkippableTheory]
    [MemberData(nameof(Units))]
    public void Fit_Cockroach_MatchesTheReference(string name)
    {
        JsonElement expected = ReferenceFile.Read("hawkes-cockroach").At("fits", name);
        (string file, string neuron) = (name.Split('/')[0] + ".csv", name.Split(' ')[^1]);
        LoadOptions options = new() { Observed = TimeIntervals.Of(0, expected.Number("T")) };
        Recording recording = RecordingFile.Open(Repository.SharedData("star_cockroach", file), options);
        HawkesFit fit = new HawkesSpecification { Units = [neuron] }.Fit(recording.Where(unit => unit.Id == neuron));
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        Assert.Equal(expected.GetProperty("n").GetInt32(), fit.SpikeCount);
        StatisticalAssert.Close(expected.Number("log_likelihood"), fit.LogLikelihood, absolute: 1e-8);
        StatisticalAssert.Close(expected.Number("mu"), fit.Model.Baselines[0], relative: 1e-4);
        StatisticalAssert.Close(expected.Number("branching_alpha"), fit.Model.Branching(0, 0, 0), relative: 1e-4);
        StatisticalAssert.Close(expected.Number("beta"), fit.Model.Decays[0], relative: 1e-4);
        StatisticalAssert.Close(expected.Number("stationary_rate"), fit.Model.MeanRates()[0], relative: 1e-5);
        StatisticalAssert.Close(expected.Number("poisson_ll"), new PoissonProcess(neuron, fit.SpikeCount / expected.Number("T")).LogLikelihood(recording), relative: 1e-10);
        double ks = TimeRescaling.Test(fit.Model, recording, neuron, new TimeRescalingOptions { Censoring = Censoring.None }).KolmogorovSmirnov.Statistic;
        StatisticalAssert.Close(expected.Number("ks"), ks, absolute: 1e-5);
    }
}
