using System.Globalization;

namespace SpikeStats.Cli.Documents;

/// <summary>A table of inputs cannot be used; the message names the file, the row and the column.</summary>
/// <param name="path">The file.</param>
/// <param name="problem">What is wrong, as a clause without a full stop.</param>
/// <param name="remedy">What the reader can do, as a clause without a full stop.</param>
/// <param name="row">The line of the file, from 1; null if the whole file is wrong.</param>
/// <param name="column">The name of the column; null if the whole row is wrong.</param>
public sealed class InvalidGridException(string path, string problem, string remedy, long? row = null, string? column = null)
    : Exception($"{Place(path, row, column)}: {problem}. Remedy: {remedy}.")
{
    private static string Place(string path, long? row, string? column) =>
        path + (row is { } line ? string.Create(CultureInfo.InvariantCulture, $", row {line}") : "") + (column is null ? "" : $", column {column}");
}
