using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace SpikeStats.Loading;

/// <summary>The header of a .npy file: versions 1, 2 and 3 of the NumPy format.</summary>
/// <remarks>
/// Magic bytes, two bytes of version, the length of the text (u16 in version 1, u32 after), then a Python dictionary with the keys
/// <c>descr</c>, <c>fortran_order</c> and <c>shape</c>. Source: numpy.lib.format, "NEP 1".
/// </remarks>
internal sealed record NpyHeader(NpyDataType DataType, int ItemSize, bool IsBigEndian, bool IsFortranOrder, long[] Shape, long DataOffset)
{
    // NumPy itself refuses longer headers than 10 000 characters unless told to trust the file.
    private const int LongestText = 1 << 20;
    private const int HighestRank = 64;
    private const string SaveAgain = "save the array again with numpy.save as a plain array of numbers";

    private static readonly Dictionary<string, (NpyDataType Type, int Size)> dataTypes = new(StringComparer.Ordinal)
    {
        ["b1"] = (NpyDataType.Boolean, 1),
        ["i1"] = (NpyDataType.Int8, 1),
        ["i2"] = (NpyDataType.Int16, 2),
        ["i4"] = (NpyDataType.Int32, 4),
        ["i8"] = (NpyDataType.Int64, 8),
        ["u1"] = (NpyDataType.UInt8, 1),
        ["u2"] = (NpyDataType.UInt16, 2),
        ["u4"] = (NpyDataType.UInt32, 4),
        ["u8"] = (NpyDataType.UInt64, 8),
        ["f2"] = (NpyDataType.Float16, 2),
        ["f4"] = (NpyDataType.Float32, 4),
        ["f8"] = (NpyDataType.Float64, 8),
    };

    /// <summary>The six bytes with which every .npy file begins.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The number of elements.</summary>
    public long Count
    {
        get
        {
            long count = 1;
            foreach (long length in Shape) count = checked(count * length);
            return count;
        }
    }

    /// <summary>Reads the header from the start of a file.</summary>
    public static NpyHeader Read(Stream file, string path)
    {
        Span<byte> start = stackalloc byte[12];
        if (file.ReadAtLeast(start, 10, throwOnEndOfStream: false) < 10) throw Truncated(path);
        if (!start.StartsWith(Magic)) throw new InvalidRecordingException("it is no .npy file", SaveAgain, path);
        int version = start[6];
        if (version is < 1 or > 3) throw new InvalidRecordingException($"version {version} of the .npy format is unknown", SaveAgain, path);
        int lengthBytes = version == 1 ? 2 : 4;
        long textLength = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        long textStart = 8 + lengthBytes;
        if (textStart + textLength > file.Length) throw Truncated(path);
        if (textLength > LongestText) throw new InvalidRecordingException($"the .npy header is {textLength} bytes long", SaveAgain, path);
        byte[] text = new byte[textLength];
        file.Position = textStart;
        file.ReadExactly(text);
        return Parse((version == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text), textStart + textLength, path);
    }

    /// <summary>The bytes in front of the data of a little-endian array in C order, version 1.0, a multiple of 64 long.</summary>
    public static byte[] Compose(string descr, ReadOnlySpan<int> shape)
    {
        string lengths = string.Join(", ", shape.ToArray().Select(length => length.ToString(CultureInfo.InvariantCulture)));
        string tuple = shape.Length == 1 ? $"({lengths},)" : $"({lengths})";
        string dictionary = $"{{'descr': '{descr}', 'fortran_order': False, 'shape': {tuple}, }}";
        int total = (10 + dictionary.Length + 1 + 63) / 64 * 64;
        byte[] header = new byte[total];
        header.AsSpan().Fill((byte)' ');
        Magic.CopyTo(header);
        header[6] = 1;
        header[7] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), checked((ushort)(total - 10)));
        Encoding.ASCII.GetBytes(dictionary, header.AsSpan(10));
        header[^1] = (byte)'\n';
        return header;
    }

    private static NpyHeader Parse(string text, long dataOffset, string path)
    {
        string? descr = Quoted(ValueOf(text, "descr"));
        if (descr is null)
        {
            throw new InvalidRecordingException(
                "the .npy header states no plain data type (a structured array, perhaps)", SaveAgain, path);
        }

        bool hasOrder = descr.Length > 0 && descr[0] is '<' or '>' or '|' or '=';
        if (!dataTypes.TryGetValue(hasOrder ? descr[1..] : descr, out (NpyDataType Type, int Size) type))
        {
            throw descr.Contains('O', StringComparison.Ordinal)
                ? new InvalidRecordingException("the array holds Python objects", $"{SaveAgain}: numpy.save(file, numpy.asarray(array, dtype=float))", path)
                : new InvalidRecordingException($"the data type '{descr}' is not one of {string.Join(", ", dataTypes.Keys)}", SaveAgain, path);
        }

        ReadOnlySpan<char> order = ValueOf(text, "fortran_order");
        bool fortran = order.StartsWith("True", StringComparison.Ordinal);
        if (!fortran && !order.StartsWith("False", StringComparison.Ordinal))
            throw new InvalidRecordingException("the .npy header does not state fortran_order", SaveAgain, path);
        long[] shape = ShapeOf(ValueOf(text, "shape")) ?? throw new InvalidRecordingException("the .npy header states no shape that could be", SaveAgain, path);
        return new NpyHeader(type.Type, type.Size, hasOrder && descr[0] == '>', fortran, shape, dataOffset);
    }

    /// <summary>What stands behind a key and its colon, or nothing.</summary>
    private static ReadOnlySpan<char> ValueOf(string text, string key)
    {
        int at = text.IndexOf($"'{key}'", StringComparison.Ordinal);
        if (at < 0) at = text.IndexOf($"\"{key}\"", StringComparison.Ordinal);
        if (at < 0) return default;
        ReadOnlySpan<char> rest = text.AsSpan(at + key.Length + 2).TrimStart();
        return rest.StartsWith(':') ? rest[1..].TrimStart() : default;
    }

    private static string? Quoted(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty || value[0] is not ('\'' or '"')) return null;
        int end = value[1..].IndexOf(value[0]);
        return end < 0 ? null : value.Slice(1, end).ToString();
    }

    /// <summary>The lengths of a Python tuple such as <c>(3, 4)</c>, <c>(3,)</c>, <c>()</c> or <c>(3L,)</c>; null if it is none, or if it overflows.</summary>
    private static long[]? ShapeOf(ReadOnlySpan<char> value)
    {
        int end = value.IndexOf(')');
        if (end < 0 || value[0] != '(') return null;
        List<long> shape = [];
        foreach (Range part in value[1..end].Split(','))
        {
            ReadOnlySpan<char> number = value[1..end][part].Trim().TrimEnd('L');
            if (number.IsEmpty) continue;
            if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long length)) return null;
            shape.Add(length);
        }

        // The product of the lengths that are not zero must fit, so that Count cannot overflow whatever the order.
        UInt128 product = 1;
        foreach (long length in shape)
        {
            if (length > 0) product *= (UInt128)length;
            if (product > long.MaxValue / 8) return null;
        }

        return shape.Count <= HighestRank ? [.. shape] : null;
    }

    private static InvalidRecordingException Truncated(string path) => new("the .npy file ends within its header", "copy or save the file again", path);
}
