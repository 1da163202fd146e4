using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SpikeStats.Cli.Options;
using SpikeStats.Cli.Output;
using SpikeStats.Loading;
using SpikeStats.Plotting;

namespace SpikeStats.Cli.Commands;

/// <summary>One run of a verb: its common settings, and the ways in which it reads, tells and delivers.</summary>
internal sealed class Invocation(Terminal terminal, CommonSettings settings, CancellationToken cancellationToken)
{
    private const string FigureExtension = ".svg", TableExtension = ".csv";

    public CommonSettings Settings { get; } = settings;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Opens a recording and shows what its loader found, assumed and mended.</summary>
    public Recording Open(string path, LoadOptions options)
    {
        Recording recording = Watch($"reading {Path.GetFileName(path)}", progress => RecordingFile.Open(path, options, progress, CancellationToken));
        Report(recording.LoadReport);
        return recording;
    }

    /// <summary>Shows what was found, assumed and mended, or which scheme ran.</summary>
    public void Report(LoadReport report)
    {
        foreach (LoadNote note in report)
        {
            if (note.Severity == LoadNoteSeverity.Warning) Warn(note.Message);
            else Note(note.ToString());
        }
    }

    /// <summary>Does something long and shows how far it is.</summary>
    public T Watch<T>(string activity, Func<IProgress<double>?, T> work)
    {
        if (Settings.Quiet) return work(null);
        using ProgressLine line = new(terminal, activity);
        return work(line);
    }

    public void Note(string message)
    {
        if (!Settings.Quiet) terminal.Note(message);
    }

    public void Warn(string message)
    {
        if (!Settings.Quiet) terminal.Warn(message);
    }

    /// <summary>The file of <c>--out</c>; to be asked for before the work begins, so that a mistake costs nothing.</summary>
    public OutputFile? PlanOutput() => Settings.Out is null ? null : OutputFile.At(Settings.Out, Settings.Force);

    /// <summary>Whether a file is to hold a figure.</summary>
    public static bool IsFigure(OutputFile file) => file.Path.EndsWith(FigureExtension, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file is to hold a table.</summary>
    public static bool IsTable(OutputFile file) => file.Path.EndsWith(TableExtension, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Delivers a result: to <c>--out</c>, if there is one, the figure if that is an SVG file, the table, if the result has one, if that is a CSV file, else the document; to
    /// standard output the document or the text.
    /// </summary>
    public void Deliver<T>(T document, JsonTypeInfo<T> type, Func<string> text, OutputFile? file, Func<Figure>? figure = null, Func<string>? table = null)
    {
        void Write(Stream stream)
        {
            JsonSerializer.Serialize(stream, document, type);
            stream.WriteByte((byte)'\n');
        }

        if (file is not null)
        {
            Func<string>? content = figure is not null && IsFigure(file) ? () => figure().ToSvg() : IsTable(file) ? table : null;
            Save((file, content is null ? Write : stream => stream.Write(Encoding.UTF8.GetBytes(content()))));
        }

        Print(document, type, text);
    }

    /// <summary>Writes files whole; none of them if cancelled.</summary>
    public void Save(params ReadOnlySpan<(OutputFile File, Action<Stream> Write)> files)
    {
        foreach ((OutputFile file, Action<Stream> write) in files) file.Write(write);
        CancellationToken.ThrowIfCancellationRequested();
        foreach ((OutputFile file, _) in files)
        {
            file.Commit();
            Note($"written: {file.Path}");
        }
    }

    /// <summary>Prints a result: the document with <c>--json</c>, else the text.</summary>
    public void Print<T>(T document, JsonTypeInfo<T> type, Func<string> text) =>
        terminal.Output.Write(Settings.Json ? JsonSerializer.Serialize(document, type) + "\n" : text());

    /// <summary>Prints a result: the document, given as its JSON text, with <c>--json</c>, else the text.</summary>
    public void Print(string json, Func<string> text) => terminal.Output.Write(Settings.Json ? json + "\n" : text());
}
