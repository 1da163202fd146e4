using System.Globalization;
using SpikeStats.Fitting.Glm;

namespace SpikeStats.Cli.Options;

/// <summary>The penalty on a term as the command line spells it: <c>history=smooth:10+ridge:1</c>.</summary>
/// <param name="Term">Name of the term; <c>coupling</c> stands for all couplings.</param>
/// <param name="Penalty">The penalty.</param>
internal sealed record PenaltyArgument(string Term, Penalty Penalty)
{
    private const string Example = "Write TERM=smooth:STRENGTH, TERM=ridge:STRENGTH or both joined by +, for example history=smooth:10+ridge:1.";

    public static PenaltyArgument Parse(string text)
    {
        // The last sign: a unit, and so the name of a coupling, may hold one itself.
        int equals = text.LastIndexOf('=');
        if (equals < 1) throw new FormatException($"'{text}' is no penalty. {Example}");
        Penalty penalty = text[(equals + 1)..].Split('+').Aggregate(Penalty.None, (sum, part) => Add(sum, part, text));
        return new PenaltyArgument(text[..equals], penalty);
    }

    /// <summary>Both penalties together.</summary>
    public static Penalty Sum(Penalty first, Penalty second) =>
        new() { Ridge = first.Ridge + second.Ridge, Smoothness = first.Smoothness + second.Smoothness };

    private static Penalty Add(Penalty penalty, string part, string text)
    {
        string[] pair = part.Split(':');
        if (pair.Length != 2 || !double.TryParse(pair[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double strength) || !(strength >= 0) || !double.IsFinite(strength))
            throw new FormatException($"'{part}' in '{text}' is no penalty of finite strength, 0 or more. {Example}");
        return pair[0] switch
        {
            "smooth" => Sum(penalty, new Penalty { Smoothness = strength }),
            "ridge" => Sum(penalty, new Penalty { Ridge = strength }),
            _ => throw new FormatException($"'{pair[0]}' in '{text}' is no kind of penalty. {Example}"),
        };
    }
}
