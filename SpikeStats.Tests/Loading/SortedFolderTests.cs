using SpikeStats.Loading;

namespace SpikeStats.Tests.Loading;

public sealed class SortedFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Alf_TimesAndClusters_AreGrouped()
    {
        NpyArray.Write(folder.PathOf("spikes.times.npy"), [0.1, 0.2, 0.25, 0.3]);
        NpyArray.Write(folder.PathOf("spikes.clusters.npy"), [10L, 9, 10, 9]);
        Recording recording = RecordingFile.Open(folder.Path);
        Assert.Equal("ALF folder", recording.LoadReport.Format);
        Assert.Equal(["9", "10"], recording.Units.Ids);
        Assert.Equal([0.2, 0.3], recording["9"].Times);
        Assert.Equal([0.1, 0.25], recording["10"].Times);
    }

    [Fact]
    public void Alf_ArraysOfDifferentLength_AreRefused()
    {
        NpyArray.Write(folder.PathOf("spikes.times.npy"), [0.1, 0.2]);
        Assert.Contains("spikes.clusters.npy", Assert.Throws<InvalidRecordingException>(() => RecordingFile.Open(folder.Path)).Message, StringComparison.Ordinal);
        NpyArray.Write(folder.PathOf("spikes.clusters.npy"), [1L, 2, 3]);
        InvalidRecordingException error = Assert.Throws<InvalidRecordingException>(() => RecordingFile.Open(folder.Path));
        Assert.Contains("3 clusters for 2 times", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sample_rate = 20000.\n")]
    [InlineData("dat_path = 'x=1'\nsample_rate=2e4 # Hz\n")]
    [InlineData("sample_rate = 1\nsample_rate = 20_000\nhp_filtered = False\n")]
    public void Phy_SamplingRate_IsReadAsTextFromParams(string parameters)
    {
        WritePhy("spike_clusters.npy");
        folder.Write("params.py", parameters);
        Assert.Equal([0.5, 1.5], RecordingFile.Open(folder.Path)["3"].Times);
    }

    [Theory]
    [InlineData("sample_rate = 20 * 1000\n")]
    [InlineData("sample_rate = -1\n")]
    [InlineData("import os; os.remove('x')\nsample_rate = get()\n")]
    public void Phy_SamplingRateThatIsNoNumber_IsRefused(string parameters)
    {
        WritePhy("spike_clusters.npy");
        folder.Write("params.py", parameters);
        InvalidRecordingException error = Assert.Throws<InvalidRecordingException>(() => RecordingFile.Open(folder.Path));
        Assert.Contains("--time-unit", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Phy_WithoutParams_NeedsTheRate()
    {
        WritePhy("spike_clusters.npy");
        Assert.Contains("samples:RATE", Assert.Throws<InvalidRecordingException>(() => RecordingFile.Open(folder.Path)).Remedy, StringComparison.Ordinal);
        Assert.Equal([0.5, 1.5], RecordingFile.Open(folder.Path, new LoadOptions { SamplingRate = 20000 })["3"].Times);
        Assert.Equal([0.25, 0.75], RecordingFile.Open(folder.Path, new LoadOptions { TimeUnit = TimeUnit.Samples(40000) })["3"].Times);
    }

    [Fact]
    public void Phy_RateAgainstParams_WinsWithAWarning()
    {
        WritePhy("spike_clusters.npy");
        folder.Write("params.py", "sample_rate = 20000.\n");
        Recording recording = RecordingFile.Open(folder.Path, new LoadOptions { SamplingRate = 40000 });
        Assert.Equal([0.25, 0.75], recording["3"].Times);
        Assert.Contains(recording.LoadReport, note => note.Severity == LoadNoteSeverity.Warning);
    }

    [Fact]
    public void Phy_WithoutClusters_TakesTemplates()
    {
        WritePhy("spike_templates.npy");
        Recording recording = RecordingFile.Open(folder.Path, new LoadOptions { SamplingRate = 20000 });
        Assert.Equal(["3", "7"], recording.Units.Ids);
        Assert.Contains(recording.LoadReport, note => note.Message.Contains("templates", StringComparison.Ordinal));
    }

    [Fact]
    public void Phy_Tables_AreMerged()
    {
        WritePhy("spike_clusters.npy");
        folder.Write("cluster_info.tsv", "cluster_id\tgroup\tdepth\n3\tnoise\t120\n7\t\t80\n99\tgood\t1\n");
        folder.Write("cluster_group.tsv", "cluster_id\tgroup\n3\tgood\n");
        folder.Write("cluster_KSLabel.tsv", "cluster_id\tKSLabel\n3\tmua\n7\tgood\n");
        folder.Write("stray.csv", "a,b\n\"1,2\n");
        Recording recording = RecordingFile.Open(folder.Path, new LoadOptions { SamplingRate = 20000 });
        Assert.Equal(["good", "unsorted"], Column(recording, "group"));
        Assert.Equal(["120", "80"], Column(recording, "depth"));
        Assert.Equal(["mua", "good"], Column(recording, "KSLabel"));
        Assert.Equal(1, recording.Where(unit => unit["group"] == "good").UnitCount);
    }

    [Fact]
    public void Phy_OldTableWithTabsInCsv_IsRead()
    {
        WritePhy("spike_clusters.npy");
        folder.Write("cluster_groups.csv", "cluster_id\tgroup\n7\tmua\n");
        Recording recording = RecordingFile.Open(folder.Path, new LoadOptions { SamplingRate = 20000 });
        Assert.Equal("mua", recording.Units[1]["group"]);
    }

    [Fact]
    public void Phy_Unsorted_NamesArrayAndElement()
    {
        NpyArray.Write(folder.PathOf("spike_times.npy"), [10000L, 9000]);
        NpyArray.Write(folder.PathOf("spike_clusters.npy"), [3L, 3]);
        InvalidRecordingException error = Assert.Throws<InvalidRecordingException>(() => RecordingFile.Open(folder.Path, new LoadOptions { SamplingRate = 20000 }));
        Assert.Equal(("3", 2), (error.Unit, error.Row));
        Assert.EndsWith("spike_times.npy", error.File, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Column(Recording recording, string column) =>
        Enumerable.Range(0, recording.UnitCount).Select(unit => recording.Units.Value(unit, column));

    private void WritePhy(string clusters)
    {
        NpyArray.Write(folder.PathOf("spike_times.npy"), [10000L, 20000, 30000], 3, 1);
        NpyArray.Write(folder.PathOf(clusters), [3L, 7, 3]);
    }
}
