namespace SpikeStats;

/// <summary>One line of a <see cref="LoadReport"/>.</summary>
/// <param name="Severity">Whether the reader should act on it.</param>
/// <param name="Message">What was found, assumed or done, as a sentence.</param>
public sealed record LoadNote(LoadNoteSeverity Severity, string Message)
{
    /// <summary>The note as text: severity and message.</summary>
    /// <returns>For example <c>warning: …</c>.</returns>
    public override string ToString() => Severity == LoadNoteSeverity.Warning ? $"warning: {Message}" : $"note: {Message}";
}
