using System.Globalization;
using System.Text;

namespace SpikeStats.Plotting.Rendering;

/// <summary>Text as XML and HTML can hold it.</summary>
internal static class XmlText
{
    /// <summary>Escapes markup and replaces what XML forbids (control characters, lone surrogates) by the replacement character.</summary>
    public static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\t' or '\n' or '\r' => escaped.Append(' '),
                < 0x20 or 0xfffe or 0xffff => escaped.Append('\ufffd'),
                _ => escaped.Append(CultureInfo.InvariantCulture, $"{rune}"),
            };
        }

        return escaped.ToString();
    }
}
