using System.Text;

namespace SpikeStats.Cli.Output;

/// <summary>Where text goes: results to one writer, progress and messages to the other.</summary>
/// <param name="Output">Takes results only.</param>
/// <param name="Error">Takes progress, notes, warnings and errors.</param>
/// <param name="IsInteractive">Whether a person watches <paramref name="Error"/>, so that a line may be redrawn.</param>
/// <param name="UsesColor">Whether messages may be coloured.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, bool IsInteractive, bool UsesColor)
{
    private const string Red = "\e[31m", Yellow = "\e[33m", Plain = "\e[0m";

    /// <summary>The standard streams of the process. NO_COLOR (no-color.org) and a dumb terminal are respected.</summary>
    public static Terminal OfProcess()
    {
        bool interactive = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
        bool color = interactive && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        UTF8Encoding encoding = new(encoderShouldEmitUTF8Identifier: false);
        return new Terminal(
            new StreamWriter(Console.OpenStandardOutput(), encoding), new StreamWriter(Console.OpenStandardError(), encoding) { AutoFlush = true },
            interactive, color);
    }

    /// <summary>Writes a message for people.</summary>
    public void Note(string message) => Error.WriteLine(message);

    /// <summary>Writes a message that people should act on.</summary>
    public void Warn(string message) => Error.WriteLine(Colored("warning:", Yellow) + " " + message);

    /// <summary>Writes why nothing came of it.</summary>
    public void Fail(string message) => Error.WriteLine(Colored("error:", Red) + " " + message);

    private string Colored(string text, string color) => UsesColor ? color + text + Plain : text;
}
