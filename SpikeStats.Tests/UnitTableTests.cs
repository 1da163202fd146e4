namespace SpikeStats.Tests;

public sealed class UnitTableTests
{
    private static readonly Dictionary<string, string[]> groups = new() { ["group"] = ["good", "mua"] };

    [Fact]
    public void Table_IdsAndColumns_AreFoundByPositionAndName()
    {
        UnitTable table = new(["a", "b"], groups);
        Assert.Equal(2, table.Count);
        Assert.Equal(1, table.IndexOf("b"));
        Assert.True(table.Contains("a"));
        Assert.False(table.Contains("A"));
        Assert.Equal(("b", "mua", null), (table[1].Id, table[1]["group"], table[1]["depth"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => table[2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => table[-1]);
    }

    [Fact]
    public void Constructor_RepeatedIdOrShortColumn_IsNamed()
    {
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => new UnitTable(["a", "a"])).Message, StringComparison.Ordinal);
        Assert.Contains("'group'", Assert.Throws<ArgumentException>(() => new UnitTable(["a"], groups)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_ArraysHandedIn_AreCopied()
    {
        string[] ids = ["a", "b"], group = ["good", "mua"];
        UnitTable table = new(ids, new Dictionary<string, string[]> { ["group"] = group });
        (ids[0], group[0]) = ("changed", "changed");
        Assert.Equal(("a", "good"), (table[0].Id, table[0]["group"]));
    }

    [Fact]
    public void UnknownUnit_ManyUnits_ListsTheFirstTwenty()
    {
        UnitTable table = new(Enumerable.Range(1, 25).Select(unit => $"u{unit}"));
        string message = Assert.Throws<UnknownUnitException>(() => table.IndexOf("x")).Message;
        Assert.EndsWith("u19, u20 and 5 more.", message, StringComparison.Ordinal);
        Assert.Contains("holds no unit", Assert.Throws<UnknownUnitException>(() => new UnitTable([]).IndexOf("x")).Message, StringComparison.Ordinal);
    }
}
