namespace SpikeStats.Cli.Output;

/// <summary>The command was used in a way that cannot work; the message says what to write instead.</summary>
/// <param name="message">What is wrong and the remedy.</param>
internal sealed class UsageException(string message) : Exception(message);
