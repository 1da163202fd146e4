using SpikeStats.Cli.Output;
using SpikeStats.Loading;
using SpikeStats.Tests.Loading;

namespace SpikeStats.Tests.Cli.Output;

public sealed class SpikeFileTests
{
    private static readonly double[] times = [0.1, 1.0 / 3, 0.9999999999999999];

    [Fact]
    public void WriteCsv_ThenOpen_GivesTheSameTimesAndUnits()
    {
        TimeIntervals observed = TimeIntervals.Of(0, 1);
        Recording recording = Recording.FromTrains([SpikeTrain.FromSorted(times, observed, "a, \"left\""), SpikeTrain.FromSorted(times, observed, "b")]);
        using TemporaryFolder folder = new();
        using StringWriter writer = new();
        SpikeFile.WriteCsv(recording, writer);
        Recording read = RecordingFile.Open(folder.Write("spikes.csv", writer.ToString()));
        Assert.Equal(["a, \"left\"", "b"], read.Units.Ids);
        Assert.All(read.Trains, train => Assert.Equal(times, train.Times.ToArray()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(1000)]
    public void WriteNpy_ThenOpen_GivesTheSameTimes(int count)
    {
        double[] drawn = [.. Enumerable.Range(0, count).Select(i => i / 1000.0)];
        using TemporaryFolder folder = new();
        using MemoryStream stream = new();
        SpikeFile.WriteNpy(SpikeTrain.FromSorted(drawn, TimeIntervals.Of(0, 1), "a"), stream);
        Assert.Equal(0, (stream.Length - (8 * count)) % 64);
        Recording read = RecordingFile.Open(folder.Write("a.npy", stream.ToArray()), new LoadOptions { Observed = TimeIntervals.Of(0, 1) });
        Assert.Equal(drawn, read["a"].Times.ToArray());
    }
}
