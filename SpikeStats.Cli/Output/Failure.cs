using System.Text.RegularExpressions;
using SpikeStats.Cli.Documents;

namespace SpikeStats.Cli.Output;

/// <summary>What an exception means to the user of the command: an exit code and one message. The only place that knows.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Message">What went wrong and the remedy.</param>
internal sealed partial record Failure(ExitCode Code, string Message)
{
    /// <summary>The variable that, if set, adds the stack trace to the message.</summary>
    public const string TraceVariable = "SPIKESTATS_TRACE";

    public static Failure Of(Exception error) => error switch
    {
        AggregateException { InnerException: { } inner } => Of(inner),
        OperationCanceledException => new Failure(ExitCode.Cancelled, "Cancelled; no file was written."),
        UsageException => new Failure(ExitCode.Usage, error.Message),
        ArgumentException => new Failure(ExitCode.Usage, Plain(error)),
        InvalidRecordingException or InvalidDocumentException or InvalidGridException => new Failure(ExitCode.InvalidInput, error.Message),
        IOException or UnauthorizedAccessException => new Failure(ExitCode.InvalidInput, error.Message),
        DllNotFoundException => new Failure(ExitCode.MissingLibrary, error.Message),
        InvalidOperationException => new Failure(ExitCode.AnalysisFailed, error.Message),
        _ => new Failure(ExitCode.AnalysisFailed, $"Unexpected {error.GetType().Name}: {error.Message} Set {TraceVariable}=1 to see where."),
    };

    /// <summary>The message without "(Parameter 'binWidth')", which names a thing that the user of the command never saw, and without the value, which the user has written.</summary>
    public static string Plain(Exception error) => ParameterSuffix().Replace(error.Message, "");

    [GeneratedRegex(@" \(Parameter '\w+'\)(\r?\nActual value was .*)?")]
    private static partial Regex ParameterSuffix();
}
