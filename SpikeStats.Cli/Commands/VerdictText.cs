using System.Globalization;
using System.Text;
using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;

namespace SpikeStats.Cli.Commands;

/// <summary>Verdicts of time rescaling, for people.</summary>
internal static class VerdictText
{
    /// <summary>What to say of the p-values of a fitted model.</summary>
    public const string Fitted = "The model was fitted to the same spikes, so that these p-values are somewhat too large.";

    /// <summary>The verdict on one unit, with its numbers and a word on what they mean.</summary>
    public static string Of(VerdictEntry verdict, string remark)
    {
        if (verdict.N == 0) return verdict.Sentence;
        StringBuilder text = new($"{verdict.Sentence} Time rescaling: KS D = {NumberText.Of(Statistic(verdict))}, p = {NumberText.Probability(FirstPValue(verdict))}, n = {verdict.N}");
        if (verdict.Discrete is { } discrete)
            text.Append(CultureInfo.InvariantCulture, $", seed {verdict.Seed}; median p of {discrete.Draws} draws {NumberText.Probability(discrete.MedianPValue)}");
        text.Append($"; Ljung-Box p = {NumberText.Probability(verdict.LjungBoxPValue)}. {remark}");
        if (verdict.CoincidentSpikes > 0)
            text.Append($" {NumberText.Count(verdict.CoincidentSpikes, "spike")} in a bin with another escape the test; use narrower bins.");
        return text.ToString();
    }

    /// <summary>The verdicts on several units as a table.</summary>
    public static AlignedTable Table(IEnumerable<VerdictEntry> verdicts)
    {
        AlignedTable table = new(new TableColumn("unit", IsNumber: false), "intervals", "KS D", "p", "Ljung-Box p", new TableColumn("verdict", IsNumber: false));
        foreach (VerdictEntry verdict in verdicts)
        {
            table.Add(
                verdict.Unit ?? "", NumberText.Count(verdict.N), NumberText.Of(Statistic(verdict)), NumberText.Probability(verdict.Discrete?.MedianPValue ?? verdict.KsPValue),
                NumberText.Probability(verdict.LjungBoxPValue), verdict.Sentence);
        }

        return table;
    }

    private static double Statistic(VerdictEntry verdict) => verdict.Discrete?.KsStatistic ?? verdict.KsStatistic;

    private static double FirstPValue(VerdictEntry verdict) => verdict.Discrete?.KsPValue ?? verdict.KsPValue;
}
