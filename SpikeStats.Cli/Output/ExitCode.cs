namespace SpikeStats.Cli.Output;

/// <summary>What the command tells the shell.</summary>
internal enum ExitCode
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>The analysis did not succeed: the optimum was not reached, does not exist or is not unique. Results are printed all the same.</summary>
    AnalysisFailed = 1,

    /// <summary>The command was used wrongly: an unknown option or unit, or an output that exists already.</summary>
    Usage = 2,

    /// <summary>An input cannot be read or holds invalid data.</summary>
    InvalidInput = 3,

    /// <summary>A native library is missing.</summary>
    MissingLibrary = 4,

    /// <summary>Cancelled by Ctrl-C: 128 + SIGINT, as shells have it.</summary>
    Cancelled = 130,
}
