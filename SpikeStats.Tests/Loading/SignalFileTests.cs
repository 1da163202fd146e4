using SpikeStats.Loading;

namespace SpikeStats.Tests.Loading;

public sealed class SignalFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("0 1.5\n0.001 2.5\n0.002 3.5\n")]
    [InlineData("# note\n0;1.5\n0.001;2.5\n0.002;3.5")]
    public void Text_WithoutHeader_NamesTheSignalAfterTheFile(string text)
    {
        SampledSignal signal = Assert.Single(SignalFile.Open(folder.Write("stim.txt", text)));
        Assert.Equal("stim", signal.Name);
        Assert.True(signal.IsRegular);
        Assert.Equal(1000, signal.SamplingRate);
        Assert.Equal([1.5, 2.5, 3.5], signal.Values);
    }

    [Fact]
    public void Text_WithHeader_NamesSignalsAfterColumns()
    {
        IReadOnlyList<SampledSignal> signals = SignalFile.Open(folder.Write("pos.csv", "x (cm),time_ms,y\n1,100,4\n2,110,5\n3,200,6\n"));
        Assert.Equal(["x (cm)", "y"], signals.Select(signal => signal.Name));
        Assert.All(signals, signal => Assert.False(signal.IsRegular));
        Assert.Equal([1.0, 2, 3], signals[0].Values);
        Assert.Equal([0.1, 0.11, 0.2], Enumerable.Range(0, 3).Select(signals[1].TimeAt));
    }

    [Fact]
    public void Text_SeveralColumnsWithoutHeader_AreNumbered()
    {
        IReadOnlyList<SampledSignal> signals = SignalFile.Open(folder.Write("pos.csv", "0.5,1,4\n0.75,2,5\n"));
        Assert.Equal(["pos_1", "pos_2"], signals.Select(signal => signal.Name));
        Assert.Equal(0.5, signals[0].Start);
        Assert.Equal(4, signals[0].SamplingRate);
    }

    [Fact]
    public void Text_WithASamplingRate_NeedsNoTimes()
    {
        IReadOnlyList<SampledSignal> signals = SignalFile.Open(folder.Write("v.txt", "volt\n1\n2\n3\n"), new LoadOptions { SamplingRate = 500 });
        Assert.Equal("volt", Assert.Single(signals).Name);
        Assert.Equal((0, 500, 3), (signals[0].Start, signals[0].SamplingRate, signals[0].Count));
        Assert.Throws<InvalidRecordingException>(() => SignalFile.Open(folder.PathOf("v.txt")));
    }

    // 30 kHz does not divide a microsecond: written timestamps deviate from the grid by up to half a microsecond.
    [Fact]
    public void Times_RoundedToDecimals_AreRegular()
    {
        string text = string.Join('\n', Enumerable.Range(0, 3001).Select(i => FormattableString.Invariant($"{i / 30000.0:F6},{i}")));
        SampledSignal signal = Assert.Single(SignalFile.Open(folder.Write("a.csv", text)));
        Assert.True(signal.IsRegular);
        Assert.Equal(30000, signal.SamplingRate);
    }

    [Fact]
    public void Times_OfWholeNumbersWithoutAUnit_AreRefused()
    {
        string path = folder.Write("a.csv", "0,1.5\n50,2.5\n100,3.5\n");
        Assert.Contains("--time-unit", Assert.Throws<InvalidRecordingException>(() => SignalFile.Open(path)).Remedy, StringComparison.Ordinal);
        Assert.Equal(20000, SignalFile.Open(path, new LoadOptions { TimeUnit = TimeUnit.Microseconds })[0].SamplingRate);
        Assert.Equal(0.02, SignalFile.Open(path, new LoadOptions { TimeUnit = TimeUnit.Seconds })[0].SamplingRate);
    }

    [Fact]
    public void Npy_VectorOrMatrix_Opens()
    {
        NpyArray.Write(folder.PathOf("v.npy"), [1.0, 2, 3]);
        Assert.Throws<InvalidRecordingException>(() => SignalFile.Open(folder.PathOf("v.npy")));
        SampledSignal vector = Assert.Single(SignalFile.Open(folder.PathOf("v.npy"), new LoadOptions { SamplingRate = 100 }));
        Assert.Equal(("v", 100), (vector.Name, vector.SamplingRate));
        NpyArray.Write(folder.PathOf("m.npy"), [0.5, 10, 20, 0.6, 11, 21, 0.9, 12, 22], 3, 3);
        IReadOnlyList<SampledSignal> matrix = SignalFile.Open(folder.PathOf("m.npy"));
        Assert.Equal(["m_1", "m_2"], matrix.Select(signal => signal.Name));
        Assert.Equal([20.0, 21, 22], matrix[1].Values);
        Assert.Equal(0.6, matrix[1].TimeAt(1));
    }

    [Theory]
    [InlineData("0.1,1\n0.3,2\n0.2,3\n", 3, "--on-unsorted")]
    [InlineData("0.1,1\n0.3,2\n0.3,3\n", 3, "--on-duplicate")]
    [InlineData("0.1,1\n0.3,NaN\n0.4,3\n", 2, "--on-nan")]
    [InlineData("0.1,1\n0.3\n0.4,3\n", 2, "mend")]
    [InlineData("0.1,1\n0.3,1,2\n0.4,3,4\n", 1, "mend")]
    [InlineData("0.1,1\n0.3,x\n0.4,3\n", 2, "mend")]
    public void Irregularity_ByDefault_ThrowsWithItsRow(string text, long row, string remedy)
    {
        InvalidRecordingException error = Assert.Throws<InvalidRecordingException>(() => SignalFile.Open(folder.Write("a.csv", text)));
        Assert.Equal(row, error.Row);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Policies_Stated_Mend()
    {
        string path = folder.Write("a.csv", "t,v\n0.1,1\n0.4,4\n0.3,3\n0.3,33\n0.35,NA\n");
        LoadOptions options = new() { OnUnsorted = IrregularityPolicy.Sort, OnDuplicate = IrregularityPolicy.Drop, OnNonFinite = IrregularityPolicy.Drop };
        SampledSignal signal = Assert.Single(SignalFile.Open(path, options));
        Assert.Equal([1.0, 3, 4], signal.Values);
        Assert.Equal([1.0, 4], SignalFile.Open(path, options with { OnUnsorted = IrregularityPolicy.Drop })[0].Values);
    }

    [Fact]
    public void Source_ThatIsNoTable_IsRefused()
    {
        Assert.Throws<InvalidRecordingException>(() => SignalFile.Open(folder.Path));
        Assert.Throws<InvalidRecordingException>(() => SignalFile.Open(folder.PathOf("nothing.txt")));
        Assert.Throws<InvalidRecordingException>(() => SignalFile.Open(folder.Write("a.bin", [0, 1, 2])));
        Assert.Throws<InvalidRecordingException>(() => SignalFile.Open(folder.Write("b.txt", "# nothing\n")));
        NpyArray.Write(folder.PathOf("c.npy"), ReadOnlySpan<double>.Empty, 3, 0);
        Assert.Throws<InvalidRecordingException>(() => SignalFile.Open(folder.PathOf("c.npy")));
    }
}
