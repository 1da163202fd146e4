using System.Text.RegularExpressions;
using SpikeStats.Models.Bases;

namespace SpikeStats.Cli.Options;

/// <summary>A smooth effect of the values of signals as the command line spells it: <c>position.csv:x,y=bspline:n=8</c>.</summary>
/// <param name="Path">The file of signals.</param>
/// <param name="Signals">The signals; of several the effect is on the products of functions of each.</param>
/// <param name="Bases">The basis of each signal.</param>
internal sealed partial record SmoothArgument(string Path, IReadOnlyList<string> Signals, IReadOnlyList<string> Bases)
{
    public const string Words = "FILE:SIGNAL[,SIGNAL...][=BASIS[/BASIS...]]";

    // A map over two values has the square of this number of coefficients.
    private const string DefaultBasis = "bspline:n=10", DefaultMargin = "bspline:n=7";

    private const string Example = $"Write {Words}, for example position.csv:x, position.csv:x,y=bspline:n=8 or position.csv:direction=cyclic-bspline:n=8,from=0,to=360.";

    /// <summary>Reads the text and makes sure that its bases are some, although their range may depend on the signals.</summary>
    /// <exception cref="FormatException">The text is no smooth effect, or a circle lacks its ends.</exception>
    public static SmoothArgument Parse(string text)
    {
        Match match = Shape().Match(text);
        if (!match.Success) throw new FormatException($"'{text}' is no smooth effect. {Example}");
        string[] signals = match.Groups["signals"].Value.Split(',');
        if (signals.Any(string.IsNullOrWhiteSpace) || signals.Distinct(StringComparer.Ordinal).Count() < signals.Length)
            throw new FormatException($"'{text}' must name each signal once. {Example}");
        string[] bases = match.Groups["bases"] is { Success: true } stated ? stated.Value.Split('/') : [signals.Length == 1 ? DefaultBasis : DefaultMargin];
        if (bases.Length == 1) bases = [.. signals.Select(_ => bases[0])];
        if (bases.Length != signals.Length) throw new FormatException($"'{text}' states {bases.Length} bases for {(signals.Length == 1 ? "one signal" : $"{signals.Length} signals")}; give one for all, or one for each.");
        foreach (string basis in bases) RequireBasis(basis);
        return new SmoothArgument(match.Groups["file"].Value, signals, bases);
    }

    // Where a circle closes no sample can tell.
    private static void RequireBasis(string text)
    {
        if (!ValueBasisSyntax.Parse(text, 0, 1).IsCyclic) return;
        try
        {
            _ = ValueBasisSyntax.Parse(text);
        }
        catch (FormatException error)
        {
            throw new FormatException($"'{text}' is a circle, whose two ends must be stated, for example {text},from=0,to=360.", error);
        }
    }

    // The name of a basis tells its equals sign and colon from those of a file or a signal.
    [GeneratedRegex(@"^((?<file>.+?):(?<signals>[^:=]+)=(?<bases>[a-z][a-z-]*:.+)|(?<file>.+):(?<signals>[^:=]+))$", RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
