namespace SpikeStats.Tests;

public sealed class LoadReportTests
{
    [Fact]
    public void Report_Notes_StandInTheirOrderAsText()
    {
        LoadReport report = new("text", "a.csv", [new(LoadNoteSeverity.Information, "Read 3 rows."), new(LoadNoteSeverity.Warning, "Sorted 1 unit.")]);
        Assert.Equal(["note: Read 3 rows.", "warning: Sorted 1 unit."], report.Select(note => note.ToString()));
        Assert.Equal(2, report.Count);
        Assert.Empty(LoadReport.InMemory);
    }
}
