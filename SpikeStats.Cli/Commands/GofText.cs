using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;

namespace SpikeStats.Cli.Commands;

/// <summary>How well a stored model explains a recording, for people.</summary>
internal static class GofText
{
    private const string Remark =
        "The parameters were given and not refitted. The p-values are exact for spikes that the model was not fitted to; for those that it was fitted to they are too large.";

    public static string Of(GofDocument document)
    {
        string rates = document.NullRates == GofDocument.OfTraining ? "constant rates of the training data" : "constant rates of this recording";
        AlignedTable scores = new(new TableColumn("score", IsNumber: false), "value");
        scores.Add("log-likelihood (nats)", NumberText.Of(document.LogLikelihood, 10));
        scores.Add($"of {rates} (nats)", NumberText.Of(document.NullLogLikelihood, 10));
        scores.Add("bits per spike", NumberText.Fixed(document.BitsPerSpike, 4));
        return $"""
            {document.Model} ({document.ModelSchema}), parameters given: {NumberText.Count(document.SpikeCount, "spike")}

            {scores}
            {VerdictText.Table(document.Units.Select(unit => unit.GoodnessOfFit with { Unit = unit.Unit }))}
            {Bootstrap(document)}{Remark}

            """;
    }

    private static string Bootstrap(GofDocument document) => string.Concat(document.Units.Where(unit => unit.Bootstrap is not null).Select(unit =>
        $"Unit {unit.Unit}: KS p = {NumberText.Probability(unit.Bootstrap!.KsPValue)} among {NumberText.Count(unit.Bootstrap.Replicates, "simulation")} of the model.\n"));
}
