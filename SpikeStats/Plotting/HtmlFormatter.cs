using System.Diagnostics.CodeAnalysis;

namespace SpikeStats.Plotting;

/// <summary>Writes what <c>ToHtml()</c> of a value returns; notebooks call it by the names of its members.</summary>
internal sealed class HtmlFormatter
{
    /// <summary>The kind of text that is written.</summary>
    public string MimeType { get; } = "text/html";

    /// <summary>Writes a value.</summary>
    /// <param name="instance">The value.</param>
    /// <param name="writer">Where to write.</param>
    /// <returns>False if the value has no public parameterless <c>ToHtml()</c> that returns text.</returns>
    [SuppressMessage("Performance", "CA1822", Justification = "Notebooks call it on an instance.")]
    public bool Format(object instance, TextWriter writer)
    {
        if (instance.GetType().GetMethod("ToHtml", Type.EmptyTypes)?.Invoke(instance, null) is not string html) return false;
        writer.Write(html);
        return true;
    }
}
