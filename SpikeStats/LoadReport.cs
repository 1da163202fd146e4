using System.Collections;

namespace SpikeStats;

/// <summary>What a loader found, assumed, mended or left out, line by line, so that nothing about a recording is silent.</summary>
public sealed class LoadReport : IReadOnlyList<LoadNote>
{
    private readonly LoadNote[] notes;

    /// <summary>Creates a report.</summary>
    /// <param name="format">The format that was recognised, in words.</param>
    /// <param name="source">The file or folder; empty for a recording made in memory.</param>
    /// <param name="notes">The notes, in the order in which they arose.</param>
    public LoadReport(string format, string source, IEnumerable<LoadNote> notes)
    {
        Format = format;
        Source = source;
        this.notes = [.. notes];
    }

    /// <summary>The report of a recording that was made in memory.</summary>
    public static LoadReport InMemory { get; } = new("in memory", "", []);

    /// <summary>The format that was recognised, in words.</summary>
    public string Format { get; }

    /// <summary>The file or folder; empty for a recording made in memory.</summary>
    public string Source { get; }

    /// <summary>The number of notes.</summary>
    public int Count => notes.Length;

    /// <summary>A note.</summary>
    /// <param name="index">Position, from 0.</param>
    public LoadNote this[int index] => notes[index];

    /// <inheritdoc/>
    public IEnumerator<LoadNote> GetEnumerator() => ((IEnumerable<LoadNote>)notes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
