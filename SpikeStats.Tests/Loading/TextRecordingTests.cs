using System.Text;
using SpikeStats.Loading;

namespace SpikeStats.Tests.Loading;

public sealed class TextRecordingTests : IDisposable
{
    private static readonly double[] first = [0.5, 1.25];
    private static readonly double[] second = [0.75, 2.5, 3];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("unit,time\n1,0.5\n2,0.75\n1,1.25\n2,2.5\n2,3\n")]
    [InlineData("time,unit\n0.5,1\n0.75,2\n1.25,1\n2.5,2\n3,2")]
    [InlineData("\"neuron\";\"time_ms\"\r\n\"1\";500\r\n1;1250\r\n2;750\r\n2;2500\r\n2;\"3000\"\r\n")]
    [InlineData("Spike Time (us)\tCluster ID\n500000\t1\n750000\t2\n1250000\t1\n2500000\t2\n3000000\t2\n")]
    [InlineData("# a comment\n\nt cell\n 0.5   1\n\n0.75\t2\n# between\n1.25 1\n2.5 2\n3e0 2\n")]
    [InlineData("1,0.5\n1,1.25\n2,0.75\n2,2.5\n2,3\n")]
    [InlineData("0.5 1\n0.75 2\n1.25 1\n2.5 2\n3 2\n")]
    [InlineData("1.000e+00 5.0e-01\n1.000e+00 1.25e+00\n2.000e+00 7.5e-01\n2.000e+00 2.5e+00\n2.000e+00 3.0e+00\n")]
    [InlineData("# unit,time_ms\n1,500\n1,1250\n2,750\n2,2500\n2,3000\n")]
    [InlineData("\"\",\"unit\",\"time\"\n\"1\",1,0.5\n\"2\",1,1.25\n\"3\",2,0.75\n\"4\",2,2.5\n\"5\",2,3\n")]
    [InlineData("\"unit\" \"time\"\n\"1\" 1 0.5\n\"2\" 1 1.25\n\"3\" 2 0.75\n\"4\" 2 2.5\n\"5\" 2 3\n")]
    [InlineData("unit,time,\n1,0.5,\n2,0.75,\n1,1.25,\n2,2.5,\n2,3,\n")]
    public void UnitTime_AnySpelling_GivesTheSameTrains(string text)
    {
        Recording recording = RecordingFile.Open(folder.Write("a.dat", text));
        Assert.Equal(["1", "2"], recording.Units.Ids);
        Assert.Equal(first, recording["1"].Times);
        Assert.Equal(second, recording["2"].Times);
        Assert.Empty(recording.Trials);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void UnitTime_ByteOrderMark_IsNoPartOfTheHeader(bool wide)
    {
        Encoding encoding = wide ? Encoding.Unicode : Encoding.UTF8;
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("unit,time\n1,0.5\n1,1.25\n2,0.75\n2,2.5\n2,3")];
        Recording recording = RecordingFile.Open(folder.Write("bom.csv", bytes));
        Assert.Equal(first, recording["1"].Times);
        Assert.Equal(second, recording["2"].Times);
    }

    [Fact]
    public void UnitTime_TextIds_StandAfterNumbersInOrdinalOrder()
    {
        Recording recording = RecordingFile.Open(folder.Write("a.csv", "unit,time\nb,0.1\n10,0.2\nB,0.3\n9,0.4\n-1,0.5\nlong name of a unit,0.6\nb,0.7\n"));
        Assert.Equal(["-1", "9", "10", "B", "b", "long name of a unit"], recording.Units.Ids);
        Assert.Equal([0.1, 0.7], recording["b"].Times);
    }

    [Fact]
    public void ExtraColumns_ConstantWithinUnits_DescribeThem()
    {
        Recording recording = RecordingFile.Open(folder.Write(
            "a.csv", "unit,tetrode,amplitude,time\n2,T7,0.1,0.5\n1,T3,0.2,0.6\n2,T7,0.3,0.7\n"));
        Assert.Equal(["tetrode"], recording.Units.ColumnNames);
        Assert.Equal("T3", recording.Units[0]["tetrode"]);
        Assert.Equal("T7", recording.Units[1]["tetrode"]);
        Assert.Contains(recording.LoadReport, note => note.Message.Contains("amplitude", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0.5\n1.25\n")]
    [InlineData("times\n0.5\n1.25")]
    [InlineData("# x\n  0.5\n\n  1.25\n")]
    [InlineData("time_ms\n500\n1250\n")]
    [InlineData("anything\n0.5\n1.25\n")]
    public void OneColumn_IsTheUnitNamedAfterTheFile(string text)
    {
        Recording recording = RecordingFile.Open(folder.Write("cell 7.txt", text));
        Assert.Equal(["cell 7"], recording.Units.Ids);
        Assert.Equal(first, recording[0].Times);
    }

    [Fact]
    public void Layout_Stated_OverridesTheGuess()
    {
        string path = folder.Write("a.csv", "0.5,0.75\n1.25,1.5\n");
        Assert.Throws<InvalidRecordingException>(() => RecordingFile.Open(path));
        Assert.Equal(first, RecordingFile.Open(path, new LoadOptions { Layout = TextLayout.Times })[0].Times);
        Assert.Equal(2, RecordingFile.Open(path, new LoadOptions { Layout = TextLayout.TrialRows }).Trials.Count);
        string labelled = folder.Write("b.csv", "time,label\n0.5,1\n0.75,2\n1.25,1\n");
        Assert.Equal(first, RecordingFile.Open(labelled, new LoadOptions { Layout = TextLayout.UnitTime })["1"].Times);
        string rows = folder.Write("c.csv", "unit,first,second\n1,0.5,0.75\n");
        Assert.Throws<InvalidRecordingException>(() => RecordingFile.Open(rows, new LoadOptions { Layout = TextLayout.TrialRows }));
    }

    [Theory]
    [InlineData("1,5\n1,9\n2,7\n")]
    [InlineData("0,5\n1,25\n2,75\n")]
    [InlineData("a,b\nx,0.5\ny,q\n")]
    [InlineData("0.5,1.5,2.5\n0.7,1.7,2.9\n")]
    [InlineData("time,label\n0.5,1\n0.7,2\n")]
    [InlineData("one,two,three\n1,2,3\n4,5,6\n")]
    public void Layout_ThatCouldBeTwo_IsRefusedWithTheRemedy(string text)
    {
        InvalidRecordingException error = Assert.Throws<InvalidRecordingException>(() => RecordingFile.Open(folder.Write("a.csv", text)));
        Assert.Contains("--layout", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoWholeColumns_ThatDifferClearly_AreTold()
    {
        Recording recording = RecordingFile.Open(folder.Write("a.csv", "1,5\n2,6\n1,9\n2,12\n1,15\n"), new LoadOptions { TimeUnit = TimeUnit.Milliseconds });
        Assert.Equal([0.005, 0.009, 0.015], recording["1"].Times);
        Assert.Contains(recording.LoadReport, note => note.Message.StartsWith("Column 2 is taken for spike times", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("unit;time\n1;0,5\n", 2)]
    [InlineData("0,5;1\n0,7;1\n0,9;2\n", 1)]
    [InlineData("1 0,5\n1 0,7\n2 0,9\n", 1)]
    [InlineData("unit\ttime\n1\t0.5\n1\t0,7\n", 3)]
    [InlineData("unit,time\n1,\"0,5\"\n", 2)]
    [InlineData("time\n0.5\n\"0,7\"\n", 3)]
    public void DecimalComma_IsReportedAndNeverRead(string text, long row)
    {
        InvalidRecordingException error = Assert.Throws<InvalidRecordingException>(() => RecordingFile.Open(folder.Write("a.csv", text)));
        Assert.Contains("decimal comma", error.Message, StringComparison.Ordinal);
        Assert.Equal(row, error.Row);
    }

    [Fact]
    public void TimeUnit_StatedAgainstTheHeader_WinsWithAWarning()
    {
        Recording recording = RecordingFile.Open(folder.Write("a.csv", "unit,time_ms\n1,500\n1,1250\n"), new LoadOptions { TimeUnit = TimeUnit.Microseconds });
        Assert.Equal([0.0005, 0.00125], recording[0].Times);
        Assert.Contains(recording.LoadReport, note => note is { Severity: LoadNoteSeverity.Warning } && note.Message.Contains("header", StringComparison.Ordinal));
    }

    [Fact]
    public void Samples_WithoutARate_AreRefused()
    {
        string path = folder.Write("a.csv", "unit,time_samples\n1,15000\n1,37500\n");
        Assert.Contains("samples:RATE", Assert.Throws<InvalidRecordingException>(() => RecordingFile.Open(path)).Remedy, StringComparison.Ordinal);
        Assert.Equal(first, RecordingFile.Open(path, new LoadOptions { TimeUnit = TimeUnit.Samples(30000) })[0].Times);
    }

    [Fact]
    public void Folder_OneFilePerUnit_NamesUnitsAfterFiles()
    {
        folder.Write("units/cell_10.txt", "0.75\n2.5\n3\n");
        folder.Write("units/cell_2.csv", "time\n0.5\n1.25\n");
        folder.Write("units/silent.txt", "");
        folder.Write("units/README.md", "These are spike times.\n");
        folder.Write("units/.hidden", "7\n");
        Recording recording = RecordingFile.Open(folder.PathOf("units"));
        Assert.Equal(["cell_10", "cell_2", "silent"], recording.Units.Ids);
        Assert.Equal(first, recording["cell_2"].Times);
        Assert.Equal(second, recording["cell_10"].Times);
        Assert.Equal(0, recording["silent"].Count);
        Assert.Contains(recording.LoadReport, note => note.Message.Contains("README.md", StringComparison.Ordinal));
        Assert.Contains(recording.LoadReport, note => note is { Severity: LoadNoteSeverity.Warning } && note.Message.Contains("silent.txt", StringComparison.Ordinal));
    }

    [Fact]
    public void Folder_FilesOfTheSameStem_KeepTheirExtension()
    {
        folder.Write("units/a.txt", "0.5\n");
        folder.Write("units/a.csv", "0.75\n");
        Assert.Equal(["a.csv", "a.txt"], RecordingFile.Open(folder.PathOf("units")).Units.Ids);
    }

    [Fact]
    public void Progress_AndCancellation_AreHonoured()
    {
        string text = "unit,time\n" + string.Concat(Enumerable.Range(1, 200_000).Select(i => FormattableString.Invariant($"1,{i * 0.01:F2}\n")));
        string path = folder.Write("long.csv", text);
        Fractions progress = new();
        Assert.Equal(200_000, RecordingFile.Open(path, null, progress).SpikeCount);
        Assert.True(progress.Reported.Count >= 3);
        Assert.Equal(1, progress.Reported[^1]);
        Assert.Equal(progress.Reported.Order(), progress.Reported);
        Assert.Throws<OperationCanceledException>(() => RecordingFile.Open(path, cancellationToken: new CancellationToken(canceled: true)));
    }

    private sealed class Fractions : IProgress<double>
    {
        public List<double> Reported { get; } = [];

        public void Report(double value) => Reported.Add(value);
    }
}
