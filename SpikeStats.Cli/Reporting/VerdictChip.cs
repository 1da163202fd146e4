namespace SpikeStats.Cli.Reporting;

/// <summary>The verdict on a unit as a coloured mark with words, so that the colour is never the only sign.</summary>
internal static class VerdictChip
{
    /// <summary>The mark of a unit.</summary>
    public static string Of(UnitReport unit) => unit switch
    {
        { Fit: null } => "<span class=\"chip none\">not fitted</span>",
        { Verdict.Fits: true } => "<span class=\"chip good\">✓ fits</span>",
        { Verdict.Fits: false } => "<span class=\"chip bad\">✗ does not fit</span>",
        _ => "<span class=\"chip none\">not judged</span>",
    };

    /// <summary>Where the unit stands when a table is sorted by verdict.</summary>
    public static int Rank(UnitReport unit) => unit switch
    {
        { Verdict.Fits: true } => 0,
        { Verdict.Fits: false } => 1,
        { Fit: not null } => 2,
        _ => 3,
    };
}
