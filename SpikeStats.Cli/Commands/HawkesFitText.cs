using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;

namespace SpikeStats.Cli.Commands;

/// <summary>A fitted Hawkes process, for people: baselines, branching ratios, decays, scores, certificate and verdicts.</summary>
internal static class HawkesFitText
{
    // A screen holds so many pairs; the document holds all.
    private const int MostPairs = 36;

    public static string Of(HawkesFitDocument document) => $"""
        Hawkes process of {NumberText.Count(document.Units.Count, "unit")}: {document.Kernel} kernel, {(document.DecaysEstimated ? "decays estimated" : "decays given")}
        {NumberText.Count(document.SpikeCounts.Sum(), "spike")} in {NumberText.Seconds(document.Duration)}

        {Baselines(document)}
        {Branching(document)}
        {Decays(document)}
        {Scores(document)}
        {Stability(document)}
        Optimum ({document.Certificate.Status}): {document.Certificate.Message}

        {VerdictText.Table(document.GoodnessOfFit)}
        {VerdictText.Fitted}

        """;

    private static AlignedTable Baselines(HawkesFitDocument document)
    {
        AlignedTable table = new(new TableColumn("unit", IsNumber: false), "spikes", "rate (Hz)", "baseline (Hz)", "SE");
        for (int i = 0; i < document.Units.Count; i++)
        {
            (string estimate, string standardError) = NumberText.Estimate(document.Baseline[i], document.BaselineStandardErrors[i]);
            table.Add(document.Units[i], NumberText.Count(document.SpikeCounts[i]), NumberText.Fixed(document.SpikeCounts[i] / document.Duration, 3), estimate, standardError);
        }

        return table;
    }

    // One column per exponential if there are several; the spikes that one spike triggers are their sum.
    private static string Branching(HawkesFitDocument document)
    {
        int decays = document.Decays.Count;
        IEnumerable<TableColumn> parts = decays < 2 ? [] : Enumerable.Range(1, decays).Select(decay => new TableColumn($"part {NumberText.Count(decay)}"));
        AlignedTable table = new([new TableColumn("target", IsNumber: false), new TableColumn("source", IsNumber: false), "triggered spikes", "SE", .. parts]);
        (int Target, int Source)[] all = [.. from target in Enumerable.Range(0, document.Units.Count) from source in Enumerable.Range(0, document.Units.Count) select (target, source)];
        (int Target, int Source)[] shown = all.Length <= MostPairs
            ? all
            : [.. all.OrderByDescending(pair => document.Adjacency[pair.Target][pair.Source]).Take(MostPairs)];
        foreach ((int target, int source) in shown)
        {
            (string estimate, string standardError) = NumberText.Estimate(document.Adjacency[target][source], document.AdjacencyStandardErrors[target][source]);
            IEnumerable<string> values = decays < 2 ? [] : document.AdjacencyByDecay.Select(matrix => NumberText.Of(matrix[target][source]));
            table.Add([document.Units[target], document.Units[source], estimate, standardError, .. values]);
        }

        return shown.Length == all.Length ? table.ToString() : $"{table}the largest {MostPairs} of {NumberText.Count(all.Length)}; --json prints all\n";
    }

    private static AlignedTable Decays(HawkesFitDocument document)
    {
        AlignedTable table = new(new TableColumn("exponential", IsNumber: false), "decay (1/s)", "SE", "time constant");
        for (int decay = 0; decay < document.Decays.Count; decay++)
        {
            (string estimate, string standardError) = NumberText.Estimate(document.Decays[decay], document.DecayStandardErrors[decay]);
            table.Add(NumberText.Count(decay + 1), estimate, document.DecaysEstimated ? standardError : "given", NumberText.Seconds(1 / document.Decays[decay]));
        }

        return table;
    }

    private static AlignedTable Scores(HawkesFitDocument document)
    {
        AlignedTable table = new(new TableColumn("score", IsNumber: false), "value");
        table.Add("log-likelihood (nats)", NumberText.Of(document.LogLikelihood, 10));
        table.Add("of constant rates (nats)", NumberText.Of(document.NullLogLikelihood, 10));
        table.Add("AIC", NumberText.Of(document.Aic, 8));
        table.Add("BIC", NumberText.Of(document.Bic, 8));
        table.Add("bits per spike", NumberText.Fixed(document.BitsPerSpike, 4));
        table.Add("branching ratio", NumberText.Fixed(document.BranchingRatio, 4));
        return table;
    }

    private static string Stability(HawkesFitDocument document)
    {
        HawkesFitDocument.RadiusEntry radius = document.SpectralRadius;
        string interval = double.IsNaN(radius.Low) ? "no interval" : $"95 % interval {NumberText.Fixed(radius.Low, 4)} to {NumberText.Fixed(radius.High, 4)}";
        string verdict = radius.Value >= 1 ? "without a stationary rate" : radius.High >= 1 ? "perhaps without a stationary rate" : "stationary";
        return $"Spectral radius {NumberText.Fixed(radius.Value, 4)} ({interval}): {verdict}.";
    }
}
