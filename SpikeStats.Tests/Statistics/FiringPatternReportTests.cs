using SpikeStats.Loading;
using SpikeStats.RandomStreams;
using SpikeStats.Statistics;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Statistics;

/// <summary>Firing patterns of trains made for them, of random ones and of recorded ones.</summary>
public sealed class FiringPatternReportTests
{
    [Fact]
    public void Silence_IsSilent_WithoutMeasures()
    {
        FiringPatternReport report = FiringPatternReport.Of(TestTrains.On(1));
        Assert.Equal((FiringPattern.Silent, 0, double.NaN, 0.0), (report.Pattern, report.SpikeCount, report.Latency, report.BurstFraction));
        Assert.Equal(double.NaN, report.AdaptationIndex);
    }

    [Theory]
    [InlineData(FiringPattern.Transient, new[] { 0.1 })]
    [InlineData(FiringPattern.Transient, new[] { 0.02, 0.03, 0.05 })]
    [InlineData(FiringPattern.Tonic, new[] { 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9 })]
    [InlineData(FiringPattern.Tonic, new[] { 0.2, 0.7 })]
    [InlineData(FiringPattern.Adapting, new[] { 0.05, 0.1, 0.18, 0.3, 0.45, 0.65, 0.87 })]
    [InlineData(FiringPattern.Delayed, new[] { 0.5, 0.6, 0.69, 0.79, 0.88, 0.98 })]
    [InlineData(FiringPattern.InitialBurst, new[] { 0.05, 0.055, 0.061, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95 })]
    [InlineData(FiringPattern.RegularBursting, new[] { 0.1, 0.105, 0.11, 0.3, 0.306, 0.311, 0.5, 0.505, 0.7, 0.705, 0.9, 0.905, 0.911 })]
    [InlineData(FiringPattern.Irregular, new[] { 0.1, 0.15, 0.23, 0.38, 0.44, 0.47, 0.59, 0.69, 0.73, 0.86, 0.93 })]
    public void Train_MadeForAPattern_IsRecognised_InAnyUnitOfTime(FiringPattern pattern, double[] times)
    {
        Assert.Equal(pattern, FiringPatternReport.Of(TestTrains.On(1, times)).Pattern);
        Assert.Equal(pattern, FiringPatternReport.Of(TestTrains.On(1000, [.. times.Select(time => 1000 * time)])).Pattern);
    }

    [Fact]
    public void Measures_OfAFewSpikes_AreThoseByHand()
    {
        FiringPatternReport report = FiringPatternReport.Of(TestTrains.On(1, 0.1, 0.2, 0.4, 0.8));
        Assert.Equal(0.1, report.Latency, 15);
        Assert.Equal(1.0 / 3, report.AdaptationIndex, 12);
        Assert.Equal(4, report.AdaptationRatio, 12);
        Assert.Equal(3.0 / 9, report.LocalVariation, 12);
        FiringPatternReport bursts = FiringPatternReport.Of(TestTrains.On(1, 0.1, 0.11, 0.3, 0.31, 0.5, 0.51, 0.7, 0.9));
        Assert.Equal((FiringPattern.RegularBursting, 0.75), (bursts.Pattern, bursts.BurstFraction));
        Assert.Contains("3 bursts hold 75 % of the spikes", bursts.Evidence, StringComparison.Ordinal);
    }

    // The window is that of the drive: what comes before it does not count, and the latency is from its start.
    [Fact]
    public void Window_RestrictsTheTrain()
    {
        SpikeTrain train = TestTrains.On(2, [0.3, .. Enumerable.Range(0, 9).Select(i => 1.05 + (0.1 * i))]);
        FiringPatternReport report = FiringPatternReport.Of(train, new FiringPatternOptions { Window = new TimeInterval(1, 2) });
        Assert.Equal((FiringPattern.Tonic, 9), (report.Pattern, report.SpikeCount));
        Assert.Equal(0.05, report.Latency, 12);
        Assert.Throws<ArgumentException>(() => FiringPatternReport.Of(train, new FiringPatternOptions { Window = new TimeInterval(5, 6) }));
    }

    // Of 400 Poisson trains of about 60 spikes: no tonic one, and bursts in a few at most. Gamma trains of order 30 are tonic.
    [Fact]
    public void RandomTrains_AreIrregularOrTonic_AsTheirIntervalsAre()
    {
        int[] poisson = Count(1), regular = Count(30);
        Assert.True(poisson[(int)FiringPattern.Irregular] >= 380, $"{poisson[(int)FiringPattern.Irregular]} of 400 Poisson trains are irregular.");
        Assert.Equal(0, poisson[(int)FiringPattern.Tonic]);
        Assert.True(regular[(int)FiringPattern.Tonic] >= 380, $"{regular[(int)FiringPattern.Tonic]} of 400 regular trains are tonic.");

        static int[] Count(int shape)
        {
            int[] counts = new int[Enum.GetValues<FiringPattern>().Length];
            for (ulong seed = 0; seed < 400; seed++) counts[(int)FiringPatternReport.Of(TestTrains.Renewal(seed, 20, shape, TimeIntervals.Of(0, 3))).Pattern]++;
            return counts;
        }
    }

    // Bursts that vary: the times between them by a tenth, the intervals within them by a third.
    [Fact]
    public void NoisyBursts_AreStillBursts()
    {
        RandomStream random = new(4);
        List<double> times = [];
        for (double start = 0.02; start < 4.9; start += 0.1 * (1 + (0.1 * random.NextGaussian())))
        {
            double time = start;
            for (int spike = 0; spike < 4; spike++, time += 0.004 * (0.7 + (0.6 * random.NextDouble()))) times.Add(time);
        }

        Assert.Equal(FiringPattern.RegularBursting, FiringPatternReport.Of(TestTrains.On(5, [.. times])).Pattern);
    }

    // The antennal lobe at rest fires irregularly, a Purkinje cell in a slice almost like a clock.
    [SkippableTheory]
    [InlineData("CAL1S.csv", "1", FiringPattern.Irregular)]
    [InlineData("e060817spont.csv", "1", FiringPattern.Irregular)]
    [InlineData("sPK.csv", "1", FiringPattern.Tonic)]
    public void RecordedTrain_HasThePatternThatItsVariationSays(string file, string unit, FiringPattern pattern)
    {
        SpikeTrain train = RecordingFile.Open(Repository.SharedData("star_cockroach", file), new LoadOptions { OnDuplicate = IrregularityPolicy.Drop })[unit];
        FiringPatternReport report = FiringPatternReport.Of(train);
        Assert.True(pattern == report.Pattern, report.ToString() + $" CV {report.CoefficientOfVariation} LV {report.LocalVariation}");
        InterspikeIntervals intervals = InterspikeIntervals.Of(train);
        Assert.Equal((LocalVariation.Lv(intervals), intervals.CoefficientOfVariation), (report.LocalVariation, report.CoefficientOfVariation));
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FiringPatternOptions { BurstRatio = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FiringPatternOptions { LocalVariation = 0 });
    }
}
