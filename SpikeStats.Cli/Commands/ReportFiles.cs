using System.Text;
using SpikeStats.Cli.Output;
using SpikeStats.Cli.Reporting;

namespace SpikeStats.Cli.Commands;

/// <summary>The two files of a report: the page, and beside it the document of the same name.</summary>
internal sealed class ReportFiles : IDisposable
{
    private const string DocumentExtension = ".json";
    private readonly OutputFile page;
    private readonly OutputFile document;

    private ReportFiles(OutputFile page, OutputFile document)
    {
        this.page = page;
        this.document = document;
    }

    /// <summary>The path of the page.</summary>
    public string Page => page.Path;

    /// <summary>The path of the document.</summary>
    public string Document => document.Path;

    /// <summary>Makes sure, before any work is done, that both can be written.</summary>
    /// <exception cref="UsageException">One of them exists, or the name is that of a document.</exception>
    public static ReportFiles At(string path, bool force)
    {
        string beside = Path.ChangeExtension(path, DocumentExtension);
        return path == beside
            ? throw new UsageException($"--out names the page; the document beside it has the extension {DocumentExtension}. Write for example --out {Path.ChangeExtension(path, ".html")}.")
            : new ReportFiles(OutputFile.At(path, force), OutputFile.At(beside, force));
    }

    /// <summary>Writes both, or neither if cancelled.</summary>
    /// <returns>The document.</returns>
    public string Save(RecordingReport report, Invocation invocation)
    {
        string json = report.ToJson();
        invocation.Save((page, stream => stream.Write(Encoding.UTF8.GetBytes(report.ToHtml()))), (document, stream => stream.Write(Encoding.UTF8.GetBytes(json + "\n"))));
        return json;
    }

    public void Dispose()
    {
        page.Dispose();
        document.Dispose();
    }
}
