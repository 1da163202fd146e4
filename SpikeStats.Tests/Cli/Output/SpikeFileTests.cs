using SpikeStats.Cli.Output;
using SpikeStats.Loading;
using SpikeStats.Tests.Loading;

namespace SpikeStats.Tests.Cli.Output;

public sealed class SpikeFileTests
{
    private static readonly double[] times = [0.1, 1.0 / 3, 0.9999999999999999];

    [Fact]
    public void WriteCsv_ThenOpen_GivesTheSameTimesUnitsAndObservedTime()
    {
        TimeIntervals observed = TimeIntervals.FromSorted(new TimeInterval(0, 0.5), new TimeInterval(0.75, 1.25));
        Recording recording = Recording.FromTrains([SpikeTrain.FromSorted(times, observed, "a, \"left\""), SpikeTrain.FromSorted(times, observed, "b")]);
        using TemporaryFolder folder = new();
        using StringWriter writer = new();
        SpikeFile.WriteCsv(recording, writer);
        Recording read = RecordingFile.Open(folder.Write("spikes.csv", writer.ToString()));
        Assert.Equal(["a, \"left\"", "b"], read.Units.Ids);
        Assert.Equal(observed, read.Observed);
        Assert.All(read.Trains, train => Assert.Equal(times, train.Times.ToArray()));
    }
}
