using System.Globalization;

namespace SpikeStats.Loading;

/// <summary>The sampling rate in a Phy folder's params.py, which is read as text and never executed.</summary>
internal static class PhyParameters
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "params.py";

    private const string Key = "sample_rate";

    /// <summary>The value of the last assignment to <c>sample_rate</c>.</summary>
    /// <param name="source">The folder.</param>
    /// <returns>Hertz; null if there is no file or no such assignment.</returns>
    /// <exception cref="InvalidRecordingException">The value is no positive number.</exception>
    public static double? SamplingRate(RecordingSource source)
    {
        if (!source.Has(FileName)) return null;
        string path = source.PathOf(FileName);
        double? rate = null;
        long row = 0;
        foreach (string line in File.ReadLines(path))
        {
            row++;
            ReadOnlySpan<char> code = line.AsSpan();
            int comment = code.IndexOf('#');
            if (comment >= 0) code = code[..comment];
            int equals = code.IndexOf('=');
            if (equals < 0 || !code[..equals].Trim().SequenceEqual(Key)) continue;
            // Python allows 30_000 and writes 30000.0 with or without the last digit.
            string value = code[(equals + 1)..].Trim().TrimEnd(';').ToString().Replace("_", "", StringComparison.Ordinal);
            if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double hertz) || !(hertz > 0) || !double.IsFinite(hertz))
            {
                throw new InvalidRecordingException(
                    $"sample_rate = {value} is no positive number",
                    "write the rate in hertz as a plain number (the file is not executed), or state it with --time-unit samples:RATE",
                    path, row);
            }

            rate = hertz;
        }

        return rate;
    }
}
