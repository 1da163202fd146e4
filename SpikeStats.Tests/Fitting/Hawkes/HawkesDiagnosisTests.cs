using SpikeStats.Fitting.Hawkes;
using SpikeStats.Fitting.Optimization;
using SpikeStats.Models.Hawkes;
using SpikeStats.Models.PointProcesses;
using SpikeStats.Tests.Models.Hawkes;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.Hawkes;

/// <summary>Every sentence of the certificate, on data that provoke it; bounds, drift and explosion are in <see cref="HawkesFitTests"/>.</summary>
public sealed class HawkesDiagnosisTests
{
    private static readonly HawkesModel excited = new("a", 4, 0.5, 10);
    private static readonly Recording drawn = excited.Simulate(HawkesProblem.Record(100, Array.Empty<double>()), seed: 6);

    [Fact]
    public void Fit_RegularSpikesWithFreeDecay_FindsNoExcitation()
    {
        HawkesFit fit = new HawkesSpecification { Units = ["a"] }.Fit(HawkesProblem.Record(100, [.. Enumerable.Range(0, 200).Select(i => (i * 0.5) + 0.25)]));
        Assert.Equal(FitStatus.RankDeficient, fit.Certificate.Status);
        Assert.Contains("No excitation was found", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.Contains("alpha[a<-a] is at its bound 0", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.Equal(1, fit.Certificate.Rank);
        StatisticalAssert.Close(2, fit.Parameter("mu[a]").Estimate, 1e-9);
    }

    [Fact]
    public void Fit_TwoSourcesThatAlwaysFireTogether_CannotBeToldApart()
    {
        double[] times = drawn["a"].Times.ToArray();
        HawkesFit fit = new HawkesSpecification { Units = ["a", "b"], Kernel = HawkesKernel.Exponential(10) }.Fit(HawkesProblem.Record(100, times, times));
        Assert.Equal(FitStatus.RankDeficient, fit.Certificate.Status);
        Assert.Contains("cannot tell alpha[a<-b], alpha[b<-b] from other parameters", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.Equal(4, fit.Certificate.Rank);
        Assert.True(double.IsNaN(fit.SpectralRadius.StandardError));
    }

    // A single spike or two, and nothing else: some certificate, never an exception or a number that means nothing.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Fit_OneUnitWithNextToNoSpikes_SaysWhatIsWrong(int count)
    {
        HawkesFit fit = new HawkesSpecification { Units = ["a"] }.Fit(HawkesProblem.Record(10, [.. new[] { 4.0, 4.5, 7 }.Take(count)]));
        Assert.True(double.IsFinite(fit.LogLikelihood));
        Assert.True(fit.LogLikelihood >= fit.NullLogLikelihood - 1e-12);
        Assert.NotEmpty(fit.Certificate.Message);
        if (count < 3) Assert.False(fit.Certificate.IsConverged && fit.Model.SpectralRadius == 0, fit.Certificate.Message);
    }

    [Fact]
    public void Fit_MoreExponentialsThanTheDataTell_SaysSo()
    {
        HawkesFit fit = new HawkesSpecification { Units = ["a"], Kernel = HawkesKernel.FreeExponentials(4) }.Fit(drawn);
        Assert.NotEqual(FitStatus.Converged, fit.Certificate.Status);
        Assert.Matches("do not tell beta 1, .* apart|runs to zero", fit.Certificate.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fit_OneIteration_SaysThatTheLimitWasReached(bool isFree)
    {
        HawkesKernel kernel = isFree ? HawkesKernel.FreeExponentials() : HawkesKernel.Exponential(10);
        HawkesFit fit = new HawkesSpecification { Units = ["a"], Kernel = kernel }.Fit(drawn, new HawkesFitOptions { MaxIterations = 1 });
        Assert.Equal(FitStatus.IterationLimit, fit.Certificate.Status);
        Assert.Contains("the estimates are not the optimum", fit.Certificate.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Fit_FewerSpikesThanParameters_SaysThatTheyAreTooFew(int count)
    {
        Recording few = HawkesProblem.Record(10, [.. new[] { 4.0, 4.5 }.Take(count)], [1, 2, 2.5, 6, 7, 8]);
        HawkesFit fit = new HawkesSpecification { Units = ["a", "b"] }.Fit(few);
        Assert.Contains("Too few spikes: a has fewer than parameters", fit.Certificate.Message, StringComparison.Ordinal);
        Assert.True(double.IsFinite(fit.LogLikelihood));
    }

    // b is silent whenever a could have been driven by it: excitation without any spike to show for it only costs.
    [Fact]
    public void Fit_SourceThatNeverFiresBeforeTheTarget_HasNoEffect()
    {
        TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(0, 40), new TimeInterval(50, 90));
        Recording apart = Recording.FromTrains([
            SpikeTrain.FromSorted(Bursts(5), observed, "a"), SpikeTrain.FromSorted(Bursts(55), observed, "b")]);
        HawkesFit fit = new HawkesSpecification { Units = ["a", "b"], Kernel = HawkesKernel.Exponential(2) }.Fit(apart);
        Assert.True(fit.Certificate.IsConverged, fit.Certificate.Message);
        Assert.True(fit.Parameter("alpha[a<-b]").IsAtBound);
        Assert.Contains("are at their bounds 0", fit.Certificate.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_TwoSeparateGroupsAtTheLimit_AsksToFitThemApart()
    {
        TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(0, 40), new TimeInterval(50, 90));
        Recording apart = Recording.FromTrains([
            SpikeTrain.FromSorted(Bursts(5), observed, "a"), SpikeTrain.FromSorted(Bursts(55), observed, "b")]);
        HawkesFit fit = new HawkesSpecification { Units = ["a", "b"], Kernel = HawkesKernel.Exponential(2), SpectralRadiusLimit = 0.3 }.Fit(apart);
        Assert.False(fit.Certificate.IsConverged);
        Assert.Contains("Fit the groups apart", fit.Certificate.Message, StringComparison.Ordinal);
        HawkesFit alone = new HawkesSpecification { Units = ["a"], Kernel = HawkesKernel.Exponential(2), SpectralRadiusLimit = 0.3 }.Fit(apart);
        Assert.True(alone.Certificate.IsConverged);
        StatisticalAssert.Close(0.3, alone.SpectralRadius.Value, 1e-13);
    }

    // A Poisson process whose rate changes: the constant baseline takes it for excitation of ratio one, the piecewise one does not.
    [Fact]
    public void Fit_RateThatChanges_IsCuredByAPiecewiseBaseline()
    {
        TimeIntervals observed = TimeIntervals.Of(0, 400);
        BinGrid grid = new(observed, 100);
        Recording poisson = new PoissonProcess("a", grid, new double[] { 1, 60, 3, 25 }).Simulate(Recording.FromTrains([SpikeTrain.FromSorted(Array.Empty<double>(), observed)]), seed: 9);
        HawkesFit constant = new HawkesSpecification { Units = ["a"], Kernel = HawkesKernel.Exponential(0.3) }.Fit(poisson);
        HawkesFit pieces = new HawkesSpecification { Units = ["a"], Kernel = HawkesKernel.Exponential(0.3), Baseline = HawkesBaseline.Piecewise(100, 200, 300) }.Fit(poisson);
        Assert.True(constant.SpectralRadius.Value > 0.95);
        Assert.True(pieces.SpectralRadius.Value < 0.3);
        Assert.True(pieces.Bic < constant.Bic - 20);
        // With the rates in place the excitation is not significant, at four standard errors.
        Assert.True(pieces.Parameter("alpha[a<-a]").IsAtBound || pieces.Parameter("alpha[a<-a]").Estimate < 4 * pieces.Parameter("alpha[a<-a]").StandardError);
    }

    private static double[] Bursts(double start) => [.. Enumerable.Range(0, 6).SelectMany(burst => Enumerable.Range(0, 8).Select(i => start + (5 * burst) + (0.05 * i * (i + 1))))];
}
