using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;

namespace SpikeStats.Cli.Commands;

/// <summary>A fitted population, for people: a row per target, and the couplings that stand out.</summary>
internal static class PopulationText
{
    // More couplings than fit a screen are counted; the document has them all.
    private const int MostCouplings = 20;

    public static string Of(GlmPopulationDocument document) => $"""
        GLMs of {NumberText.Count(document.Fits.Count, "unit")}, each acted on by {NumberText.Count(document.Couplings.Sources.Count, "unit")}: {Design(document.Fits[0])}

        {Targets(document)}
        log-likelihood of all {NumberText.Of(document.LogLikelihood, 10)} nats
        {Couplings(document.Couplings)}
        peak memory of the process {NumberText.Of(document.PeakMemoryBytes / 1e6)} MB

        """;

    private static string Design(GlmFitDocument first) =>
        $"{first.Observation} counts, {first.Link} link, {NumberText.Seconds(first.BinWidth)} bins, {NumberText.Count(first.Terms.Sum(term => (long)term.Coefficients.Count), "coefficient")} each";

    private static AlignedTable Targets(GlmPopulationDocument document)
    {
        AlignedTable table = new(
            new TableColumn("unit", IsNumber: false), "spikes", "bits/spike", "log-likelihood", "decrement", new TableColumn("optimum", IsNumber: false),
            new TableColumn("fits", IsNumber: false));
        foreach (GlmFitDocument fit in document.Fits)
        {
            table.Add(
                fit.Target, NumberText.Count(fit.SpikeCount), NumberText.Fixed(fit.BitsPerSpike, 4), NumberText.Of(fit.LogLikelihood, 9),
                NumberText.Of(fit.Certificate.NewtonDecrement, 2), fit.Certificate.Status, fit.GoodnessOfFit.Fits switch { true => "yes", false => "no", null => "-" });
        }

        return table;
    }

    private static string Couplings(GlmPopulationDocument.CouplingEntry couplings)
    {
        IReadOnlyList<(int Target, int Source)> notable = couplings.Notable;
        string heading = $"{NumberText.Count(notable.Count)} of {NumberText.Count(couplings.TestedCount, "coupling")} stand out at a false-discovery rate of 5 %";
        if (notable.Count == 0) return heading;
        AlignedTable table = new(
            new TableColumn("source", IsNumber: false), new TableColumn("target", IsNumber: false), "integral of log gain", "p", "adjusted p");
        foreach ((int target, int source) in notable.Take(MostCouplings))
        {
            table.Add(
                couplings.Sources[source], couplings.Targets[target], NumberText.Seconds(couplings.Strengths[target][source]),
                NumberText.Probability(couplings.PValues[target][source]), NumberText.Probability(couplings.AdjustedPValues[target][source]));
        }

        string more = notable.Count > MostCouplings ? $"and {NumberText.Count(notable.Count - MostCouplings)} more, in the document of --json or --out\n" : "";
        return $"{heading}:\n\n{table}{more}";
    }
}
