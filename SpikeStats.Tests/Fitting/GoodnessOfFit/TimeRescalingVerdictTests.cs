using System.Xml.Linq;
using SpikeStats.Fitting.GoodnessOfFit;
using SpikeStats.Models.PointProcesses;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Fitting.GoodnessOfFit;

public sealed class TimeRescalingVerdictTests
{
    // A true model is rejected in 5 % of the cases at most: of 1000, within four binomial standard errors.
    [Fact]
    public void Of_TrueModels_RejectsAtItsLevel()
    {
        int rejected = Enumerable.Range(0, 1000).Count(trial => VerdictOf(Exponential((uint)trial, 200)).Fits == false);
        Assert.InRange(rejected / 1000.0, 0.02, 0.05 + (4 * Math.Sqrt(0.05 * 0.95 / 1000)));
    }

    [Fact]
    public void Of_RegularIntervals_SaysSo()
    {
        double[] intervals = Exponential(1, 2000);
        for (int i = 0; i < intervals.Length; i++) intervals[i] = 0.5 + (0.5 * intervals[i]);
        TimeRescalingVerdict verdict = VerdictOf(intervals);
        Assert.False(verdict.Fits);
        Assert.Contains("more regular than the model allows (0\u00a0% of the intervals".Replace('\u00a0', ' '), verdict.Sentence.Replace('\u00a0', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_BurstsAndPauses_SaysSo()
    {
        RandomStream random = new(2);
        double[] intervals = [.. Exponential(2, 2000).Select(z => random.NextDouble() < 0.5 ? 0.2 * z : 1.8 * z)];
        TimeRescalingVerdict verdict = VerdictOf(intervals);
        Assert.False(verdict.Fits);
        Assert.Contains("more irregular than the model allows", verdict.Sentence, StringComparison.Ordinal);
    }

    // The distribution is right and the order is not: sorted in runs, neighbours are alike.
    [Fact]
    public void Of_DriftingRate_SaysThatNeighboursAreAlike()
    {
        double[] intervals = Exponential(3, 1000);
        foreach (double[] run in intervals.Chunk(100)) Array.Sort(run);
        double[] ordered = [.. intervals.Chunk(100).SelectMany(run => run.Order())];
        TimeRescalingVerdict verdict = VerdictOf(ordered);
        Assert.False(verdict.Fits);
        Assert.True(verdict.PValue > 0.025);
        Assert.Contains("resembles the one before it", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AlternatingIntervals_SaysSo()
    {
        double[] ascending = [.. Exponential(4, 1000).Order()];
        double[] alternating = [.. Enumerable.Range(0, 1000).Select(i => ascending[i % 2 == 0 ? i / 2 : 999 - (i / 2)])];
        Assert.Contains("alternate", VerdictOf(alternating).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NoInterval_IsNoVerdict()
    {
        TimeRescalingVerdict verdict = VerdictOf([]);
        Assert.Null(verdict.Fits);
        Assert.StartsWith("Not judged:", verdict.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Of_ImpossibleLevel_Throws(double level) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ResultOf([1]).Verdict(level));

    [Fact]
    public void Result_Shown_HasVerdictAndBothPlots()
    {
        TimeRescalingResult result = ResultOf(Exponential(5, 300));
        XElement html = XElement.Parse($"<div>{result.ToHtml()}</div>");
        Assert.Contains(result.Verdict().Sentence, html.Value, StringComparison.Ordinal);
        Assert.Equal(2, html.Elements("figure").Count());
        Assert.Equal(300, result.ToDataTable().Rows.Count);
        Assert.Contains("n\u00a0=\u00a0300", result.PlotKs().Caption, StringComparison.Ordinal);
    }

    // For a model on bins the plot shows both curves; its D are those of the tests, computed here from the values anew.
    [Fact]
    public void PlotKs_ModelOnBins_HasTheNaiveCurveToo()
    {
        RandomStream random = new(7);
        List<double> sums = [], own = [];
        double sum = 0;
        for (int bin = 0; bin < 5000; bin++)
        {
            sum += 0.2;
            if (random.NextDouble() > Math.Exp(-0.2)) (sums, own) = ([.. sums, sum], [.. own, 0.2]);
        }

        CompensatorSegment segment = new(new TimeInterval(0, 5), sums.ToArray(), sum, sums.ToArray(), own.ToArray(), sum);
        TimeRescalingResult result = TimeRescaling.Test(new Compensator("u", IsDiscrete: true, [segment], 0), new TimeRescalingOptions { Seed = 9 });
        Assert.Equal(result.Naive!.Statistic, KolmogorovSmirnov.Statistic(result.SortedNaiveUniforms.Span), 12);
        string caption = result.PlotKs().Caption.Replace('\u00a0', ' ');
        Assert.Contains(FormattableString.Invariant($"naive: n = {result.Count}, D = {result.Naive.Statistic:F3}"), caption, StringComparison.Ordinal);
        Assert.Contains("seed 9", caption, StringComparison.Ordinal);
        Assert.True(result.Verdict().Fits);
    }

    private static double[] Exponential(uint trial, int count)
    {
        RandomStream random = new(11, trial: trial);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextExponential())];
    }

    private static TimeRescalingVerdict VerdictOf(double[] intervals) => ResultOf(intervals).Verdict();

    private static TimeRescalingResult ResultOf(double[] intervals)
    {
        double[] sums = new double[intervals.Length];
        double sum = 0;
        for (int i = 0; i < sums.Length; i++) sums[i] = sum += intervals[i];
        CompensatorSegment segment = new(new TimeInterval(0, 1), sums, sum + 1, default, default, sum + 1);
        return TimeRescaling.Test(new Compensator("u", IsDiscrete: false, [segment], CoincidentSpikes: 0));
    }
}
