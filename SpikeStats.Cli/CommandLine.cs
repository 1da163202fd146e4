using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using SpikeStats.Cli.Commands;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;

namespace SpikeStats.Cli;

/// <summary>The <c>spikestats</c> command: its verbs, and what they have in common.</summary>
internal sealed class CommandLine
{
    private readonly Terminal terminal;
    private readonly Command root;

    public CommandLine(Terminal terminal)
    {
        this.terminal = terminal;
        CommonOptions common = new();
        VerbFrame frame = new(terminal, common);

        // Not a RootCommand, which takes its name from the file that runs.
        root = new Command("spikestats", "A statistical toolkit for spike trains: from a recording to a fitted, judged and visible model.")
        {
            new HelpOption { Action = new HelpText() },
            new VersionOption { Action = new VersionText() },
            new InfoCommand(frame),
            new ReportCommand(frame),
            new Command("fit", "Fits a model to a recording.") { new FitGlmCommand(frame), new FitHawkesCommand(frame), new FitHmmCommand(frame), new FitLifCommand(frame), new FitRenewalCommand(frame) },
            new GofCommand(frame),
            new CompareCommand(frame),
            new DecodeCommand(frame),
            new Command("simulate", "Draws spikes from a model.")
            {
                new SimulateGlmCommand(frame), new SimulateHawkesCommand(frame), new SimulateLifCommand(frame), new SimulateNetworkCommand(frame), new SimulateRenewalCommand(frame), new SimulateSrmCommand(frame),
                MembraneVerbs.Adex(frame), MembraneVerbs.Izhikevich(frame), MembraneVerbs.HodgkinHuxley(frame),
            },
            new TheoryCommand(frame),
            new ValidateCommand(frame),
            new DemoCommand(frame),
        };
        common.AddTo(root);
    }

    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">What follows the name of the command.</param>
    /// <param name="cancellationToken">Cancels the work; nothing half-written remains.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken = default)
    {
        InvocationConfiguration configuration = new()
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,

            // Signals are Program's business, so that the exit code is ours and clean-up is not cut short.
            ProcessTerminationTimeout = null,
        };

        // A file called "@x" is a file, not a list of options.
        ParseResult parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction) return Refuse(parsed);
        try
        {
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (Exception error)
        {
            Failure failure = Failure.Of(error);
            terminal.Fail(failure.Message);
            if (!string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Failure.TraceVariable))) terminal.Note(error.ToString());
            return (int)failure.Code;
        }
    }

    private int Refuse(ParseResult parsed)
    {
        foreach (string message in parsed.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal)) terminal.Fail(message);
        IEnumerable<string> names = parsed.CommandResult.Command == root ? [] : Path(parsed.CommandResult.Command);
        terminal.Note($"Try: {string.Join(' ', ["spikestats", .. names, "--help"])}");
        return (int)ExitCode.Usage;
    }

    private IEnumerable<string> Path(Command command)
    {
        Command? parent = command.Parents.OfType<Command>().FirstOrDefault();
        return parent is null || parent == root ? [command.Name] : [.. Path(parent), command.Name];
    }

    /// <summary>The help of System.CommandLine, and what the shell is told.</summary>
    private sealed class HelpText : SynchronousCommandLineAction
    {
        private const string ExitCodes = """
            Exit codes:
              0    done
              1    the analysis did not succeed: not converged or not identifiable; results are printed all the same
              2    wrong usage: unknown option or unit, or an output that exists
              3    an input cannot be read or is invalid
              4    a native library is missing
              130  cancelled

            Times, rates and voltages carry a unit: 20ms, 0.5s, 2min, 5Hz, 15mV. Results go to standard output, progress and messages to standard error.
            """;

        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            new HelpAction { MaxWidth = 120 }.Invoke(parseResult);
            output.WriteLine(ExitCodes);
            return (int)ExitCode.Done;
        }
    }

    private sealed class VersionText : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(ProductVersion.Text);
            return (int)ExitCode.Done;
        }
    }
}
