using SpikeStats.Models.PointProcesses;
using SpikeStats.RandomStreams;
using SpikeStats.Tests.Testing;
using SpikeStats.Units;

namespace SpikeStats.Tests.Models.PointProcesses;

public sealed class PoissonProcessTests
{
    private static readonly TimeIntervals twoTrials = TimeIntervals.FromSorted(new TimeInterval(0.5, 2.5), new TimeInterval(4, 4.9995));

    // log L = n log r - r T, by hand.
    [Fact]
    public void LogLikelihood_Homogeneous_MatchesClosedForm()
    {
        Recording recording = Record(twoTrials, 0.5, 1.25, 2.4999, 4.1);
        StatisticalAssert.Close((4 * Math.Log(3)) - (3 * 2.9995), new PoissonProcess("a", 3).LogLikelihood(recording), relative: 1e-14);
    }

    // Bins of equal rate, and bins of 1 ms written out as a brute-force sum.
    [Fact]
    public void LogLikelihood_OnGrid_MatchesClosedFormAndBruteForce()
    {
        Recording recording = Record(twoTrials, 0.5, 1.25, 2.4999, 4.1, 4.9992);
        BinGrid grid = new(twoTrials, 1.ms);
        PoissonProcess flat = new("a", grid, Enumerable.Repeat(3.0, grid.BinCount).ToArray());
        StatisticalAssert.Close(new PoissonProcess("a", 3).LogLikelihood(recording), flat.LogLikelihood(recording), relative: 1e-13);

        double[] rates = Modulated(grid);
        double expected = 0;
        foreach (double rate in rates) expected -= rate * 1.ms;
        // The second trial ends with half a bin more, in which the rate of the last bin holds on.
        expected -= rates[^1] * 0.5.ms;
        foreach (double time in recording[0].Times) expected += Math.Log(rates[time > 4.999 ? ^1 : grid.BinOf(time)]);
        StatisticalAssert.Close(expected, new PoissonProcess("a", grid, rates).LogLikelihood(recording), relative: 1e-12);
    }

    [Fact]
    public void LogLikelihood_SplitRecording_IsTheSumOfItsParts()
    {
        BinGrid grid = new(twoTrials, 1.ms);
        PoissonProcess process = new("a", grid, Modulated(grid));
        Recording whole = process.Simulate(Record(twoTrials), 3);
        // A cut within a bin.
        double parts = process.LogLikelihood(whole.Restrict(TimeIntervals.Of(0, 1.23456))) + process.LogLikelihood(whole.Restrict(TimeIntervals.Of(1.23456, 9)));
        StatisticalAssert.Close(process.LogLikelihood(whole), parts, relative: 1e-12);
    }

    [Fact]
    public void LogLikelihood_SpikeWhereTheRateIsZero_IsMinusInfinity()
    {
        BinGrid grid = new(TimeIntervals.Of(0, 2), 1);
        PoissonProcess process = new("a", grid, new[] { 0, 5.0 });
        Assert.Equal(double.NegativeInfinity, process.LogLikelihood(Record(TimeIntervals.Of(0, 2), 0.5)));
        Assert.Equal(Math.Log(5) - 5, process.LogLikelihood(Record(TimeIntervals.Of(0, 2), 1.5)));
    }

    [Fact]
    public void Compensate_OnGrid_MatchesBruteForce()
    {
        BinGrid grid = new(twoTrials, 10.ms);
        double[] rates = Modulated(grid);
        PoissonProcess process = new("a", grid, rates);
        Recording recording = process.Simulate(Record(twoTrials), 8);
        Compensator compensator = process.Compensate(recording, "a");
        Assert.Equal((2, recording[0].Count, false, 0), (compensator.Segments.Count, compensator.EventCount, compensator.IsDiscrete, compensator.CoincidentSpikes));
        for (int s = 0; s < 2; s++)
        {
            TimeInterval interval = twoTrials[s];
            Assert.Equal(interval, compensator.Segments[s].Interval);
            ReadOnlySpan<double> times = recording[0].TimesIn(interval);
            for (int i = 0; i < times.Length; i++) StatisticalAssert.Close(BruteForce(s, times[i]), compensator.Segments[s].AtEvents.Span[i], 1e-12);
            StatisticalAssert.Close(BruteForce(s, interval.End), compensator.Segments[s].AtEnd, relative: 1e-12);
            Assert.Equal(compensator.Segments[s].AtEnd, compensator.Segments[s].HazardAtEnd);
        }

        double BruteForce(int s, double time)
        {
            BinSegment segment = grid.Segments[s];
            double sum = 0;
            for (int bin = 0; bin < segment.BinCount; bin++)
            {
                double start = segment.Start + (bin * 10.ms);
                double end = bin == segment.BinCount - 1 ? double.PositiveInfinity : start + 10.ms;
                sum += rates[segment.FirstBin + bin] * Math.Max(0, Math.Min(time, end) - start);
            }

            return sum;
        }
    }

    [Fact]
    public void Intensity_OwnGrid_IsTheRate()
    {
        BinGrid grid = new(twoTrials, 1.ms);
        double[] rates = Modulated(grid);
        Assert.Equal(rates, new PoissonProcess("a", grid, rates).Intensity(Record(twoTrials), "a", grid));
        Assert.All(new PoissonProcess("a", 3).Intensity(Record(twoTrials), "a", grid), rate => Assert.Equal(3, rate));
    }

    [Fact]
    public void Intensity_CoarserGrid_IsTheMeanAndNanOutside()
    {
        PoissonProcess process = new("a", new BinGrid(TimeIntervals.Of(0, 0.4), 0.1), new[] { 1.0, 2, 4, 9 });
        double[] intensity = process.Intensity(Record(TimeIntervals.Of(0, 1)), "a", new BinGrid(TimeIntervals.Of(0, 0.6), 0.2));
        StatisticalAssert.Close([1.5, 6.5], intensity.AsSpan(0, 2), relative: 1e-12);
        Assert.True(double.IsNaN(intensity[2]));
    }

    // 400 trains of a modulated rate: the number of spikes and the phase of the spikes have known moments. False-alarm rate 6.3e-5 each.
    [Fact]
    public void Simulate_ManyTrains_HaveTheRate()
    {
        BinGrid grid = new(twoTrials, 1.ms);
        double[] rates = Modulated(grid);
        PoissonProcess process = new("a", grid, rates);
        double mean = (rates.Sum() * 1.ms) + (rates[^1] * 0.5.ms), early = rates.Take(500).Sum() * 1.ms;
        double count = 0, squares = 0, inEarly = 0;
        const int trains = 400;
        for (uint n = 0; n < trains; n++)
        {
            Recording recording = process.Simulate(Record(twoTrials), 100 + n);
            count += recording[0].Count;
            squares += Math.Pow(recording[0].Count - mean, 2);
            inEarly += recording[0].TimesIn(new TimeInterval(0.5, 1)).Length;
        }

        StatisticalAssert.WithinStandardErrors(count / trains, mean, Math.Sqrt(mean / trains));
        StatisticalAssert.WithinStandardErrors(inEarly / trains, early, Math.Sqrt(early / trains));
        // The fourth central moment of a Poisson count is m (1 + 3 m), so its variance estimate varies by m (1 + 2 m) / N.
        StatisticalAssert.WithinStandardErrors(squares / trains, mean, Math.Sqrt(mean * (1 + (2 * mean)) / trains));
    }

    [Fact]
    public void Simulate_SameSeed_Repeats()
    {
        PoissonProcess process = new("a", 40);
        double[] first = process.Simulate(Record(twoTrials), 5)[0].Times.ToArray();
        Assert.Equal(first, process.Simulate(Record(twoTrials), 5)[0].Times.ToArray());
        Assert.NotEqual(first, process.Simulate(Record(twoTrials), 6)[0].Times.ToArray());
        Assert.Equal("a", Assert.Single(process.Simulate(Record(twoTrials), 5).Units.Ids));
    }

    [Fact]
    public void Simulate_ZeroRate_HasNoSpike() => Assert.Equal(0, new PoissonProcess("a", 0).Simulate(Record(twoTrials), 5).SpikeCount);

    [Fact]
    public void Summation_AnyLength_MatchesExactSum()
    {
        double[] values = [.. Enumerable.Range(1, 100).Select(i => (double)i)];
        for (int n = 0; n <= 100; n++) Assert.Equal(n * (n + 1) / 2.0, Summation.Of(values.AsSpan(0, n)));
    }

    [Fact]
    public void UnitThatIsNotModelled_IsNamed()
    {
        PoissonProcess process = new("a", 4);
        Assert.Throws<UnknownUnitException>(() => process.Compensate(Record(twoTrials), "b"));
        Assert.Throws<UnknownUnitException>(() => process.Intensity(Record(twoTrials), "b", new BinGrid(twoTrials, 1.ms)));
        Assert.Throws<UnknownUnitException>(() => new PoissonProcess("b", 4).LogLikelihood(Record(twoTrials)));
    }

    [Fact]
    public void RecordingBeyondTheGrid_SaysWhatToDo()
    {
        PoissonProcess process = new("a", new BinGrid(TimeIntervals.Of(0, 2), 1), new[] { 1.0, 1 });
        ArgumentException error = Assert.Throws<ArgumentException>(() => process.LogLikelihood(Record(TimeIntervals.Of(0, 3))));
        Assert.Contains("restrict the recording", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_ImpossibleRates_Throws()
    {
        BinGrid grid = new(TimeIntervals.Of(0, 2), 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PoissonProcess("a", -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PoissonProcess("a", double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PoissonProcess("a", grid, new[] { 1, double.PositiveInfinity }));
        Assert.Throws<ArgumentException>(() => new PoissonProcess("a", grid, new[] { 1.0 }));
    }

    private static double[] Modulated(BinGrid grid)
    {
        RandomStream stream = new(77);
        return [.. Enumerable.Range(0, grid.BinCount).Select(bin => 20 + (18 * Math.Sin(bin * grid.BinWidth * 9)) + stream.NextDouble())];
    }

    private static Recording Record(TimeIntervals observed, params double[] times) =>
        Recording.FromTrains([SpikeTrain.FromSorted(times, observed, "a")]);
}
