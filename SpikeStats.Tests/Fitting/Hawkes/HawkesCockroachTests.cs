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

    // Most couplings end at their bound, from which a start predicted for other decays must not leave.
    [SkippableFact]
    public void Fit_FourCockroachUnitsWithManyBounds_IsTheMaximumOverGivenDecays()
    {
        LoadOptions options = new() { Observed = TimeIntervals.Of(0, 31) };
        Recording recording = RecordingFile.Open(Repository.SharedData("star_cockroach", "CAL1S.csv"), options);
        string[] units = ["1", "2", "3", "4"];
        HawkesFit fit = new HawkesSpecification { Units = units }.Fit(recording);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        Assert.All(fit.Parameters, parameter => Assert.True(parameter.Estimate >= 0));
        foreach (double factor in (double[])[0.98, 1, 1.02])
        {
            HawkesFit given = new HawkesSpecification { Units = units, Kernel = HawkesKernel.Exponential(factor * fit.Model.Decays[0]) }.Fit(recording);
            Assert.InRange(given.LogLikelihood, fit.LogLikelihood - 0.1, fit.LogLikelihood + 1e-8);
        }
    }
}
