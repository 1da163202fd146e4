using System.CommandLine;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats theory</c>: the verbs that need no recording.</summary>
internal sealed class TheoryCommand : Command
{
    public TheoryCommand(VerbFrame frame)
        : base("theory", "Solves neurons under noise: rates, responses and spectra without a simulation.")
    {
        Add(new TheoryLifCommand(frame));
        Add(new TheoryFiCommand(frame));
        Add(new TheorySusceptibilityCommand(frame));
        Add(new TheoryResonanceCommand(frame));
    }
}
