using System.Globalization;
using SpikeStats.Loading;

namespace SpikeStats.Cli.Output;

/// <summary>Writes spikes in formats that <see cref="RecordingFile"/> reads back exactly.</summary>
internal static class SpikeFile
{
    private const string NpyExtension = ".npy";

    /// <summary>Whether a path asks for an array rather than for text.</summary>
    public static bool IsNpy(string path) => path.EndsWith(NpyExtension, StringComparison.OrdinalIgnoreCase);

    /// <summary>Rows of unit and time, in seconds, with a header, and before it a comment that states the observed time.</summary>
    public static void WriteCsv(Recording recording, TextWriter writer)
    {
        if (recording.Observed.Count > 0) writer.Write($"# observed: {IntervalNotation.Format(recording.Observed)}\n");
        writer.Write("unit,time\n");
        foreach (SpikeTrain train in recording.Trains)
        {
            string unit = Quoted(train.Unit);
            foreach (double time in train.Times) writer.Write(string.Create(CultureInfo.InvariantCulture, $"{unit},{time:R}\n"));
        }
    }

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
