using System.Globalization;

namespace SpikeStats;

/// <summary>Data that cannot be taken as a recording: the message names the place and the remedy.</summary>
public sealed class InvalidRecordingException : Exception
{
    /// <summary>Creates the exception for a place in a file.</summary>
    /// <param name="problem">What is wrong, as a clause without a full stop.</param>
    /// <param name="remedy">What the reader can do, as a clause without a full stop.</param>
    /// <param name="file">The file or folder, if the data come from one.</param>
    /// <param name="row">The line of a text file or the element of an array, counted from 1, if known.</param>
    /// <param name="unit">The unit, if known.</param>
    /// <param name="innerException">The error behind it, if any.</param>
    public InvalidRecordingException(
        string problem, string remedy, string? file = null, long? row = null, string? unit = null, Exception? innerException = null)
        : base(Compose(problem, remedy, file, row, unit), innerException)
    {
        File = file;
        Row = row;
        Unit = unit;
        Remedy = remedy;
    }

    /// <summary>The file or folder; null if the data do not come from one.</summary>
    public string? File { get; }

    /// <summary>The line of a text file or the element of an array, from 1; null if unknown.</summary>
    public long? Row { get; }

    /// <summary>The unit; null if unknown.</summary>
    public string? Unit { get; }

    /// <summary>What the reader can do.</summary>
    public string Remedy { get; }

    internal static InvalidRecordingException For(string unit, int index, string problem, string remedy) =>
        new($"spike {(index + 1).ToString(CultureInfo.InvariantCulture)}: {problem}", remedy, unit: unit.Length == 0 ? null : unit);

    private static string Compose(string problem, string remedy, string? file, long? row, string? unit)
    {
        List<string> place = [];
        if (file is not null) place.Add(file);
        if (row is { } number) place.Add(string.Create(CultureInfo.InvariantCulture, $"row {number}"));
        if (unit is not null) place.Add($"unit {unit}");
        string where = place.Count == 0 ? "" : string.Join(", ", place) + ": ";
        return $"{where}{problem}. Remedy: {remedy}.";
    }
}
