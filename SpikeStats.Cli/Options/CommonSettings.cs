namespace SpikeStats.Cli.Options;

/// <summary>What every verb may be told.</summary>
/// <param name="Json">Whether the result is printed as one JSON document instead of text.</param>
/// <param name="Seed">Seed of everything random.</param>
/// <param name="Threads">Most threads to use; -1 for one per processor.</param>
/// <param name="Out">File to write; null for none.</param>
/// <param name="Force">Whether a file that exists may be replaced.</param>
/// <param name="Quiet">Whether only errors are shown on standard error.</param>
internal sealed record CommonSettings(bool Json, ulong Seed, int Threads, string? Out, bool Force, bool Quiet);
