using SpikeStats.Cli.Documents;
using SpikeStats.Cli.Output;
using SpikeStats.Cli.Reporting;

namespace SpikeStats.Cli.Commands;

/// <summary>The gist of a report, for people who have not opened it yet.</summary>
internal static class ReportText
{
    public static string Of(RecordingReport report, ReportFiles files)
    {
        AlignedTable table = new(
            new TableColumn("unit", IsNumber: false), "spikes", "rate (Hz)", "ISI CV", "bits/spike", new TableColumn("optimum", IsNumber: false),
            new TableColumn("fits", IsNumber: false));
        foreach (UnitReport unit in report.Units)
        {
            table.Add(
                unit.Unit, NumberText.Count(unit.Summary.SpikeCount), NumberText.Fixed(unit.Summary.Rate, 3), NumberText.Fixed(unit.Summary.IsiCv, 3),
                unit.Fit is { } fit ? NumberText.Fixed(fit.BitsPerSpike, 3) : "-", unit.Fit is null ? "not fitted" : GlmFitDocument.CertificateEntry.Word(unit.Fit.Certificate.Status),
                unit.Verdict?.Fits switch { true => "yes", false => "no", null => "-" });
        }

        return $"""
            {NumberText.Count(report.Units.Count, "unit")}, {NumberText.Count(report.Recording.SpikeCount, "spike")}: {report.FittedCount} fitted, {report.FittingCount} of the models pass the test of time rescaling

            {table}
            page: {files.Page}
            document: {files.Document}

            """;
    }
}
