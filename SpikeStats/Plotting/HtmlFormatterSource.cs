using System.Diagnostics.CodeAnalysis;

namespace SpikeStats.Plotting;

/// <summary>Creates the formatter of every type that has a public <c>ToHtml()</c>; notebooks call it by the names of its members.</summary>
internal sealed class HtmlFormatterSource
{
    /// <summary>The formatters; the caller reads <c>MimeType</c> of each and calls its <c>Format(object, TextWriter)</c>.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "Notebooks call it on an instance.")]
    public IEnumerable<object> CreateTypeFormatters() => [new HtmlFormatter()];
}
