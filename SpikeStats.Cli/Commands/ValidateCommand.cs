using System.CommandLine;

namespace SpikeStats.Cli.Commands;

/// <summary><c>spikestats validate</c>: the verbs that hold a simulation against theory.</summary>
internal sealed class ValidateCommand : Command
{
    public ValidateCommand(VerbFrame frame)
        : base("validate", "Runs a simulation and theory side by side.")
    {
        Add(new ValidateLifCommand(frame));
        Add(new ValidateNetworkCommand(frame));
    }
}
