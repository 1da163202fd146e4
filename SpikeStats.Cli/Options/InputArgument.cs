namespace SpikeStats.Cli.Options;

/// <summary>A signal that drives a neuron, as the command line spells it: <c>drive.csv:current</c>.</summary>
/// <param name="Path">The file of signals.</param>
/// <param name="Signal">Name of the signal; <c>value</c> stands for the only one.</param>
internal sealed record InputArgument(string Path, string Signal)
{
    /// <summary>Reads the argument.</summary>
    /// <exception cref="FormatException">It names no signal.</exception>
    public static InputArgument Parse(string text)
    {
        int colon = text.LastIndexOf(':');
        return colon >= 1 && colon < text.Length - 1
            ? new InputArgument(text[..colon], text[(colon + 1)..])
            : throw new FormatException($"'{text}' names no signal. Write FILE:SIGNAL, for example drive.csv:current.");
    }
}
