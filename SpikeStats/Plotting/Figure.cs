using System.Globalization;
using System.Text;
using SpikeStats.Plotting.Rendering;

namespace SpikeStats.Plotting;

/// <summary>A figure: panels under a heading, with a caption that says what the reader must know to judge it.</summary>
/// <remarks>
/// A figure is a description and immutable; <see cref="ToSvg"/> gives the same text each time. Margins follow from the lengths of the
/// labels, so that no text covers another; values that are not finite leave gaps. Ready-made figures are in the factories of
/// this folder (<see cref="RasterFigure"/>, <see cref="PsthFigure"/>, <see cref="KsFigure"/> …).
/// </remarks>
[TypeFormatterSource(typeof(HtmlFormatterSource))]
public sealed record Figure
{
    /// <summary>The panels, row by row.</summary>
    public required IReadOnlyList<Panel> Panels { get; init; }

    /// <summary>The number of panels in a row.</summary>
    /// <value>Default: 1, panels are stacked.</value>
    public int Columns { get; init; } = 1;

    /// <summary>Whether the panels of a column have the same horizontal limits, labelled only below the lowest.</summary>
    /// <value>Default: false.</value>
    public bool SharesX { get; init; }

    /// <summary>The heading.</summary>
    /// <value>Default: none.</value>
    public string Title { get; init; } = "";

    /// <summary>What was counted and how: n, window, bin width, seed.</summary>
    /// <value>Default: none.</value>
    public string Caption { get; init; } = "";

    /// <summary>The printed size, without the caption.</summary>
    /// <value>Default: <see cref="FigureSize.Small"/>.</value>
    public FigureSize Size { get; init; } = FigureSize.Small;

    /// <summary>The caption, followed by what the layers have to say, such as that only some of the spikes are drawn.</summary>
    internal string FullCaption => string.Join(
        ' ', Panels.SelectMany(panel => panel.Layers).Select(layer => layer.Note).Distinct(StringComparer.Ordinal).Prepend(Caption).Where(part => part.Length > 0));

    /// <summary>What a screen reader calls the figure: its heading, or else what it shows.</summary>
    internal string AccessibleName => Title.Length > 0 ? Title : string.Join("; ", Panels.Select(panel => $"{panel.Y.Label} over {panel.X.Label}"));

    /// <summary>The figure as a document in Scalable Vector Graphics, with the caption below the panels.</summary>
    /// <returns>SVG text: well formed, without a reference to anything outside, the same on each call.</returns>
    /// <exception cref="ArgumentException">The size, the number of columns or a panel is not valid.</exception>
    public string ToSvg() => FigurePainter.Paint(this, paintsCaption: true);

    /// <summary>The figure for a notebook or a report: an HTML element with the drawing inline and the caption as text.</summary>
    /// <returns>A <c>figure</c> element.</returns>
    /// <exception cref="ArgumentException">The size, the number of columns or a panel is not valid.</exception>
    public string ToHtml()
    {
        // A screen is read from about a third farther away than paper.
        string width = (Size.Width * 4 / 3).ToString("0.#", CultureInfo.InvariantCulture);
        string caption = FullCaption;
        string below = caption.Length == 0 ? "" : $"<figcaption style=\"font:13px/1.4 sans-serif;color:#444\">{XmlText.Escape(caption)}</figcaption>\n";
        return $"<figure style=\"margin:0 0 1em;width:{width}mm;max-width:100%\">\n{FigurePainter.Paint(this, paintsCaption: false)}{below}</figure>\n";
    }

    /// <summary>Writes the figure to a file, which is replaced if it exists.</summary>
    /// <param name="path">Path of the file; its name ends in <c>.svg</c>.</param>
    /// <exception cref="ArgumentException">The name does not end in <c>.svg</c>.</exception>
    /// <exception cref="IOException">The file cannot be written; a file that was there before is unchanged.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"A figure is saved as SVG; the name '{path}' must end in .svg.", nameof(path));
        string full = Path.GetFullPath(path);
        string unfinished = $"{full}.{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}.tmp";
        try
        {
            File.WriteAllText(unfinished, ToSvg(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            File.Move(unfinished, full, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>One line of text: heading, panels and size.</summary>
    /// <returns>The summary, in the invariant culture.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"Figure{(Title.Length > 0 ? " " + Title : "")}: {Panels.Count} panels, {Size}");
}
