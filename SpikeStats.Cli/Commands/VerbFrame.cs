using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;

namespace SpikeStats.Cli.Commands;

/// <summary>What all verbs share.</summary>
/// <param name="Terminal">Where text goes.</param>
/// <param name="Common">The options that every verb has.</param>
internal sealed record VerbFrame(Terminal Terminal, CommonOptions Common);
