using System.Globalization;
using SpikeStats.Fitting.Glm;

namespace SpikeStats.Cli.Options;

/// <summary>The penalty on a term as the command line spells it: <c>history=smooth:10+ridge:1</c>.</summary>
/// <param name="Term">Name of the term; <c>coupling</c> stands for all couplings, <c>smooth</c> for all smooth effects.</param>
/// <param name="Penalty">The penalty.</param>
internal sealed record PenaltyArgument(string Term, Penalty Penalty)
{
    private const string Example = "Write TERM=KIND:STRENGTH with smooth (or smooth:ALONG_FIRST,ALONG_SECOND for a term over several values), ridge, lasso, group-lasso, elastic-net:STRENGTH,RATIO or ar1:STRENGTH,CORRELATION, joined by +, for example history=smooth:10+ridge:1.";

    public static PenaltyArgument Parse(string text)
    {
        // The last sign: a unit, and so the name of a coupling, may hold one itself.
        int equals = text.LastIndexOf('=');
        if (equals < 1) throw new FormatException($"'{text}' is no penalty. {Example}");
        Penalty penalty = text[(equals + 1)..].Split('+').Aggregate(Penalty.None, (sum, part) => Add(sum, part, text));
        return new PenaltyArgument(text[..equals], penalty);
    }

    /// <summary>Both penalties together.</summary>
    /// <exception cref="FormatException">Both are autoregressive, with different correlations, or smooth along different numbers of values.</exception>
    public static Penalty Sum(Penalty first, Penalty second)
    {
        if (first.Autoregressive > 0 && second.Autoregressive > 0 && first.AutoregressiveCorrelation != second.AutoregressiveCorrelation)
            throw new FormatException("Two autoregressive penalties of one term need the same correlation.");
        if (first.MarginSmoothness.Count > 0 && second.MarginSmoothness.Count > 0 && first.MarginSmoothness.Count != second.MarginSmoothness.Count)
            throw new FormatException("Two penalties of one term state strengths along different numbers of values.");
        return new Penalty
        {
            Ridge = first.Ridge + second.Ridge,
            Smoothness = first.Smoothness + second.Smoothness,
            MarginSmoothness = first.MarginSmoothness.Count == 0 ? second.MarginSmoothness
                : second.MarginSmoothness.Count == 0 ? first.MarginSmoothness
                : [.. first.MarginSmoothness.Zip(second.MarginSmoothness, (a, b) => a + b)],
            Autoregressive = first.Autoregressive + second.Autoregressive,
            AutoregressiveCorrelation = first.Autoregressive > 0 ? first.AutoregressiveCorrelation : second.AutoregressiveCorrelation,
            Lasso = first.Lasso + second.Lasso,
            GroupLasso = first.GroupLasso + second.GroupLasso,
        };
    }

    private static Penalty Add(Penalty penalty, string part, string text)
    {
        string[] pair = part.Split(':');
        double[]? numbers = pair.Length == 2 ? Numbers(pair[1]) : null;
        if (numbers is null || !(numbers[0] >= 0)) throw new FormatException($"'{part}' in '{text}' is no penalty of finite strength, 0 or more. {Example}");
        return (pair[0], numbers) switch
        {
            ("smooth", [double strength]) => Sum(penalty, new Penalty { Smoothness = strength }),
            ("smooth", [_, _, ..]) when numbers.All(strength => strength >= 0) => Sum(penalty, new Penalty { MarginSmoothness = numbers }),
            ("ridge", [double strength]) => Sum(penalty, new Penalty { Ridge = strength }),
            ("lasso", [double strength]) => Sum(penalty, new Penalty { Lasso = strength }),
            ("group-lasso", [double strength]) => Sum(penalty, new Penalty { GroupLasso = strength }),
            ("elastic-net", [double strength, >= 0 and <= 1]) => Sum(penalty, Penalty.ElasticNet(strength, numbers[1])),
            ("ar1", [double strength, > -1 and < 1]) => Sum(penalty, new Penalty { Autoregressive = strength, AutoregressiveCorrelation = numbers[1] }),
            _ => throw new FormatException($"'{part}' in '{text}' is no kind of penalty. {Example}"),
        };
    }

    private static double[]? Numbers(string text)
    {
        string[] parts = text.Split(',');
        double[] numbers = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i])) return null;
        }

        return numbers;
    }
}
