namespace SpikeStats.Cli.Documents;

/// <summary>A JSON document cannot be taken as what it should be.</summary>
/// <param name="path">The file.</param>
/// <param name="problem">What is wrong, as a clause without a full stop.</param>
/// <param name="remedy">What the reader can do, as a clause without a full stop.</param>
public sealed class InvalidDocumentException(string path, string problem, string remedy) : Exception($"{path}: {problem}. Remedy: {remedy}.");
