using SpikeStats.Fitting.Hawkes;
using SpikeStats.Models.Hawkes;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Hawkes;

/// <summary>Recordings whose beginning, which says little or something else, must not mislead the search: no given decay may be better.</summary>
public sealed class DecaySearchTests
{
    private const int Decays = 30;

    [Fact]
    public void Fit_LongQuietStart_FindsTheBestDecay()
    {
        SpikeTrain quiet = Draw(new HawkesModel("a", 10, 0, 1), 0, 1500, 1), excited = Draw(new HawkesModel("a", 4, 0.6, 30), 1500, 3000, 2);
        Assert.True(quiet.Count > 14_000);
        AssertBest(Join(TimeIntervals.Of(0, 3000), quiet, excited));
    }

    [Fact]
    public void Fit_BeginningOfAnotherTimeScale_FindsTheBestDecay()
    {
        SpikeTrain slow = Draw(new HawkesModel("a", 2, 0.8, 0.5), 0, 1500, 3), fast = Draw(new HawkesModel("a", 4, 0.6, 60), 1500, 5500, 4);
        AssertBest(Join(TimeIntervals.Of(0, 5500), slow, fast));
    }

    // Excitation so weak that a few thousand spikes cannot show it.
    [Fact]
    public void Fit_WeakExcitation_FindsTheBestDecay() =>
        AssertBest(Draw(new HawkesModel("a", 20, 0.03, 15), 0, 2000, 5));

    // Two time scales and one exponential: the profile has a maximum near each, and either may be the higher one. Many spikes, so that the search begins on a sample.
    [Theory]
    [InlineData(0.01, 0.75, false)]
    [InlineData(0.02, 0.75, true)]
    [InlineData(0.08, 0.55, true)]
    public void Fit_ProfileWithTwoMaxima_FindsTheHigherOne(double fast, double slow, bool isFastHigher)
    {
        double[,,] branching = { { { fast, slow } } };
        SpikeTrain train = Draw(new HawkesModel(["a"], [1], [2000, 0.05], branching), 0, 6000, 8);
        Assert.True(train.Count > 1 << 13);
        double[] decays = [.. Enumerable.Range(0, Decays).Select(i => 0.01 * Math.Pow(10, 6.0 * i / Decays))];
        double[] profile = [.. decays.Select(decay => new HawkesSpecification { Units = ["a"], Kernel = HawkesKernel.Exponential(decay) }.Fit(Recording.FromTrains([train])).LogLikelihood)];
        int[] peaks = [.. Enumerable.Range(1, Decays - 2).Where(i => profile[i] > profile[i - 1] && profile[i] > profile[i + 1])];
        Assert.True(peaks.Length >= 2, $"maxima near {string.Join(", ", peaks.Select(i => $"{decays[i]}: {profile[i]}"))}");
        HawkesFit free = new HawkesSpecification { Units = ["a"] }.Fit(Recording.FromTrains([train]));
        Assert.True(free.Certificate.IsConverged, free.Certificate.Message);
        Assert.True(free.LogLikelihood >= profile.Max());
        Assert.Equal(isFastHigher, free.Model.Decays[0] > 1);
    }

    [Fact]
    public void Fit_ManyRealisations_FindsTheTruth()
    {
        // The first hundred trials are empty but for one spike.
        TimeIntervals trials = TimeIntervals.FromSorted([.. Enumerable.Range(0, 600).Select(i => new TimeInterval(i * 8, (i * 8) + 6))]);
        HawkesModel model = new("a", 4, 0.5, 12);
        SpikeTrain all = model.Simulate(Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), trials)]), seed: 7)["a"];
        double[] late = all.Times.ToArray().Where(time => time > 800).ToArray();
        SpikeTrain train = SpikeTrain.FromSorted((double[])[1.0, .. late], trials, "a");
        HawkesFit fit = AssertBest(train);
        // Rates are those of the last 500 trials; decay and ratio within four standard errors.
        HawkesFit lateOnly = new HawkesSpecification { Units = ["a"] }.Fit(Recording.FromTrains([train]).Restrict(TimeIntervals.Of(800, 4800)));
        foreach ((string name, double value) in ((string, double)[])[("mu[a]", 4), ("alpha[a<-a]", 0.5), ("beta", 12)])
            StatisticalAssert.WithinStandardErrors(lateOnly.Parameter(name).Estimate, value, lateOnly.Parameter(name).StandardError);
        double sum = trials.Sum(trial => fit.Model.LogLikelihood(Recording.FromTrains([train]).Restrict(TimeIntervals.Of(trial.Start, trial.End))));
        StatisticalAssert.Close(sum, fit.LogLikelihood, relative: 1e-12);
    }

    private static HawkesFit AssertBest(SpikeTrain train)
    {
        Recording recording = Recording.FromTrains([train]);
        HawkesFit free = new HawkesSpecification { Units = [train.Unit] }.Fit(recording);
        Assert.True(free.Certificate.IsConverged, free.Certificate.Message);
        for (int i = 0; i < Decays; i++)
        {
            double decay = 0.02 * Math.Pow(10, 5.0 * i / Decays);
            HawkesFit given = new HawkesSpecification { Units = [train.Unit], Kernel = HawkesKernel.Exponential(decay) }.Fit(recording);
            Assert.True(given.LogLikelihood <= free.LogLikelihood + 1e-7, $"decay {decay} reaches {given.LogLikelihood}, the search {free.LogLikelihood} at {free.Model.Decays[0]}");
        }

        return free;
    }

    private static SpikeTrain Draw(HawkesModel model, double start, double end, ulong seed) =>
        model.Simulate(Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), TimeIntervals.Of(start, end))]), seed)["a"];

    private static SpikeTrain Join(TimeIntervals observed, params SpikeTrain[] trains) =>
        SpikeTrain.FromSorted(trains.SelectMany(train => train.Times.ToArray()).ToArray(), observed, "a");
}
