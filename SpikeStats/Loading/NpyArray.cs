using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;

namespace SpikeStats.Loading;

/// <summary>An array of numbers in a NumPy .npy file.</summary>
/// <remarks>
/// <see cref="Open"/> reads the header only and checks the length of the file against it, so that a damaged header costs no memory;
/// <see cref="ToDoubles"/> and <see cref="ToInt64s"/> read the data. Elements always come in C order (last index fastest), whatever the
/// order in the file. All integer and floating-point types of 1 to 8 bytes in either byte order are read, in versions 1 to 3 of the format.
/// </remarks>
public sealed class NpyArray
{
    private const int BlockLength = 1 << 15;
    private readonly NpyHeader header;

    private NpyArray(string path, NpyHeader header)
    {
        Path = path;
        this.header = header;
        Count = (int)header.Count;
    }

    private delegate void BlockReader(ReadOnlySpan<byte> block, int first, int count);

    /// <summary>The path of the file.</summary>
    public string Path { get; }

    /// <summary>The kind of number in the file.</summary>
    public NpyDataType DataType => header.DataType;

    /// <summary>The length of each dimension; empty for a single number.</summary>
    public ReadOnlySpan<long> Shape => header.Shape;

    /// <summary>The number of elements; 1 for a single number.</summary>
    public int Count { get; }

    /// <summary>Whether at most one dimension is longer than 1, as in (n,), (n, 1) and ().</summary>
    public bool IsVector => header.Shape.Count(length => length != 1) <= 1;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <returns>The array.</returns>
    /// <exception cref="InvalidRecordingException">It is no .npy file, it holds no plain numbers, it is truncated, or it holds more than
    /// 2^31 elements.</exception>
    public static NpyArray Open(string path)
    {
        using FileStream file = File.OpenRead(path);
        NpyHeader header = NpyHeader.Read(file, path);
        long present = (file.Length - header.DataOffset) / header.ItemSize;
        if (present < header.Count)
        {
            throw new InvalidRecordingException(
                string.Create(CultureInfo.InvariantCulture, $"the file is truncated: its header promises {header.Count} elements, and {present} are there"),
                "copy or save the file again", path);
        }

        if (header.Count > Array.MaxLength)
        {
            throw new InvalidRecordingException(
                string.Create(CultureInfo.InvariantCulture, $"{header.Count} elements are more than fit into one array"), "split it into several files", path);
        }

        return new NpyArray(path, header);
    }

    /// <summary>Reads the elements as double-precision numbers.</summary>
    /// <remarks>Exact, except for integers beyond 2^53, which are rounded to the nearest double.</remarks>
    /// <returns>The elements in C order; length <see cref="Count"/>. True is 1, false 0.</returns>
    /// <exception cref="InvalidRecordingException">The file changed since it was opened.</exception>
    public double[] ToDoubles()
    {
        double[] values = new double[Count];
        ReadBlocks((block, first, count) =>
        {
            for (int i = 0; i < count; i++) values[first + i] = DoubleAt(block[(i * header.ItemSize)..]);
        });
        return InCOrder(values);
    }

    /// <summary>Reads the elements as 64-bit integers.</summary>
    /// <returns>The elements in C order; length <see cref="Count"/>. True is 1, false 0.</returns>
    /// <exception cref="InvalidRecordingException">An element is no whole number or does not fit, or the file changed since it was opened.</exception>
    public long[] ToInt64s()
    {
        long[] values = new long[Count];
        ReadBlocks((block, first, count) =>
        {
            for (int i = 0; i < count; i++) values[first + i] = Int64At(block[(i * header.ItemSize)..], first + i);
        });
        return InCOrder(values);
    }

    /// <summary>Writes double-precision numbers as a .npy file (version 1.0, little endian, C order).</summary>
    /// <param name="path">The path of the file. It appears complete or not at all; an existing file is replaced.</param>
    /// <param name="values">The elements, in any unit, last index fastest.</param>
    /// <param name="shape">The length of each dimension; a vector if omitted.</param>
    /// <exception cref="ArgumentException">The product of the shape is not the number of values.</exception>
    public static void Write(string path, ReadOnlySpan<double> values, params ReadOnlySpan<int> shape) => WriteItems(path, "<f8", values, shape);

    /// <summary>Writes 64-bit integers as a .npy file (version 1.0, little endian, C order).</summary>
    /// <param name="path">The path of the file. It appears complete or not at all; an existing file is replaced.</param>
    /// <param name="values">The elements, in any unit, last index fastest.</param>
    /// <param name="shape">The length of each dimension; a vector if omitted.</param>
    /// <exception cref="ArgumentException">The product of the shape is not the number of values.</exception>
    public static void Write(string path, ReadOnlySpan<long> values, params ReadOnlySpan<int> shape) => WriteItems(path, "<i8", values, shape);

    /// <summary>Writes doubles as a .npy array (version 1.0, little endian, C order) to a stream.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="values">The elements, in any unit, last index fastest.</param>
    /// <param name="shape">The length of each dimension; a vector if omitted.</param>
    /// <exception cref="ArgumentException">The product of the shape is not the number of values.</exception>
    public static void Write(Stream stream, ReadOnlySpan<double> values, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(stream);
        RequireShape(values.Length, shape);
        WriteItems(stream, "<f8", values, shape);
    }

    private static void WriteItems<T>(string path, string descr, ReadOnlySpan<T> values, ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        RequireShape(values.Length, shape);
        string unfinished = $"{path}.part";
        using (FileStream file = File.Create(unfinished)) WriteItems(file, descr, values, shape);
        File.Move(unfinished, path, overwrite: true);
    }

    private static void WriteItems<T>(Stream stream, string descr, ReadOnlySpan<T> values, ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        stream.Write(NpyHeader.Compose(descr, shape.IsEmpty ? [values.Length] : shape));
        for (int first = 0; first < values.Length; first += BlockLength)
        {
            byte[] block = MemoryMarshal.AsBytes(values.Slice(first, Math.Min(BlockLength, values.Length - first))).ToArray();
            if (!BitConverter.IsLittleEndian) ReverseItems(block, sizeof(long));
            stream.Write(block);
        }
    }

    private static void RequireShape(int count, ReadOnlySpan<int> shape)
    {
        long product = 1;
        foreach (int length in shape) product *= length;
        if (!shape.IsEmpty && product != count)
            throw new ArgumentException($"A shape of {product} elements does not fit {count} values.", nameof(shape));
    }

    private static void ReverseItems(Span<byte> block, int itemSize)
    {
        for (int at = 0; at < block.Length; at += itemSize) block.Slice(at, itemSize).Reverse();
    }

    private void ReadBlocks(BlockReader read)
    {
        using FileStream file = File.OpenRead(Path);
        file.Position = header.DataOffset;
        byte[] buffer = new byte[BlockLength * header.ItemSize];
        for (int first = 0; first < Count; first += BlockLength)
        {
            int count = Math.Min(BlockLength, Count - first);
            Span<byte> block = buffer.AsSpan(0, count * header.ItemSize);
            if (file.ReadAtLeast(block, block.Length, throwOnEndOfStream: false) < block.Length)
                throw new InvalidRecordingException("the file became shorter while it was read", "read it again", Path);
            if (header.IsBigEndian) ReverseItems(block, header.ItemSize);
            read(block, first, count);
        }
    }

    private double DoubleAt(ReadOnlySpan<byte> item) => DataType switch
    {
        NpyDataType.Float64 => BinaryPrimitives.ReadDoubleLittleEndian(item),
        NpyDataType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(item),
        NpyDataType.Float16 => (double)BinaryPrimitives.ReadHalfLittleEndian(item),
        NpyDataType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(item),
        _ => SmallIntegerAt(item),
    };

    private long Int64At(ReadOnlySpan<byte> item, int index)
    {
        switch (DataType)
        {
            case NpyDataType.UInt64:
                ulong unsigned = BinaryPrimitives.ReadUInt64LittleEndian(item);
                return unsigned <= long.MaxValue ? (long)unsigned : throw NoInteger(unsigned.ToString(CultureInfo.InvariantCulture), index);
            case NpyDataType.Float64 or NpyDataType.Float32 or NpyDataType.Float16:
                double value = DoubleAt(item);
                return value == Math.Floor(value) && Math.Abs(value) < 9223372036854775808.0
                    ? (long)value
                    : throw NoInteger(value.ToString("R", CultureInfo.InvariantCulture), index);
            default:
                return SmallIntegerAt(item);
        }
    }

    private long SmallIntegerAt(ReadOnlySpan<byte> item) => DataType switch
    {
        NpyDataType.Boolean => item[0] == 0 ? 0 : 1,
        NpyDataType.Int8 => (sbyte)item[0],
        NpyDataType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(item),
        NpyDataType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(item),
        NpyDataType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(item),
        NpyDataType.UInt8 => item[0],
        NpyDataType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(item),
        NpyDataType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(item),
        _ => throw new InvalidOperationException($"{DataType} is no integer of 8 bytes or less."),
    };

    private InvalidRecordingException NoInteger(string value, int index) => new(
        $"{value} is no whole number of 64 bits", "save the array with an integer type", Path, index + 1L);

    /// <summary>Reorders elements that stand first index fastest so that the last index is fastest.</summary>
    private T[] InCOrder<T>(T[] values)
    {
        if (!header.IsFortranOrder || IsVector || Count == 0) return values;
        T[] ordered = new T[values.Length];
        int rank = header.Shape.Length;
        int[] index = new int[rank];
        int[] strides = new int[rank];
        strides[0] = 1;
        for (int axis = 1; axis < rank; axis++) strides[axis] = strides[axis - 1] * (int)header.Shape[axis - 1];
        int source = 0;
        for (int i = 0; i < ordered.Length; i++)
        {
            ordered[i] = values[source];
            for (int axis = rank - 1; axis >= 0; axis--)
            {
                source += strides[axis];
                if (++index[axis] < header.Shape[axis]) break;
                source -= strides[axis] * (int)header.Shape[axis];
                index[axis] = 0;
            }
        }

        return ordered;
    }
}
