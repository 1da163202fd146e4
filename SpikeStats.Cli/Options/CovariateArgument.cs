using System.Globalization;

namespace SpikeStats.Cli.Options;

/// <summary>Covariates as the command line spells them: <c>position.csv:value^1,value^2</c>.</summary>
/// <param name="Path">The file of signals.</param>
/// <param name="Powers">The powers of each signal, in the order in which the signals are first named.</param>
internal sealed record CovariateArgument(string Path, IReadOnlyList<(string Signal, IReadOnlyList<int> Powers)> Powers)
{
    private const string Example = "Write FILE:SIGNAL^POWER,..., for example position.csv:value^1,value^2.";

    public static CovariateArgument Parse(string text)
    {
        int colon = text.LastIndexOf(':');
        if (colon < 1 || colon == text.Length - 1) throw new FormatException($"'{text}' names no signal. {Example}");
        (string Signal, int Power)[] all = [.. text[(colon + 1)..].Split(',').Select(part => Term(part, text))];
        return new CovariateArgument(
            text[..colon],
            [.. all.GroupBy(term => term.Signal, StringComparer.Ordinal).Select(group => (group.Key, (IReadOnlyList<int>)[.. group.Select(term => term.Power).Distinct()]))]);
    }

    private static (string Signal, int Power) Term(string part, string text)
    {
        string[] pair = part.Split('^');
        int power = 1;
        bool isTerm = pair.Length <= 2 && pair[0].Length > 0
            && (pair.Length == 1 || (int.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out power) && power > 0));
        return isTerm ? (pair[0], power) : throw new FormatException($"'{part}' in '{text}' is no signal with a power of 1 or more. {Example}");
    }
}
