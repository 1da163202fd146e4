using SpikeStats.Models.Theory;

namespace SpikeStats.Cli.Options;

/// <summary>Schemes of simulations in time steps by the words of the command line.</summary>
internal static class SteppingSchemeSyntax
{
    /// <summary>The words, the scheme that is recommended first.</summary>
    public static (string Word, SteppingScheme Scheme)[] Words { get; } = [("bridge", SteppingScheme.Bridge), ("grid", SteppingScheme.Grid), ("euler", SteppingScheme.Euler)];
}
