using System.CommandLine;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats theory</c>: the verbs that need no recording.</summary>
internal sealed class TheoryCommand : Command
{
    public TheoryCommand(VerbFrame frame)
        : base("theory", "Solves neurons under noise, and networks of them: rates, responses, intervals and densities without a simulation.")
    {
        Add(new TheoryLifCommand(frame));
        Add(new TheoryFiCommand(frame));
        Add(new TheoryIsiCommand(frame));
        Add(new TheoryDensityCommand(frame));
        Add(new TheorySusceptibilityCommand(frame));
        Add(new TheoryResonanceCommand(frame));
        Add(new TheoryNetworkCommand(frame));
    }
}
