using System.Runtime.InteropServices;
using SpikeStats.Cli;
using SpikeStats.Cli.Output;

using CancellationTokenSource cancellation = new();

// The first signal asks the work to stop and clean up; a second one ends the process at once.
void Cancel(PosixSignalContext context)
{
    context.Cancel = !cancellation.IsCancellationRequested;
    cancellation.Cancel();
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
Terminal terminal = Terminal.OfProcess();
int exitCode = await new CommandLine(terminal).RunAsync(args, cancellation.Token);
await terminal.Output.FlushAsync();
return exitCode;
