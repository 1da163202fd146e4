using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace SpikeStats.Cli.Output;

/// <summary>Writes spikes in formats that <see cref="Loading.RecordingFile"/> reads back exactly.</summary>
internal static class SpikeFile
{
    private const string NpyExtension = ".npy";

    /// <summary>Whether a path asks for an array rather than for text.</summary>
    public static bool IsNpy(string path) => path.EndsWith(NpyExtension, StringComparison.OrdinalIgnoreCase);

    /// <summary>Rows of unit and time, in seconds, with a header.</summary>
    public static void WriteCsv(Recording recording, TextWriter writer)
    {
        writer.Write("unit,time\n");
        foreach (SpikeTrain train in recording.Trains)
        {
            string unit = Quoted(train.Unit);
            foreach (double time in train.Times) writer.Write(string.Create(CultureInfo.InvariantCulture, $"{unit},{time:R}\n"));
        }
    }

    /// <summary>The times of a single unit as a .npy array of version 1.0, little-endian doubles.</summary>
    public static void WriteNpy(SpikeTrain train, Stream stream)
    {
        const int Alignment = 64, Preamble = 10;
        string header = string.Create(CultureInfo.InvariantCulture, $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({train.Count},), }}");
        int length = ((Preamble + header.Length + 1 + Alignment - 1) / Alignment * Alignment) - Preamble;
        stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)length, (byte)(length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(header.PadRight(length - 1) + "\n"));
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Arrays are written on little-endian machines only.");
        stream.Write(MemoryMarshal.AsBytes(train.Times));
    }

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
