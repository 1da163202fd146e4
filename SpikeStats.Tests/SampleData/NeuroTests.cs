using System.Globalization;
using System.Text.Json;
using SpikeStats.Tests.Testing;
using SpikeStats.Units;

namespace SpikeStats.Tests.SampleData;

/// <summary>The exported rows against R's own histogram of the same data, which never saw the file.</summary>
public sealed class NeuroTests
{
    private static readonly string[] lines = File.ReadAllLines(Repository.PathOf("sample-data", "neuro.csv"));
    private static readonly JsonElement reference = ReferenceFile.Read("neuro");

    [Fact]
    public void Rows_InBins_AreTheCountsOfR()
    {
        // R closes its bins on the right: mirrored in time they are closed on the left, as ours are.
        double[] mirrored = [.. Rows().Select(row => -row.Time).Order()];
        Recording pooled = Recording.FromFlat(new UnitTable(["neuro"]), mirrored, [0, mirrored.Length], TimeIntervals.Of((-250).ms, 250.ms));
        BinGrid grid = new(pooled.Observed, reference.Number("binWidthMilliseconds").ms);
        Assert.Equal(reference.At("counts").Integers().Reverse(), SpikeCounts.FromRecording(pooled, grid).CountsOf(0));
    }

    [Fact]
    public void Rows_EveryTrial_IsThereAndAscending()
    {
        Assert.Equal(reference.At("spikeCount").GetInt32(), Rows().Count());
        Assert.Equal(Enumerable.Range(1, reference.At("trialCount").GetInt32()), Rows().Select(row => row.Trial).Distinct());
        foreach (IGrouping<int, (int Trial, double Time)> trial in Rows().GroupBy(row => row.Trial))
            SpikeTrain.FromSorted(trial.Select(row => row.Time).ToArray(), TimeIntervals.Of((-250).ms, 250.ms));
    }

    [Fact]
    public void Comments_BeforeTheHeader_SayTrialsAndWindow()
    {
        Assert.Contains($"# trials: 1..{reference.At("trialCount").GetInt32()}", lines[..3]);
        Assert.Contains("# observed: -250ms..250ms", lines[..3]);
        Assert.Equal("unit,trial,time_ms", lines[3]);
    }

    private static IEnumerable<(int Trial, double Time)> Rows() => lines[4..].Select(line => line.Split(','))
        .Select(cells => (int.Parse(cells[1], CultureInfo.InvariantCulture), double.Parse(cells[2], CultureInfo.InvariantCulture).ms));
}
