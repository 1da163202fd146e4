using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;

namespace SpikeStats.Cli.Commands;

/// <summary>A validation, for people.</summary>
internal static class ValidationText
{
    public static string Of(LifValidationDocument document)
    {
        AlignedTable table = new(new TableColumn("quantity", IsNumber: false), "theory", "simulation", "standard error", new TableColumn("unit", IsNumber: false), "z");
        foreach (LifValidationDocument.Row row in document.Rows)
            table.Add(row.Quantity, NumberText.Of(row.Theory, 6), NumberText.Of(row.Simulated, 6), NumberText.Of(row.StandardError, 2), row.Unit, NumberText.Fixed(row.Z, 2));
        return $"""
            {document.Scheme}; {NumberText.Count(document.Count, "neuron")}, {NumberText.Seconds(document.Duration)}, seed {document.Seed}

            {table}
            Intervals: KS D = {NumberText.Of(document.Intervals.Statistic)}, p = {NumberText.Probability(document.Intervals.PValue)} among {NumberText.Count(document.Intervals.Count)}
            {(document.Passed ? "Agreement" : "Disagreement")}: the largest |z| is {NumberText.Fixed(document.LargestDeviate, 2)}, {NumberText.Of(document.Bound)} are allowed.

            """;
    }
}
