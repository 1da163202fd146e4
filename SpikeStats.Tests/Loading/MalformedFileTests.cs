using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SpikeStats.Loading;

namespace SpikeStats.Tests.Loading;

/// <summary>Damaged files must either load or be refused with an <see cref="InvalidRecordingException"/>; nothing else may come out.</summary>
public sealed class MalformedFileTests : IDisposable
{
    private static readonly string[] texts =
    [
        "unit,time\n1,0.5\n2,0.75\n1,1.25\n2,2.5\n2,3\n",
        "# header\nneuron;trial;time_ms;depth\n1;1;500;a\n1;2;750;a\n2;1;20;b\n",
        "0.5\n0.75\n1.5\n",
        "# trials: 1..4\n# observed: -1s..2s,3s..4s\nunit,trial,time_s\n1,1,0.5\n1,3,0.75\n",
        "NA -203.7 18.5 NA\n-249 -92.1 27.8 177.1\n",
        "\"V1\",\"V2\"\n0.5,NA\n0.25,0.75\n",
        "0  0.24\n50  0.25\n100  0.27\n",
        "time,x,y\n0.1,1,2\n0.2,3,4\n",
    ];

    private static readonly string[] inserts =
        [",", ";", "\t", " ", "\n", "\r", "\"", "'", "#", "NaN", "inf", "-1", "1e308", "-1e308", "1e999", "0x10", "NA", "unit", "\0", "é", "\uFEFF", ",,,,", "1,2,3", "99999999999999999999", "0,5"];

    private static readonly string[] headerInserts = ["(", ")", "0,", "9999999999", "'descr'", "<f8", ">", "|O", "True", "shape", "\0", "[", "-", "L"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Text_Damaged_LoadsOrIsRefused() => LoadingProperty.Holds(
        Damaged([.. texts.Select(Encoding.UTF8.GetBytes)], inserts, wholeFile: true), 1500, damaged =>
        {
            string path = folder.Write("a.csv", damaged.Bytes);
            LoadsOrRefuses(() => RecordingFile.Open(path, damaged.Options));
            LoadsOrRefuses(() => SignalFile.Open(path, damaged.Options));
        });

    [Fact]
    public void Npy_Damaged_LoadsOrIsRefused()
    {
        NpyArray.Write(folder.PathOf("times.npy"), [0.5, 0.75, 1.25]);
        NpyArray.Write(folder.PathOf("ticks.npy"), [15000L, 22500, 37500, 40000], 4, 1);
        NpyArray.Write(folder.PathOf("matrix.npy"), [0.5, 1, 0.75, 2], 2, 2);
        byte[][] files = [.. new[] { "times.npy", "ticks.npy", "matrix.npy" }.Select(name => File.ReadAllBytes(folder.PathOf(name)))];
        LoadingProperty.Holds(Damaged(files, headerInserts, wholeFile: false), 1500, damaged =>
        {
            string path = folder.Write("a.npy", damaged.Bytes);
            LoadsOrRefuses(() => RecordingFile.Open(path, damaged.Options));
            LoadsOrRefuses(() => SignalFile.Open(path, damaged.Options));
            LoadsOrRefuses(() => NpyArray.Open(path).ToInt64s());
        });
    }

    [Fact]
    public void Folder_WithADamagedPart_LoadsOrIsRefused()
    {
        string[] parts = ["spike_times.npy", "spike_clusters.npy", "cluster_group.tsv", "cluster_info.csv", "params.py"];
        NpyArray.Write(folder.PathOf(parts[0]), [15000L, 22500, 37500, 40000], 4, 1);
        NpyArray.Write(folder.PathOf(parts[1]), [1L, 2, 1, 2]);
        folder.Write(parts[2], "cluster_id\tgroup\n1\tgood\n2\tmua\n");
        folder.Write(parts[3], "cluster_id,depth\n1,\"5\"\n2,7\n");
        folder.Write(parts[4], "sample_rate = 30000.\nn_channels_dat = 4\n");
        foreach (string part in parts)
        {
            byte[] whole = File.ReadAllBytes(folder.PathOf(part));
            LoadingProperty.Holds(Damaged([whole], [.. inserts, .. headerInserts], wholeFile: true), 150, damaged =>
            {
                folder.Write(part, damaged.Bytes);
                LoadsOrRefuses(() => RecordingFile.Open(folder.Path, damaged.Options with { TimeUnit = null }));
            });
            folder.Write(part, whole);
        }
    }

    private static void LoadsOrRefuses(Func<object> open)
    {
        try
        {
            Assert.NotNull(open());
        }
        catch (InvalidRecordingException error)
        {
            Assert.NotEmpty(error.Remedy);
        }
    }

    private static Gen<DamagedFile> Damaged(byte[][] files, string[] inserts, bool wholeFile) =>
        from file in Gen.Elements(files)
        from damages in Gen.ListOf(Damages(inserts)).Where(list => list.Count > 0)
        from options in Options()
        select new DamagedFile(damages.Aggregate(file, (bytes, damage) => damage(bytes, wholeFile ? bytes.Length : Math.Min(bytes.Length, 100))), options);

    /// <summary>One change of some bytes; the second argument says how many bytes from the start may be hit.</summary>
    private static Gen<Func<byte[], int, byte[]>> Damages(string[] inserts) =>
        from place in Gen.Choose(0, 9999)
        from kind in Gen.Choose(0, 9)
        from value in Gen.Choose(0, 255)
        from insert in Gen.Elements(inserts)
        select new Func<byte[], int, byte[]>((bytes, reach) =>
        {
            int at = (int)((long)place * reach / 10000);
            if (bytes.Length == 0) return bytes;
            return kind switch
            {
                0 => bytes[..((int)((long)place * bytes.Length / 10000))],
                1 => [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + 1 + (value % 20))..]],
                2 => [.. bytes[..at], .. bytes[(at / 2)..]],
                < 6 => [.. bytes[..at], (byte)value, .. bytes[(at + 1)..]],
                _ => [.. bytes[..at], .. Encoding.UTF8.GetBytes(insert), .. bytes[at..]],
            };
        });

    private static Gen<LoadOptions> Options() =>
        from lenient in Gen.Elements(true, false)
        from layout in Gen.Elements(TextLayout.Auto, TextLayout.Auto, TextLayout.UnitTime, TextLayout.Times, TextLayout.TrialRows)
        from unit in Gen.Elements<TimeUnit?>(null, TimeUnit.Milliseconds, TimeUnit.Samples(1e-9))
        from observed in Gen.Elements<TimeIntervals?>(null, null, TimeIntervals.Of(0, 10), IntervalNotation.Parse("-1s..0.5s,0.75s..2s"))
        from rate in Gen.Elements<double?>(null, 100)
        select new LoadOptions
        {
            OnUnsorted = lenient ? IrregularityPolicy.Sort : IrregularityPolicy.Throw,
            OnDuplicate = lenient ? IrregularityPolicy.Keep : IrregularityPolicy.Throw,
            OnNonFinite = lenient ? IrregularityPolicy.Drop : IrregularityPolicy.Throw,
            OnOutside = lenient ? IrregularityPolicy.Drop : IrregularityPolicy.Throw,
            Layout = layout,
            TimeUnit = unit,
            Observed = observed,
            SamplingRate = rate,
        };

    private sealed record DamagedFile(byte[] Bytes, LoadOptions Options)
    {
        public override string ToString() => $"{Convert.ToHexString(Bytes)} = {Encoding.Latin1.GetString(Bytes)} with {Options}";
    }
}
