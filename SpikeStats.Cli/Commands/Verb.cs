using System.CommandLine;
using SpikeStats.Cli.Output;

namespace SpikeStats.Cli.Commands;

/// <summary>A verb of the command line that does something, as opposed to one that only has verbs below it.</summary>
internal abstract class Verb : Command
{
    protected Verb(string name, string description, VerbFrame frame)
        : base(name, description)
    {
        SetAction((parsed, cancellationToken) =>
        {
            Invocation invocation = new(frame.Terminal, frame.Common.Read(parsed), cancellationToken);
            return Task.FromResult((int)Execute(parsed, invocation));
        });
    }

    /// <summary>Does it. Exceptions are turned into messages and exit codes by the caller.</summary>
    protected abstract ExitCode Execute(ParseResult parsed, Invocation invocation);
}
