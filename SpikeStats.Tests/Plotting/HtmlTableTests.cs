using System.Data;
using System.Globalization;
using System.Xml.Linq;
using SpikeStats.Plotting;

namespace SpikeStats.Tests.Plotting;

public sealed class HtmlTableTests
{
    [Fact]
    public void ToHtml_DataTable_EscapesTextAndAlignsNumbers()
    {
        using DataTable data = new() { Locale = CultureInfo.InvariantCulture };
        data.Columns.Add("parameter <unit>", typeof(string));
        data.Columns.Add("estimate", typeof(double));
        data.Columns.Add("n", typeof(int));
        data.Rows.Add("a & b", -1.5, 3);
        data.Rows.Add(DBNull.Value, 1.0 / 3, DBNull.Value);
        XElement table = XDocument.Parse(HtmlTable.Of(data, "Fit of unit \"3\"").ToHtml()).Root!;
        Assert.Equal("Fit of unit \"3\"", table.Element("caption")!.Value);
        Assert.Equal(["parameter <unit>", "estimate", "n"], table.Descendants("th").Select(cell => cell.Value));
        Assert.Equal(["a & b", "−1.5", "3", "", "0.333333", ""], table.Descendants("td").Select(cell => cell.Value));
        Assert.Equal(
            ["left", "right", "right"], table.Descendants("tr").Last().Elements().Select(cell => ((string)cell.Attribute("style")!).Split("text-align:")[1]));
    }

    [Fact]
    public void Of_RowOfAnotherLength_Throws() =>
        Assert.Throws<ArgumentException>(() => HtmlTable.Of(["a", "b"], [["1", "2"], ["3"]]));

    [Fact]
    public void ToHtml_NoRow_IsATableWithAHeader()
    {
        HtmlTable table = HtmlTable.Of(["a"], []);
        Assert.Single(XDocument.Parse(table.ToHtml()).Descendants("th"));
        Assert.Equal("HtmlTable: 0 rows, 1 columns", table.ToString());
    }
}
