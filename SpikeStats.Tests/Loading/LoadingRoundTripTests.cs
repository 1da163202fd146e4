using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using SpikeStats.Loading;

namespace SpikeStats.Tests.Loading;

public sealed class LoadingRoundTripTests : IDisposable
{
    private static readonly string[] dataTypes = ["b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Text_WrittenInAnyDialect_ReadsBackExactly() => LoadingProperty.Holds(Tables(), 300, table =>
    {
        Recording recording = RecordingFile.Open(folder.Write("a.csv", Encoding.UTF8.GetBytes(table.Text)), new LoadOptions { TimeUnit = table.TimeUnit });
        Assert.Equal(table.Trains.Count, recording.UnitCount);
        foreach ((string unit, double[] times) in table.Trains)
            Assert.Equal(times.Select(table.TimeUnit.ToSeconds), recording[unit].Times.ToArray());
    });

    [Fact]
    public void Npy_OfAnyTypeOrderAndVersion_ReadsBackExactly() => LoadingProperty.Holds(Arrays(), 400, array =>
    {
        NpyArray read = NpyArray.Open(folder.Write("a.npy", array.Bytes));
        Assert.Equal(array.Shape.Select(length => (long)length), read.Shape.ToArray());
        Assert.Equal(array.Values, read.ToDoubles());
        Assert.Equal(array.Values.Select(value => (long)value), read.ToInt64s());
    });

    [Fact]
    public void Npy_Written_ReadsBackExactly() => LoadingProperty.Holds(
        from values in Gen.Choose(int.MinValue, int.MaxValue).Select(bits => bits * Math.PI * 1e-5).ArrayOf()
        select values,
        100,
        values =>
        {
            NpyArray.Write(folder.PathOf("a.npy"), values);
            Assert.Equal(values, NpyArray.Open(folder.PathOf("a.npy")).ToDoubles());
        });

    private static Gen<WrittenTable> Tables() =>
        from unitCount in Gen.Choose(1, 5)
        from named in Gen.Elements(true, false)
        from lengths in Gen.ArrayOf(Gen.Choose(1, 30), unitCount)
        from steps in Gen.ArrayOf(Gen.Choose(1, int.MaxValue), lengths.Sum())
        from offset in Gen.Choose(-1000, 1000)
        from order in Gen.Shuffle(Enumerable.Range(0, lengths.Sum()).ToArray())
        from separator in Gen.Elements(",", ";", "\t", " ", "  \t ")
        from lineEnd in Gen.Elements("\n", "\r\n")
        from timeFirst in Gen.Elements(true, false)
        from quoted in Gen.Elements(true, false)
        from mark in Gen.Elements("", "\uFEFF")
        from comment in Gen.Elements("", "# a comment; with, separators")
        from finalLine in Gen.Elements(true, false)
        from timeUnit in Gen.Elements(TimeUnit.Seconds, TimeUnit.Milliseconds, TimeUnit.Microseconds, TimeUnit.Samples(24414.0625))
        select WrittenTable.Of(unitCount, named, lengths, steps, offset, order, separator, lineEnd, timeFirst, quoted, mark, comment, finalLine, timeUnit);

    private static Gen<WrittenArray> Arrays() =>
        from type in Gen.Elements(dataTypes)
        from order in Gen.Elements('<', '>')
        from fortran in Gen.Elements(true, false)
        from version in Gen.Choose(1, 3)
        from rank in Gen.Choose(0, 4)
        from shape in Gen.ArrayOf(Gen.Choose(0, 4), rank)
        from values in Gen.ArrayOf(Gen.Choose(-100, 100), shape.Aggregate(1, (product, length) => product * length))
        select WrittenArray.Of(type, order, fortran, version, shape, values);

    private sealed record WrittenTable(string Text, TimeUnit TimeUnit, Dictionary<string, double[]> Trains)
    {
        public static WrittenTable Of(
            int unitCount, bool named, int[] lengths, int[] steps, int offset, int[] order, string separator, string lineEnd, bool timeFirst, bool quoted,
            string mark, string comment, bool finalLine, TimeUnit timeUnit)
        {
            Dictionary<string, double[]> trains = [];
            List<(string Unit, double Time)> spikes = [];
            for (int unit = 0; unit < unitCount; unit++)
            {
                string id = named ? $"cell_{unit}" : unit.ToString(CultureInfo.InvariantCulture);
                double time = offset;
                double[] times = new double[lengths[unit]];
                for (int i = 0; i < times.Length; i++) times[i] = time += steps[spikes.Count + i] * 1e-7;
                trains.Add(id, times);
                spikes.AddRange(times.Select(t => (id, t)));
            }

            // Shuffle the units among each other; within a unit the spikes stay in order.
            Dictionary<string, int> next = trains.Keys.ToDictionary(id => id, _ => 0);
            IEnumerable<string[]> rows = order.Select(i => spikes[i].Unit).Select(id => new[] { id, trains[id][next[id]++].ToString("R", CultureInfo.InvariantCulture) });
            string[] lines = [.. rows.Prepend(["unit", "time"]).Select(row => timeFirst ? [row[1], row[0]] : row)
                .Select(row => string.Join(separator, row.Select(field => quoted ? $"\"{field}\"" : field)))];
            return new WrittenTable(
                mark + string.Join(lineEnd, comment.Length > 0 ? lines.Prepend(comment) : lines) + (finalLine ? lineEnd : ""), timeUnit, trains);
        }
    }

    private sealed record WrittenArray(byte[] Bytes, int[] Shape, double[] Values)
    {
        public static WrittenArray Of(string type, char order, bool fortran, int version, int[] shape, int[] values)
        {
            double[] fitting = [.. values.Select(value => (double)(type[0] switch
            {
                'b' => value & 1,
                'u' => Math.Abs(value),
                _ => value,
            }))];
            string tuple = $"({string.Concat(shape.Select(length => length.ToString(CultureInfo.InvariantCulture) + ", "))})";
            byte[] dictionary = Encoding.ASCII.GetBytes($"{{'descr': '{order}{type}', 'fortran_order': {fortran}, 'shape': {tuple}, }}\n");
            byte[] length = version == 1 ? BitConverter.GetBytes((ushort)dictionary.Length) : BitConverter.GetBytes(dictionary.Length);
            // Element number i of the file holds element order[i] of the C order.
            int[] positions = [.. Enumerable.Range(0, fitting.Length)];
            if (fortran) positions = [.. positions.OrderBy(position => FortranPosition(position, shape))];
            IEnumerable<byte> data = positions.SelectMany(position =>
            {
                byte[] item = Item(type, fitting[position]);
                if (order == '>') Array.Reverse(item);
                return item;
            });
            return new WrittenArray([0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. dictionary, .. data], shape, fitting);
        }

        private static int FortranPosition(int position, int[] shape)
        {
            int fortran = 0, stride = 1;
            int[] index = new int[shape.Length];
            for (int axis = shape.Length - 1; axis >= 0; axis--) (position, index[axis]) = Math.DivRem(position, shape[axis]);
            for (int axis = 0; axis < shape.Length; axis++)
            {
                fortran += index[axis] * stride;
                stride *= shape[axis];
            }

            return fortran;
        }

        private static byte[] Item(string type, double value) => type switch
        {
            "b1" or "u1" => [(byte)value],
            "i1" => [(byte)(sbyte)value],
            "i2" => BitConverter.GetBytes((short)value),
            "i4" => BitConverter.GetBytes((int)value),
            "i8" => BitConverter.GetBytes((long)value),
            "u2" => BitConverter.GetBytes((ushort)value),
            "u4" => BitConverter.GetBytes((uint)value),
            "u8" => BitConverter.GetBytes((ulong)value),
            "f2" => BitConverter.GetBytes((Half)value),
            "f4" => BitConverter.GetBytes((float)value),
            _ => BitConverter.GetBytes(value),
        };
    }
}
