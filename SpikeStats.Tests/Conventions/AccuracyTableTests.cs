using System.Text.RegularExpressions;
using SpikeStats.Tests.Testing;

namespace SpikeStats.Tests.Conventions;

/// <summary>docs/accuracy.md claims nothing without a test: the last column of every row names one that exists.</summary>
public sealed partial class AccuracyTableTests
{
    [Fact]
    public void Row_LastColumn_NamesTestsThatExist()
    {
        string[] rows = [.. File.ReadLines(Repository.PathOf("docs", "accuracy.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.EndsWith("| Test |", StringComparison.Ordinal))];
        Assert.NotEmpty(rows);
        ILookup<string, Type> types = typeof(AccuracyTableTests).Assembly.GetTypes().ToLookup(type => type.Name, StringComparer.Ordinal);
        List<string> wrong = [];
        foreach (string row in rows)
        {
            MatchCollection tests = TestName().Matches(row.TrimEnd(' ', '|').Split('|')[^1]);
            if (tests.Count == 0) wrong.Add($"no test: {row}");
            wrong.AddRange(tests.Where(test => !types[test.Groups["type"].Value].Any(type => !test.Groups["method"].Success || type.GetMethod(test.Groups["method"].Value) is not null)).Select(test => test.Value));
        }

        House.AssertNone(wrong, "Name tests that exist");
    }

    [GeneratedRegex(@"`(?<type>\w+)(\.(?<method>\w+))?`", RegexOptions.ExplicitCapture)]
    private static partial Regex TestName();
}
