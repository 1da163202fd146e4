using System.Text;
using System.Text.Json;
using SpikeStats.Loading;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Loading;

public sealed class NpyArrayTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Written => [.. Named("arrays")];

    public static TheoryData<string> Refused => [.. Named("refused")];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Written))]
    public void Open_ArrayWrittenByNumPy_GivesItsElementsInCOrder(string name)
    {
        JsonElement reference = Reference("arrays", name);
        NpyArray array = NpyArray.Open(folder.Write("a.npy", reference.At("base64").GetBytesFromBase64()));
        Assert.Equal(reference.At("shape").Integers().Select(length => (long)length), array.Shape.ToArray());
        Assert.Equal(reference.At("values").Doubles(), array.ToDoubles());
        Assert.Equal(array.Count, array.ToDoubles().Length);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Open_ArrayOfNoNumbers_IsRefusedWithARemedy(string name)
    {
        string path = folder.Write("a.npy", Reference("refused", name).At("base64").GetBytesFromBase64());
        InvalidRecordingException error = Assert.Throws<InvalidRecordingException>(() => NpyArray.Open(path));
        Assert.Equal(path, error.File);
        Assert.Contains("numpy.save", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void ToInt64s_WholeNumbers_AreExact()
    {
        long[] values = [long.MinValue, -1, 0, (1L << 53) + 1, long.MaxValue];
        NpyArray.Write(folder.PathOf("a.npy"), values);
        NpyArray array = NpyArray.Open(folder.PathOf("a.npy"));
        Assert.Equal(NpyDataType.Int64, array.DataType);
        Assert.Equal(values, array.ToInt64s());
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(double.NaN)]
    [InlineData(1e19)]
    public void ToInt64s_OfAFraction_NamesTheElement(double value)
    {
        NpyArray.Write(folder.PathOf("a.npy"), [1.0, value]);
        Assert.Equal(2, Assert.Throws<InvalidRecordingException>(() => NpyArray.Open(folder.PathOf("a.npy")).ToInt64s()).Row);
    }

    [Fact]
    public void ToInt64s_BeyondTheSignedRange_IsRefused()
    {
        string path = folder.Write("a.npy", Reference("arrays", "u8 beyond the signed range").At("base64").GetBytesFromBase64());
        Assert.Throws<InvalidRecordingException>(() => NpyArray.Open(path).ToInt64s());
    }

    // numpy.save of the same arrays writes the same bytes, so that the writer is checked against NumPy without NumPy.
    [Fact]
    public void Write_ScalarAndEmptyMatrix_GiveTheBytesOfNumPy()
    {
        NpyArray.Write(folder.PathOf("empty.npy"), ReadOnlySpan<double>.Empty, 0, 3);
        Assert.Equal(Reference("arrays", "f8, no element").At("base64").GetBytesFromBase64(), File.ReadAllBytes(folder.PathOf("empty.npy")));
        NpyArray.Write(folder.PathOf("vector.npy"), [7L]);
        byte[] vector = File.ReadAllBytes(folder.PathOf("vector.npy"));
        Assert.Equal(128 + 8, vector.Length);
        Assert.StartsWith("{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }", Encoding.ASCII.GetString(vector.AsSpan(10)), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ToAStream_GivesTheBytesOfTheFile()
    {
        double[] values = [0.5, -1, double.NaN];
        NpyArray.Write(folder.PathOf("a.npy"), values, 3, 1);
        using MemoryStream stream = new();
        NpyArray.Write(stream, values, 3, 1);
        Assert.Equal(File.ReadAllBytes(folder.PathOf("a.npy")), stream.ToArray());
    }

    [Fact]
    public void Write_ShapeThatDoesNotFit_Throws() => Assert.Throws<ArgumentException>(() => NpyArray.Write(folder.PathOf("a.npy"), [1.0, 2.0], 3));

    [Theory]
    [InlineData("(1000000000000000000,)")]
    [InlineData("(1000000000000000000, 1000000000000000000)")]
    [InlineData("(4294967296, 4294967296)")]
    [InlineData("(99999999999999999999,)")]
    [InlineData("(-1,)")]
    [InlineData("(2,")]
    [InlineData("7")]
    public void Open_ShapeThatCannotBe_IsRefusedWithoutMemory(string shape)
    {
        string path = folder.Write("a.npy", Header($"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}"));
        Assert.Throws<InvalidRecordingException>(() => NpyArray.Open(path));
        Assert.Throws<InvalidRecordingException>(() => RecordingFile.Open(path));
    }

    [Fact]
    public void Open_TruncatedAnywhere_IsRefused()
    {
        NpyArray.Write(folder.PathOf("a.npy"), [0.5, 1.5, 2.5]);
        byte[] whole = File.ReadAllBytes(folder.PathOf("a.npy"));
        for (int length = 1; length < whole.Length; length++)
        {
            string path = folder.Write("cut.npy", whole[..length]);
            Assert.Throws<InvalidRecordingException>(() => NpyArray.Open(path));
        }
    }

    [Fact]
    public void Recording_OfABareArray_IsOneUnit()
    {
        NpyArray.Write(folder.PathOf("cell.npy"), [0.5, 1.25], 2, 1);
        Recording recording = RecordingFile.Open(folder.PathOf("cell.npy"));
        Assert.Equal(["cell"], recording.Units.Ids);
        Assert.Equal([0.5, 1.25], recording[0].Times);
        NpyArray.Write(folder.PathOf("ticks.npy"), [15000L, 37500]);
        Assert.Equal([0.5, 1.25], RecordingFile.Open(folder.PathOf("ticks.npy"), new LoadOptions { TimeUnit = TimeUnit.Samples(30000) })[0].Times);
        Assert.Contains(RecordingFile.Open(folder.PathOf("ticks.npy")).LoadReport, note => note.Severity == LoadNoteSeverity.Warning);
        NpyArray.Write(folder.PathOf("matrix.npy"), [0.5, 1.25, 2, 3], 2, 2);
        Assert.Throws<InvalidRecordingException>(() => RecordingFile.Open(folder.PathOf("matrix.npy")));
    }

    [Fact]
    public void Recording_WithNaN_NamesTheElement()
    {
        NpyArray.Write(folder.PathOf("a.npy"), [0.5, double.NaN, 0.75]);
        Assert.Equal(2, Assert.Throws<InvalidRecordingException>(() => RecordingFile.Open(folder.PathOf("a.npy"))).Row);
        Assert.Equal([0.5, 0.75], RecordingFile.Open(folder.PathOf("a.npy"), new LoadOptions { OnNonFinite = IrregularityPolicy.Drop })[0].Times);
    }

    private static IEnumerable<string> Named(string list) =>
        ReferenceFile.Read("npy_arrays").At(list).EnumerateArray().Select(item => item.At("name").GetString()!);

    private static JsonElement Reference(string list, string name) =>
        ReferenceFile.Read("npy_arrays").At(list).EnumerateArray().Single(item => item.At("name").GetString() == name);

    private static byte[] Header(string dictionary) =>
        [0x93, .. "NUMPY"u8, 1, 0, (byte)(dictionary.Length + 1), 0, .. Encoding.ASCII.GetBytes(dictionary), (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0];
}
